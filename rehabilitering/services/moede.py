"""Team meetings: who sits in them, what is on the agenda, and who may therefore read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from borgere.models import Fase, Inhabilitet, Sag, Tildeling
from borgere.services import kraev_fase, laas_sag, tildel
from rehabilitering.dagsorden import hvorfor_ikke_klar
from rehabilitering.models import Dagsordenspunkt, Moededeltager, Teammoede
from ressource import haendelser
from ressource.dansk import dato_lang
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger, Haendelse, Rolle

# Members read a case from when it is on their agenda until this many days after the meeting: long
# enough to finish minutes and dissent (domain.md 3, «until X days after»).
ADGANG_EFTER_MOEDE_DAGE = 14
MINUTTER_PR_DAG = 24 * 60

Retning = Literal["op", "ned"]


@dataclass(frozen=True)
class Medlem:
    """Somebody who is to sit in a meeting, for which area and with what mandate."""

    bruger: Bruger
    fagomraade: str
    mandat: str = ""


def adgang_til(moede: Teammoede) -> date:
    """The last day on which the meeting's members may read its cases."""
    return moede.dato + timedelta(days=ADGANG_EFTER_MOEDE_DAGE)


@transaction.atomic
def opret_moede(
    *,
    dato: date,
    start: time,
    slut: time,
    sted: str,
    kapacitet: int,
    minutter_pr_sag: int,
    moedeleder: Bruger,
    medlemmer: Sequence[Medlem],
    af: Bruger,
) -> Teammoede:
    """Plan a meeting. The chair always sits in it, for employment unless `medlemmer` says else.

    Raises `ValidationError` for a closed day, places that do not fit in the day, a chair without
    the role or with another meeting at that time (so that a form sent twice gives one meeting), or
    somebody named twice.
    """
    _kraev_aaben_dag(dato)
    _kraev_samme_dag(start, kapacitet * minutter_pr_sag)
    _kraev_ledig_leder(moedeleder, dato, start, slut)
    moede = Teammoede(
        dato=dato,
        start=start,
        slut=slut,
        sted=sted,
        kapacitet=kapacitet,
        minutter_pr_sag=minutter_pr_sag,
        moedeleder=moedeleder,
        oprettet_af=af,
    )
    moede.full_clean()
    moede.save()
    if all(medlem.bruger != moedeleder for medlem in medlemmer):
        lederen = Medlem(moedeleder, Moededeltager.Fagomraade.BESKAEFTIGELSE)
        medlemmer = [lederen, *medlemmer]
    for medlem in medlemmer:
        _gem_deltager(moede, medlem)
    haendelser.log(moede, "moede.oprettet", af=af, dato=dato.isoformat())
    return moede


def _kraev_aaben_dag(dato: date) -> None:
    """Raise `ValidationError` on weekends, public holidays and the municipality's closing days."""
    lukket = lukkede_dage(dato, dato)
    if dato in lukket:
        hvorfor = lukket[dato].lower()
        raise ValidationError(
            {"dato": f"Der er lukket {dato_lang(dato)} ({hvorfor}). Vælg en anden dag."}
        )


def _kraev_samme_dag(start: time, minutter: int) -> None:
    """Raise `ValidationError` when the last case would end after midnight."""
    if start.hour * 60 + start.minute + minutter >= MINUTTER_PR_DAG:
        raise ValidationError(
            {"kapacitet": "Sagerne går ud over midnat. Vælg færre sager eller kortere tid."}
        )


def _kraev_ledig_leder(moedeleder: Bruger, dato: date, start: time, slut: time) -> None:
    """Raise `ValidationError` unless the chair has the role and no other meeting then.

    Locks the chair, so that of two at the same moment one is refused.
    """
    Bruger.objects.select_for_update(no_key=True).get(pk=moedeleder.pk)
    if not moedeleder.har_rolle(Rolle.MOEDELEDER):
        raise ValidationError({"moedeleder": f"{moedeleder.navn} har ikke rollen mødeleder."})
    samtidige = Teammoede.objects.filter(
        moedeleder=moedeleder, dato=dato, start__lt=slut, slut__gt=start
    )
    if samtidige.exists():
        raise ValidationError(
            {
                "moedeleder": (
                    f"{moedeleder.navn} leder allerede et møde {dato_lang(dato)} på det tidspunkt. "
                    "Vælg et andet tidspunkt eller en anden mødeleder."
                )
            }
        )


