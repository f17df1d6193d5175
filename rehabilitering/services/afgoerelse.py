"""The municipality's decision: follows the indstilling, or sends it back to the team (FVL §§ 22-25)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument, Fase, Sag
from borgere.services import gem_dokument, kraev_fase, laas_sag, skift_fase
from rehabilitering import dokumenter
from rehabilitering.models import Afgoerelse, Indstilling, Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from ressource import haendelser
from ressource.dansk import dato as dansk_dato
from ressource.dansk import tidspunkt
from ressource.datoer import EN_DAG, Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet, Stedfortraeder
from ressource.pdf import PdfUtilgaengelig
from ressource.samtidighed import ForaeldetVersionError

FELTER = (
    "virkning_fra",
    "slut_dato",
    "begrundelse",
    "hjemmel",
    "klagevejledning",
    "modtaget_dato",
)
# Digital Post has reached the citizen the day it is sent; an ordinary letter is reckoned to take
# this many days (postal rules, not law: the delivery time of a standard letter).
POSTGANG_DAGE = 5
# Outside these a date is a slip of the pen: no letter is longer under way, and nothing is decided
# for a day farther from today. The time to appeal and the forløb itself are counted from them.
MODTAGET_SENEST_DAGE = 30
VIRKNING_MAANEDER = 12


def kan_skrive(sag: Sag, bruger: Bruger) -> bool:
    """Whether the user answers for the case today, or stands in for the one who does."""
    vikar_for = Stedfortraeder.objects.gaeldende(i_dag()).filter(vikar=bruger)
    ansvarlige = sag.tildelinger.gaeldende(i_dag()).ansvarlige()
    return (
        ansvarlige.filter(bruger=bruger).exists()
        or ansvarlige.filter(bruger__in=vikar_for.values("for_bruger")).exists()
    )


def til_afgoerelse(sag: Sag) -> Indstilling | None:
    """The latest finalised indstilling, when it is one that a decision can be made from."""
    seneste = (
        sag.indstillinger.afsluttede()
        .select_related("punkt__moede", "afgoerelse__brev", "sag__regelsaet", "sag__borger")
        .order_by("-afsluttet_den")
        .first()
    )
    return seneste if seneste and seneste.udfald in UDFALD_TIL_AFGOERELSE else None


def ny_afgoerelse(indstilling: Indstilling, *, af: Bruger) -> Afgoerelse:
    """An unsaved decision that follows the indstilling, with the rule set's texts copied in."""
    regelsaet = indstilling.sag.regelsaet
    er_forloeb = indstilling.udfald == Udfald.RESSOURCEFORLOEB
    return Afgoerelse(
        sag=indstilling.sag,
        indstilling=indstilling,
        udfald=indstilling.udfald,
        hjemmel=regelsaet.hjemmel(indstilling.udfald),
        klagevejledning=regelsaet.klagevejledning,
        skrevet_af=af,
    )


@transaction.atomic
def begynd(indstilling: Indstilling, *, af: Bruger) -> Afgoerelse:
    """The indstilling's decision; begun as a draft when there is none.

    Raises `ValidationError` outside the step afgørelse, `PermissionDenied` for others than the
    responsible caseworker.
    """
    sag = laas_sag(indstilling.sag_id)
    _kraev_ansvarlig(sag, af)
    if findes := Afgoerelse.objects.filter(indstilling=indstilling).first():
        return findes
    kraev_fase(sag, Fase.AFGOERELSE)
    if not indstilling.afsluttet_den or indstilling.udfald not in UDFALD_TIL_AFGOERELSE:
        raise ValidationError("Teamet har ikke afsluttet en indstilling, der kan afgøres.")
    afgoerelse = ny_afgoerelse(indstilling, af=af)
    afgoerelse.full_clean()
    afgoerelse.save()
    return afgoerelse


def _kraev_ansvarlig(sag: Sag, af: Bruger) -> None:
    if not kan_skrive(sag, af):
        raise PermissionDenied("Kun den ansvarlige sagsbehandler kan skrive afgørelsen.")


