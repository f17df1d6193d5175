"""Who sits in a meeting, who comes instead, and who chairs it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Dagsordenspunkt, Moededeltager, Teammoede
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede import varsler
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from rehabilitering.services.moede.planlaegning import Medlem, gem_deltager
from ressource import haendelser
from ressource.models import Bruger


def leder_er(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user chairs the item's meeting: finalises, and registers who is there.

    The mødeleder, or, when that one has sent apologies or was marked absent, the mødeleder's deputy
    if that one sits in the meeting and is there. What the role may do is the matrix' to say. One
    statement.
    """
    moede = punkt.moede
    ledere = (moede.moedeleder_id, moede.stedfortraeder_leder_id)
    if bruger.pk not in ledere:
        return False
    kommer = {
        deltager.bruger_id: deltager.kommer
        for deltager in moede.deltagere.filter(bruger__in=ledere)
    }
    lederen_kommer = kommer.get(moede.moedeleder_id, True)
    if bruger.pk == moede.moedeleder_id:
        return lederen_kommer
    return not lederen_kommer and kommer.get(bruger.pk, False)


@transaction.atomic
def tilfoej_deltager(moede: Teammoede, medlem: Medlem, *, af: Bruger) -> Moededeltager:
    """Let somebody sit in the meeting, and read its open cases whose packages are published.

    Raises `ValidationError` when the person already does, or the meeting is over.
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
    deltager = gem_deltager(moede, medlem)
    _giv_adgang(moede, medlem.bruger, af)
    haendelser.log(deltager, "moede.deltager_tilfoejet", af=af, bruger=medlem.bruger.pk)
    return deltager


@transaction.atomic
def fjern_deltager(deltager: Moededeltager, *, af: Bruger) -> None:
    """Take somebody out of a coming meeting; the access that came with it ends.

    Raises `ValidationError` for the chair, for one whose deputy has taken the seat, and when the
    meeting is over.
    """
    moede, deltager = _laas_deltager(deltager)
    if deltager.bruger_id == moede.moedeleder_id:
        raise ValidationError("Mødelederen kan ikke tages af sit eget møde.")
    if hasattr(deltager, "afloest_af"):
        raise ValidationError(
            f"{deltager.afloest_af.bruger.navn} er trådt ind for {deltager.bruger.navn}. Tag først "
            "stedfortræderen af mødet."
        )
    _tag_adgang(moede, deltager)
    haendelser.log(deltager, "moede.deltager_fjernet", af=af, bruger=deltager.bruger_id)
    deltager.delete()


@transaction.atomic
def ret_deltager(
    deltager: Moededeltager,
    *,
    fagomraade: str,
    mandat: str,
    form: str,
    stedfortraeder: Bruger | None,
    af: Bruger,
) -> Moededeltager:
    """Change what a member speaks for, may grant, how they come and who comes if they cannot.

    Raises `ValidationError` for somebody as their own deputy, and when the meeting is over.
    """
    _, deltager = _laas_deltager(deltager)
    if stedfortraeder == deltager.bruger:
        raise ValidationError({"stedfortraeder": "Et medlem kan ikke være sin egen stedfortræder."})
    deltager.fagomraade, deltager.mandat, deltager.form = fagomraade, mandat, form
    deltager.stedfortraeder = stedfortraeder
    deltager.full_clean(exclude=["moede", "bruger"])
    deltager.save(update_fields=["fagomraade", "mandat", "form", "stedfortraeder"])
    haendelser.log(deltager, "moede.deltager_rettet", af=af, bruger=deltager.bruger_id)
    return deltager


@transaction.atomic
def meld_afbud(deltager: Moededeltager, *, af: Bruger) -> Moededeltager:
    """Write that the member does not come; the access to the meeting's cases ends.

    Raises `ValidationError` when it is written already, or the meeting is over.
    """
    moede, deltager = _laas_deltager(deltager)
    if deltager.afbud_den:
        raise ValidationError(f"{deltager.bruger.navn} har allerede meldt afbud.")
    deltager.afbud_den = timezone.now()
    deltager.save(update_fields=["afbud_den"])
    _tag_adgang(moede, deltager)
    haendelser.log(deltager, "moede.afbud", af=af, bruger=deltager.bruger_id)
    return deltager


@transaction.atomic
def fortryd_afbud(deltager: Moededeltager, *, af: Bruger) -> Moededeltager:
    """The member comes after all, and reads the cases again.

    Raises `ValidationError` when there were no apologies, a deputy has taken the seat, or the
    meeting is over.
    """
    moede, deltager = _laas_deltager(deltager)
    if deltager.afbud_den is None:
        raise ValidationError(f"{deltager.bruger.navn} har ikke meldt afbud.")
    if hasattr(deltager, "afloest_af"):
        raise ValidationError(
            f"{deltager.afloest_af.bruger.navn} er trådt ind. Tag først stedfortræderen af mødet."
        )
    deltager.afbud_den = None
    deltager.save(update_fields=["afbud_den"])
    _giv_adgang(moede, deltager.bruger, af)
    haendelser.log(deltager, "moede.afbud_fortrudt", af=af, bruger=deltager.bruger_id)
    return deltager


@transaction.atomic
def lad_traede_ind(
    deltager: Moededeltager, *, af: Bruger, stedfortraeder: Bruger | None = None
) -> Moededeltager:
    """Give the deputy (or `stedfortraeder`) a seat of their own for the one who sent apologies.

    Area and mandate are the member's. The deputy is told. Raises `ValidationError` without
    apologies, without a deputy, for one who sits in the meeting already, when the seat is taken, and
    when the meeting is over.
    """
    moede, deltager = _laas_deltager(deltager)
    ind = stedfortraeder or deltager.stedfortraeder
    if deltager.bruger_id == moede.moedeleder_id:
        ind = ind or moede.stedfortraeder_leder
    if deltager.afbud_den is None:
        raise ValidationError("Meld først afbud for medlemmet.")
    if hasattr(deltager, "afloest_af"):
        raise ValidationError(f"{deltager.afloest_af.bruger.navn} er allerede trådt ind.")
    if ind is None:
        raise ValidationError(f"{deltager.bruger.navn} har ingen stedfortræder. Vælg en først.")
    ny = Moededeltager(
        moede=moede,
        bruger=ind,
        fagomraade=deltager.fagomraade,
        mandat=deltager.mandat,
        traeder_ind_for=deltager,
    )
    ny.full_clean()
    ny.save()
    _giv_adgang(moede, ind, af)
    haendelser.log(ny, "moede.stedfortraeder_ind", af=af, bruger=ind.pk, for_=deltager.bruger_id)
    tekst = f"Du er trådt ind som stedfortræder på teammødet {varsler.hvornaar(moede)}."
    kode = f"ind-{ny.pk}"
    varsler.fortael(moede, [ind], "Du er stedfortræder på et teammøde", tekst, kode, af=af)
    return ny


def _laas_deltager(deltager: Moededeltager) -> tuple[Teammoede, Moededeltager]:
    """The coming meeting and the seat, locked in that order."""
    moede = laas(deltager.moede_id)
    kraev_kommende(moede)
    nu = (
        Moededeltager.objects.select_for_update(of=("self",))
        .select_related("bruger", "stedfortraeder")
        .filter(pk=deltager.pk)
        .first()
    )
    if nu is None:
        raise ValidationError("Personen deltager ikke længere i mødet. Genindlæs siden.")
    return moede, nu


def _giv_adgang(moede: Teammoede, bruger: Bruger, af: Bruger) -> None:
    for punkt in moede.punkter.aabne().select_related("sag__regelsaet"):
        adgang_til_moede.giv(punkt.sag, moede, bruger, af=af)


def _tag_adgang(moede: Teammoede, deltager: Moededeltager) -> None:
    sager = list(moede.punkter.aabne().values_list("sag_id", flat=True))
    adgang_til_moede.tag(moede, sager, [deltager.bruger_id])