def _gem_deltager(moede: Teammoede, medlem: Medlem) -> Moededeltager:
    deltager = Moededeltager(
        moede=moede, bruger=medlem.bruger, fagomraade=medlem.fagomraade, mandat=medlem.mandat
    )
    deltager.full_clean()
    deltager.save()
    return deltager


def _laas(moede_id: int) -> Teammoede:
    """The meeting, locked until the transaction ends, so that places are counted by one at a time.

    The meeting is locked before its cases, and these before their items, everywhere.
    """
    return Teammoede.objects.select_for_update(of=("self",)).get(pk=moede_id)


@transaction.atomic
def tilfoej_deltager(moede: Teammoede, medlem: Medlem, *, af: Bruger) -> Moededeltager:
    """Let somebody sit in the meeting, and read the cases that are on its agenda and open.

    Raises `ValidationError` when the person already does, or the meeting is over.
    """
    moede = _laas(moede.pk)
    _kraev_ikke_holdt(moede)
    deltager = _gem_deltager(moede, medlem)
    for punkt in moede.punkter.aabne().select_related("sag"):
        _giv_adgang(punkt.sag, moede, medlem.bruger, af=af)
    haendelser.log(deltager, "moede.deltager_tilfoejet", af=af, bruger=medlem.bruger.pk)
    return deltager


@transaction.atomic
def fjern_deltager(deltager: Moededeltager, *, af: Bruger) -> None:
    """Take somebody out of a coming meeting; the access that came with it ends.

    Raises `ValidationError` for the chair, and when the meeting is over.
    """
    moede = _laas(deltager.moede_id)
    _kraev_ikke_holdt(moede)
    if deltager.bruger_id == moede.moedeleder_id:
        raise ValidationError("Mødelederen kan ikke tages af sit eget møde.")
    sager = list(moede.punkter.aabne().values_list("sag_id", flat=True))
    _tag_adgang(moede, sager, [deltager.bruger_id])
    haendelser.log(deltager, "moede.deltager_fjernet", af=af, bruger=deltager.bruger_id)
    deltager.delete()


def _kraev_ikke_holdt(moede: Teammoede) -> None:
    if moede.dato < i_dag():
        raise ValidationError(f"Mødet {dato_lang(moede.dato)} er holdt og kan ikke ændres.")


def _giv_adgang(sag: Sag, moede: Teammoede, bruger: Bruger, *, af: Bruger) -> None:
    """Let the member read the case; one who is inhabil sits out the item without having read it."""
    inhabile = Inhabilitet.objects.gaeldende().filter(borger=sag.borger_id, bruger=bruger)
    if inhabile.exists():
        return
    tildel(sag, bruger, Tildeling.Art.TEAMMOEDE, af=af, til_dato=adgang_til(moede))


def _tag_adgang(moede: Teammoede, sager: Sequence[int], brugere: Sequence[int]) -> None:
    """End the access that this meeting gave, as of today.

    Days are whole, so what began earlier ends yesterday and what began today goes; the event log
    still holds that it was given. Access from another meeting ends on another day and stays.
    """
    givet = Tildeling.objects.filter(
        sag__in=sager,
        bruger__in=brugere,
        art=Tildeling.Art.TEAMMOEDE,
        til_dato=adgang_til(moede),
    )
    givet.filter(fra_dato=i_dag()).delete()
    givet.update(til_dato=i_dag() - timedelta(days=1))