def _laas_aaben(afgoerelse: Afgoerelse, af: Bruger) -> Afgoerelse:
    """The draft, with its case, locked. Refuses others, and what is made or sent back."""
    sag = laas_sag(afgoerelse.sag_id)
    _kraev_ansvarlig(sag, af)
    laast = Afgoerelse.objects.select_for_update(of=("self",)).get(pk=afgoerelse.pk)
    laast.sag = sag
    if laast.afsluttet_den:
        raise ValidationError(
            f"Afgørelsen er allerede truffet {tidspunkt(laast.afsluttet_den)} og kan ikke ændres.",
            code="truffet",
        )
    if not laast.foelger_indstilling:
        raise ValidationError(
            "Afgørelsen afviger fra indstillingen, og sagen er sendt tilbage til teamet. "
            "Vent på en ny indstilling.",
            code="afveget",
        )
    kraev_fase(sag, Fase.AFGOERELSE)
    return laast


def beregnet_slut(virkning_fra: date, maaneder: int) -> date:
    """The last day of a forløb of `maaneder` months that begins on `virkning_fra`."""
    return tilfoej(virkning_fra, maaneder, Enhed.MAANEDER) - EN_DAG


@transaction.atomic
def gem(afgoerelse: Afgoerelse, data: Mapping[str, Any], *, laas: int, af: Bruger) -> Afgoerelse:
    """Save the draft: those of `FELTER` that `data` names.

    The end date follows the start and the indstilling's duration until somebody types another.
    Raises `ForaeldetVersionError` when somebody saved after `laas` was read, `ValidationError` when
    it is made or sent back, `PermissionDenied` for others than the responsible caseworker.
    """
    afgoerelse = _laas_aaben(afgoerelse, af)
    if laas != afgoerelse.laas:
        raise ForaeldetVersionError
    foer = _standardslut(afgoerelse)
    for felt in FELTER:
        if felt in data:
            setattr(afgoerelse, felt, data[felt])
    if afgoerelse.slut_dato in {None, foer}:
        afgoerelse.slut_dato = _standardslut(afgoerelse)
    afgoerelse.laas += 1
    afgoerelse.full_clean()
    afgoerelse.save(update_fields=[*FELTER, "laas"])
    haendelser.log(afgoerelse, "afgoerelse.gemt", af=af, sag_id=afgoerelse.sag_id)
    return afgoerelse


def _standardslut(afgoerelse: Afgoerelse) -> date | None:
    maaneder = afgoerelse.indstilling.varighed_maaneder
    if afgoerelse.udfald != Udfald.RESSOURCEFORLOEB or not afgoerelse.virkning_fra or not maaneder:
        return None
    return beregnet_slut(afgoerelse.virkning_fra, maaneder)


@transaction.atomic
def afvig(
    afgoerelse: Afgoerelse, *, udfald: str, begrundelse: str, laas: int, af: Bruger
) -> Afgoerelse:
    """Record that the municipality does not follow the indstilling; the team assesses anew.

    A departure never becomes a decision of its own: the case goes back to the step møde
    (domain.md 1.2 row 15). Raises `ValidationError` without reason or with the indstilling's own
    outcome; otherwise as `gem`.
    """
    afgoerelse = _laas_aaben(afgoerelse, af)
    if laas != afgoerelse.laas:
        raise ForaeldetVersionError
    if not begrundelse.strip():
        raise ValidationError(
            {"afvigelse_begrundelse": "Skriv, hvorfor afgørelsen afviger fra indstillingen."}
        )
    if udfald == afgoerelse.indstilling.udfald:
        raise ValidationError(
            {"udfald": "Det er det samme, som teamet indstiller til. Vælg, hvad kommunen mener."}
        )
    afgoerelse.foelger_indstilling = False
    afgoerelse.udfald = udfald
    afgoerelse.afvigelse_begrundelse = begrundelse
    afgoerelse.laas += 1
    afgoerelse.full_clean()
    afgoerelse.save(
        update_fields=["foelger_indstilling", "udfald", "afvigelse_begrundelse", "laas"]
    )
    skift_fase(afgoerelse.sag, Fase.MOEDE, af=af)
    haendelser.log(afgoerelse, "afgoerelse.afveget", af=af, sag_id=afgoerelse.sag_id)
    return afgoerelse


