"""Ticking the drejebog: what was done to get the citizen ready, when and by whom."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import Drejebogspunkt, Flueben
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

# The talk about what a ressourceforløb is begins long before the meeting (guide, element 1).
FASER = (Fase.SCREENING, Fase.FORBEREDELSE, Fase.KVALITETSSIKRING, Fase.MOEDE)


@transaction.atomic
def saet_flueben(
    sag: Sag,
    koder: Collection[str],
    *,
    initialer: str,
    af: Bruger,
    dato: date | None = None,
) -> list[Flueben]:
    """Tick the points with these codes as done on `dato` (default today); those ticked stay as they are.

    Raises `ValidationError` for no points, an unknown one, a date in the future and after the
    team's meeting.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, *FASER)
    dato = dato or i_dag()
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger i fremtiden. Vælg i dag eller tidligere."})
    if not koder:
        raise ValidationError({"punkter": "Sæt flueben ved det, I har gjort."})
    punkter = list(Drejebogspunkt.objects.gaeldende(i_dag()).filter(kode__in=koder))
    if len(punkter) < len(set(koder)):
        raise ValidationError(
            {"punkter": "Drejebogen er ændret imens. Genindlæs siden, og sæt fluebenet igen."}
        )
    sat_foer = set(sag.flueben.filter(fjernet_den=None).values_list("punkt__kode", flat=True))
    nye = [
        _saet(sag, punkt, dato, initialer.strip(), af)
        for punkt in punkter
        if punkt.kode not in sat_foer
    ]
    if nye:
        haendelser.log(sag, "drejebog.sat", af=af, sag_id=sag.pk, koder=[f.punkt.kode for f in nye])
    return nye


def _saet(sag: Sag, punkt: Drejebogspunkt, dato: date, initialer: str, af: Bruger) -> Flueben:
    flueben = Flueben(sag=sag, punkt=punkt, dato=dato, initialer=initialer, sat_af=af)
    flueben.full_clean()
    flueben.save()
    return flueben


@transaction.atomic
def fjern_flueben(flueben: Flueben, *, af: Bruger) -> Flueben:
    """Take a tick off; that it was there, and who took it off when, is kept.

    Raises `ValidationError` when it is off already and after the team's meeting.
    """
    sag = laas_sag(flueben.sag_id)
    kraev_fase(sag, *FASER)
    flueben = (
        Flueben.objects.select_for_update(of=("self",)).select_related("punkt").get(pk=flueben.pk)
    )
    if flueben.fjernet_den:
        raise ValidationError("Fluebenet er allerede fjernet.")
    flueben.fjernet_den, flueben.fjernet_af = timezone.now(), af
    flueben.full_clean()
    flueben.save(update_fields=["fjernet_den", "fjernet_af"])
    haendelser.log(flueben, "drejebog.fjernet", af=af, sag_id=sag.pk, punkt=flueben.punkt.kode)
    return flueben
