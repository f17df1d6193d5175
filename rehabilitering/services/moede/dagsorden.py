"""What is on a meeting's agenda, and in which order."""

from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.dagsorden import hvorfor_ikke_klar
from rehabilitering.models import Dagsordenspunkt, Teammoede
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from ressource import haendelser
from ressource.models import Bruger, Haendelse

Retning = Literal["op", "ned"]


@transaction.atomic
def saet_paa_dagsorden(moede: Teammoede, sag: Sag, *, af: Bruger) -> Dagsordenspunkt:
    """Put the case last on the agenda, and let the meeting's members read it.

    Raises `ValidationError`, saying why, when the meeting is full or over, or the case is not ready
    (`hvorfor_ikke_klar`: quality assured, a current LÆ 265, on no other open agenda).
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
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
        adgang_til_moede.giv(sag, moede, deltager.bruger, af=af)
    haendelser.log(punkt, "moede.sag_sat_paa", af=af, sag_id=sag.pk, moede=moede.pk)
    return punkt


@transaction.atomic
def tag_af(punkt: Dagsordenspunkt, *, af: Bruger) -> Dagsordenspunkt:
    """Take the case off the agenda; the members' access to it ends.

    Raises `ValidationError` when it is off already, or the team has begun on it.
    """
    moede = laas(punkt.moede_id)
    laas_sag(punkt.sag_id)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    if punkt.taget_af_den:
        raise ValidationError("Sagen er allerede taget af dagsordenen.")
    if punkt.behandlet_den or hasattr(punkt, "indstilling"):
        raise ValidationError("Teamet er begyndt på indstillingen, så sagen bliver stående.")
    brugere = list(moede.deltagere.values_list("bruger_id", flat=True))
    adgang_til_moede.tag(moede, [punkt.sag_id], brugere)
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
    moede = laas(punkt.moede_id)
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