def modtaget_standard(sag: Sag, dato: date) -> date:
    """When a letter sent on `dato` has reached the citizen: the time to appeal runs from then."""
    dage = POSTGANG_DAGE if sag.borger.er_fritaget_digital_post else 0
    return dato + timedelta(days=dage)


@transaction.atomic
def afslut(afgoerelse: Afgoerelse, *, af: Bruger) -> Afgoerelse:
    """Make the stored draft final, with its letter, and move a granted forløb on to its plan.

    Raises `ValidationError`, with every lack at once, and also when the letter cannot be made or
    when the forløb overlaps another: then nothing is decided. `PermissionDenied` for others than
    the responsible caseworker.
    """
    afgoerelse = _laas_aaben(afgoerelse, af)
    idag = i_dag()
    if afgoerelse.modtaget_dato is None:
        afgoerelse.modtaget_dato = modtaget_standard(afgoerelse.sag, idag)
    if fundet := _mangler(afgoerelse, idag):
        raise ValidationError(fundet)
    afgoerelse.afgoerelse_dato = idag
    afgoerelse.afsluttet_den = timezone.now()
    afgoerelse.afsluttet_af = af
    afgoerelse.full_clean()
    afgoerelse.brev = _gem_brev(afgoerelse, af)
    afgoerelse.save()
    if afgoerelse.udfald == Udfald.RESSOURCEFORLOEB:
        skift_fase(afgoerelse.sag, Fase.PLAN, af=af)
    haendelser.log(
        afgoerelse,
        "afgoerelse.truffet",
        af=af,
        sag_id=afgoerelse.sag_id,
        udfald=afgoerelse.udfald,
    )
    return afgoerelse