@transaction.atomic
def saet_paa_dagsorden(moede: Teammoede, sag: Sag, *, af: Bruger) -> Dagsordenspunkt:
    """Put the case last on the agenda, and let the meeting's members read it.

    Raises `ValidationError`, saying why, when the meeting is full or over, or the case is not ready
    (`hvorfor_ikke_klar`: quality assured, a current LÆ 265, on no other open agenda).
    """
    moede = _laas(moede.pk)
    _kraev_ikke_holdt(moede)
    sag = laas_sag(sag.pk)
    kraev_fase(sag, Fase.MOEDE)
    if grund := hvorfor_ikke_klar(sag, moede.dato):
        raise ValidationError(f"{sag.sagsnummer} kan ikke sættes på dagsordenen: {grund}.")
    aktive = moede.punkter.aktive()
    if aktive.count() >= moede.kapacitet:
        raise ValidationError(
            f"Alle {moede.kapacitet} pladser på mødet er brugt. Vælg et andet møde."
        )
    sidste = aktive.aggregate(sidste=Max("raekkefoelge"))["sidste"] or 0
    punkt = Dagsordenspunkt(moede=moede, sag=sag, raekkefoelge=sidste + 1, sat_paa_af=af)
    punkt.full_clean()
    punkt.save()
    for deltager in moede.deltagere.select_related("bruger"):
        _giv_adgang(sag, moede, deltager.bruger, af=af)
    haendelser.log(punkt, "moede.sag_sat_paa", af=af, sag_id=sag.pk, moede=moede.pk)
    return punkt


@transaction.atomic
def tag_af(punkt: Dagsordenspunkt, *, af: Bruger) -> Dagsordenspunkt:
    """Take the case off the agenda; the members' access to it ends.

    Raises `ValidationError` when it is off already, or the team has begun on it.
    """
    moede = _laas(punkt.moede_id)
    laas_sag(punkt.sag_id)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    if punkt.taget_af_den:
        raise ValidationError("Sagen er allerede taget af dagsordenen.")
    if punkt.behandlet_den or hasattr(punkt, "indstilling"):
        raise ValidationError("Teamet er begyndt på indstillingen, så sagen bliver stående.")
    brugere = list(moede.deltagere.values_list("bruger_id", flat=True))
    _tag_adgang(moede, [punkt.sag_id], brugere)
    _fjern(punkt, af=af)
    return punkt


def tag_af_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: a case that has ended leaves its place on an open agenda.

    Also when the team has begun on it: nobody is to finish. `afslut_sag` holds the case and has
    ended the members' access. The meeting is not locked: that would be after its case, the wrong
    way round, and a place that becomes free needs no counting.
    """
    punkter = Dagsordenspunkt.objects.aabne().filter(sag=haendelse.sag_id)
    for punkt in punkter.select_for_update(of=("self",)):
        _fjern(punkt, af=haendelse.af)


def _fjern(punkt: Dagsordenspunkt, *, af: Bruger | None) -> None:
    punkt.taget_af_den = timezone.now()
    punkt.save(update_fields=["taget_af_den"])
    haendelser.log(punkt, "moede.sag_taget_af", af=af, sag_id=punkt.sag_id, moede=punkt.moede_id)


@transaction.atomic
def flyt(punkt: Dagsordenspunkt, retning: Retning, *, af: Bruger) -> None:
    """Let the case change places with the one before («op») or after («ned») it.

    Raises `ValidationError` when there is none, or when either has been dealt with.
    """
    moede = _laas(punkt.moede_id)
    punkter = list(moede.punkter.aktive())
    plads = next((nr for nr, p in enumerate(punkter) if p.pk == punkt.pk), None)
    if plads is None:
        raise ValidationError("Sagen er ikke længere på dagsordenen. Genindlæs siden.")
    anden = plads - 1 if retning == "op" else plads + 1
    if not 0 <= anden < len(punkter):
        ende = "først" if retning == "op" else "sidst"
        raise ValidationError(f"Sagen står allerede {ende}.")
    if punkter[plads].behandlet_den or punkter[anden].behandlet_den:
        raise ValidationError("En behandlet sag kan ikke flyttes.")
    # Cases before their items, as when a case is closed: an item written twice in a transaction
    # makes the database lock its case as well.
    for sag_id in sorted({punkter[plads].sag_id, punkter[anden].sag_id}):
        laas_sag(sag_id)
    _byt(punkter[plads], punkter[anden], ledig=punkter[-1].raekkefoelge + 1)
    haendelser.log(punkt, "moede.sag_flyttet", af=af, sag_id=punkt.sag_id, retning=retning)


def _byt(a: Dagsordenspunkt, b: Dagsordenspunkt, *, ledig: int) -> None:
    """Swap two places; the unique rule is checked at once, so one waits in a free one."""
    a_plads, b_plads = a.raekkefoelge, b.raekkefoelge
    for punkt, plads in ((b, ledig), (a, b_plads), (b, a_plads)):
        punkt.raekkefoelge = plads
        punkt.save(update_fields=["raekkefoelge"])
