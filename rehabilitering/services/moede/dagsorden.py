"""What is on a meeting's agenda, and in which order."""

from collections.abc import Sequence
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.dagsorden import hvorfor_ikke_klar
from rehabilitering.deltagerkrav import status
from rehabilitering.models import Dagsordenspunkt, Kravbegrundelse, Teammoede
from rehabilitering.moedetider import varighed
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from rehabilitering.services.moede.planlaegning import kraev_samme_dag
from rehabilitering.services.sparring.tider import indeholder_personnummer
from ressource import haendelser
from ressource.models import Bruger, Haendelse

Retning = Literal["op", "ned"]


@transaction.atomic
def saet_paa_dagsorden(moede: Teammoede, sag: Sag, *, af: Bruger) -> Dagsordenspunkt:
    """Put the case last on the agenda. Its members read it when its package is published.

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
    kraev_foer_midnat(moede)
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
    adgang_til_moede.tag(moede, [punkt.sag_id])
    fjern_punkt(punkt, af=af)
    return punkt


def tag_af_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: a case that has ended leaves its place on an open agenda.

    Also when the team has begun on it: nobody is to finish. `afslut_sag` holds the case and has
    ended the members' access. The meeting is not locked: that would be after its case, the wrong
    way round, and a place that becomes free needs no counting.
    """
    punkter = Dagsordenspunkt.objects.aabne().filter(sag=haendelse.sag_id)
    for punkt in punkter.select_for_update(of=("self",)):
        fjern_punkt(punkt, af=haendelse.af)


def fjern_punkt(punkt: Dagsordenspunkt, *, af: Bruger | None) -> None:
    """Write that the case left the agenda. The caller holds meeting and case, and ends the access."""
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
    fra = _plads(punkter, punkt)
    til = fra - 1 if retning == "op" else fra + 1
    if not 0 <= til < len(punkter):
        ende = "først" if retning == "op" else "sidst"
        raise ValidationError(f"Sagen står allerede {ende}.")
    _saet_raekke(punkter, fra, til)
    haendelser.log(punkt, "moede.sag_flyttet", af=af, sag_id=punkt.sag_id, retning=retning)


@transaction.atomic
def flyt_til(punkt: Dagsordenspunkt, plads: int, *, af: Bruger) -> None:
    """Let the case be number `plads` (1 is the first); those between move one.

    Beyond the last means last. Raises `ValidationError` as `flyt` does.
    """
    moede = laas(punkt.moede_id)
    punkter = list(moede.punkter.aktive())
    fra = _plads(punkter, punkt)
    til = min(max(plads, 1), len(punkter)) - 1
    if til == fra:
        return
    _saet_raekke(punkter, fra, til)
    haendelser.log(punkt, "moede.sag_flyttet", af=af, sag_id=punkt.sag_id, plads=til + 1)


def _plads(punkter: Sequence[Dagsordenspunkt], punkt: Dagsordenspunkt) -> int:
    plads = next((nr for nr, p in enumerate(punkter) if p.pk == punkt.pk), None)
    if plads is None:
        raise ValidationError("Sagen er ikke længere på dagsordenen. Genindlæs siden.")
    return plads


def _saet_raekke(punkter: list[Dagsordenspunkt], fra: int, til: int) -> None:
    """Move one item from place `fra` to `til`; the places in use stay those in use."""
    beroerte = punkter[min(fra, til) : max(fra, til) + 1]
    if any(punkt.behandlet_den for punkt in beroerte):
        raise ValidationError("En behandlet sag kan ikke flyttes.")
    pladser = [punkt.raekkefoelge for punkt in beroerte]
    beroerte.insert(til - min(fra, til), beroerte.pop(fra - min(fra, til)))
    # Cases before their items, as when a case is closed: an item written twice in a transaction
    # makes the database lock its case as well.
    for sag_id in sorted(punkt.sag_id for punkt in beroerte):
        laas_sag(sag_id)
    # The unique rule is checked at once, so all wait in free places first.
    ledig = punkter[-1].raekkefoelge + 1
    for vent, punkt in enumerate(beroerte):
        punkt.raekkefoelge = ledig + vent
        punkt.save(update_fields=["raekkefoelge"])
    for punkt, plads in zip(beroerte, pladser, strict=True):
        punkt.raekkefoelge = plads
        punkt.save(update_fields=["raekkefoelge"])