def _gem_brev(afgoerelse: Afgoerelse, af: Bruger) -> Dokument:
    """The letter as a document of the case. Raises `ValidationError` when it cannot be made."""
    try:
        brev = dokumenter.afgoerelsesbrev(afgoerelse)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(f"Afgørelsen er ikke truffet. {fejl}") from fejl
    dokument: Dokument = gem_dokument(
        afgoerelse.sag,
        art=Dokument.Art.AFGOERELSE,
        titel=dokumenter.overskrift(afgoerelse),
        indhold=brev,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    return dokument


def _mangler(afgoerelse: Afgoerelse, idag: date) -> dict[str, str]:
    """Field → sentence, for everything that stands in the way of a decision."""
    fundet = {
        felt: besked
        for felt, besked in (
            ("begrundelse", "Skriv begrundelsen, også når afgørelsen følger indstillingen."),
            ("hjemmel", "Skriv, hvilken lov afgørelsen bygger på."),
            ("klagevejledning", "Skriv, hvordan borgeren kan klage."),
        )
        if not getattr(afgoerelse, felt).strip()
    }
    if modtaget := _modtagetfejl(afgoerelse, idag):
        fundet["modtaget_dato"] = modtaget
    if virkning := _virkningsfejl(afgoerelse, idag):
        fundet["virkning_fra"] = virkning
    elif afgoerelse.virkning_fra and afgoerelse.udfald == Udfald.RESSOURCEFORLOEB:
        fundet |= _periodefejl(afgoerelse, afgoerelse.virkning_fra)
    return fundet


def _modtagetfejl(afgoerelse: Afgoerelse, idag: date) -> str:
    """What is wrong with the day the citizen got a decision made on `idag`; empty when nothing."""
    senest = idag + timedelta(days=MODTAGET_SENEST_DAGE)
    if afgoerelse.modtaget_dato and afgoerelse.modtaget_dato < idag:
        return "Borgeren kan ikke have fået afgørelsen, før den er truffet."
    if afgoerelse.modtaget_dato and afgoerelse.modtaget_dato > senest:
        return (
            f"Borgeren skal have afgørelsen senest {dansk_dato(senest)}, {MODTAGET_SENEST_DAGE} "
            "dage efter at den er truffet. Ret datoen, eller lad feltet være tomt."
        )
    return ""


def _virkningsfejl(afgoerelse: Afgoerelse, idag: date) -> str:
    """What is wrong with the day a decision made on `idag` has effect from; empty when nothing."""
    moede_dato = afgoerelse.indstilling.moede_dato
    tidligst = tilfoej(idag, -VIRKNING_MAANEDER, Enhed.MAANEDER)
    senest = tilfoej(idag, VIRKNING_MAANEDER, Enhed.MAANEDER)
    if afgoerelse.virkning_fra is None:
        return "Skriv, hvornår afgørelsen får virkning."
    if afgoerelse.virkning_fra < moede_dato:
        return f"Afgørelsen kan ikke have virkning før teammødet {dansk_dato(moede_dato)}."
    if not tidligst <= afgoerelse.virkning_fra <= senest:
        return (
            f"Afgørelsen skal have virkning mellem {dansk_dato(tidligst)} og "
            f"{dansk_dato(senest)}, højst et år fra i dag. Ret datoen."
        )
    return ""


def _periodefejl(afgoerelse: Afgoerelse, start: date) -> dict[str, str]:
    """What is wrong with the forløb's period by the rules of the case and of its first day."""
    regelsaet = afgoerelse.sag.regelsaet
    for regler in (regelsaet, _gaeldende(start)):
        if regler and regler.nye_forloeb_til and start > regler.nye_forloeb_til:
            return {
                "virkning_fra": (
                    "Efter reglerne kan et nyt ressourceforløb senest begynde "
                    f"{dansk_dato(regler.nye_forloeb_til)} ({regler.kode})."
                )
            }
    tidligst = beregnet_slut(start, regelsaet.varighed_min_maaneder)
    senest = beregnet_slut(start, regelsaet.varighed_max_maaneder)
    if afgoerelse.slut_dato is None or not tidligst <= afgoerelse.slut_dato <= senest:
        return {
            "slut_dato": (
                f"Forløbet skal slutte mellem {dansk_dato(tidligst)} og {dansk_dato(senest)}: "
                f"{regelsaet.varighed_min_maaneder} til {regelsaet.varighed_max_maaneder} måneder "
                f"({regelsaet.kode})."
            )
        }
    return {}


def _gaeldende(dato: date) -> Regelsaet | None:
    """The rule set in force on `dato`, if any is active."""
    try:
        return Regelsaet.objects.for_dato(dato)
    except Regelsaet.DoesNotExist:
        return None


@transaction.atomic
def gem_fra_siden(
    indstilling: Indstilling,
    data: Mapping[str, Any],
    *,
    laas: int,
    skal_afsluttes: bool,
    af: Bruger,
) -> Afgoerelse:
    """What the page sends: begin, save and perhaps make the decision, all or nothing.

    `data` with `foelger_indstilling` false departs from the indstilling (`afvig`) and so cannot be
    made final: `ValidationError`.
    """
    afgoerelse = begynd(indstilling, af=af)
    # A new one holds nothing that could be undone, whatever number the page was sent with.
    laas = laas if afgoerelse.laas else 0
    if data["foelger_indstilling"]:
        afgoerelse = gem(afgoerelse, data, laas=laas, af=af)
        return afslut(afgoerelse, af=af) if skal_afsluttes else afgoerelse
    if skal_afsluttes:
        raise ValidationError(
            {
                "foelger_indstilling": (
                    "En afgørelse, der afviger fra indstillingen, kan ikke træffes, før teamet har "
                    "vurderet sagen igen. Tryk på «Gem», så sendes sagen tilbage til teamet."
                )
            }
        )
    return afvig(
        afgoerelse,
        udfald=data["udfald"],
        begrundelse=data["afvigelse_begrundelse"],
        laas=laas,
        af=af,
    )