@transaction.atomic
def saet_minutter(punkt: Dagsordenspunkt, minutter: int | None, *, af: Bruger) -> Dagsordenspunkt:
    """Give the case a time of its own, or (None) that of the meeting; the times after it follow.

    Raises `ValidationError` for less than 5 or more than 240 minutes, for a case that is off the
    agenda or dealt with, and when the last case would pass midnight.
    """
    moede = laas(punkt.moede_id)
    kraev_kommende(moede)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    if punkt.taget_af_den or punkt.behandlet_den:
        raise ValidationError("Sagen er behandlet eller taget af dagsordenen.")
    minutter = minutter if minutter != moede.minutter_pr_sag else None
    if minutter == punkt.minutter:
        return punkt
    punkt.minutter = minutter
    punkt.full_clean(exclude=["moede", "sag", "sat_paa_af"])
    punkt.save(update_fields=["minutter"])
    kraev_foer_midnat(moede)
    haendelser.log(punkt, "moede.sag_minutter", af=af, sag_id=punkt.sag_id, minutter=punkt.minutter)
    return punkt


@transaction.atomic
def ret_punkt(punkt: Dagsordenspunkt, plads: int, minutter: int, *, af: Bruger) -> None:
    """`flyt_til` and `saet_minutter`, both or neither."""
    flyt_til(punkt, plads, af=af)
    saet_minutter(punkt, minutter, af=af)


def kraev_foer_midnat(moede: Teammoede) -> None:
    """Raise `ValidationError` when cases and breaks as they stand go past midnight."""
    minutter = list(moede.punkter.aktive().values_list("minutter", flat=True))
    pausetider = dict(moede.pauser.values_list("efter_plads", "minutter"))
    kraev_samme_dag(moede.start, varighed(moede, minutter, pausetider), felt="minutter")


@transaction.atomic
def begrund_krav(
    punkt: Dagsordenspunkt, fagomraade: str, begrundelse: str, *, af: Bruger
) -> Kravbegrundelse:
    """Write why nobody from `fagomraade` comes to the case; written again, it replaces the text.

    Raises `ValidationError` for an empty text, one that may hold a personnummer, an area the rule
    set does not want at the case, one that somebody comes for, and a case that is dealt with.
    """
    laas(punkt.moede_id)
    punkt = Dagsordenspunkt.objects.select_related("sag__borger", "sag__regelsaet", "moede").get(
        pk=punkt.pk
    )
    if punkt.taget_af_den or punkt.behandlet_den:
        raise ValidationError("Sagen er behandlet eller taget af dagsordenen.")
    krav = next((k for k in status(punkt) if k.krav.fagomraade == fagomraade), None)
    if krav is None or krav.er_opfyldt:
        raise ValidationError("Der mangler ikke nogen fra det fagområde. Genindlæs siden.")
    if indeholder_personnummer(begrundelse):
        raise ValidationError({"begrundelse": "Skriv ikke personnumre i begrundelsen."})
    findes = punkt.kravbegrundelser.filter(fagomraade=fagomraade).first()
    skrevet = findes or Kravbegrundelse(punkt=punkt, fagomraade=fagomraade)
    skrevet.begrundelse, skrevet.skrevet_af = begrundelse.strip(), af
    skrevet.full_clean(exclude=["punkt", "skrevet_af"])
    skrevet.save()
    haendelser.log(punkt, "moede.krav_begrundet", af=af, sag_id=punkt.sag_id, fagomraade=fagomraade)
    return skrevet
