"""Hours a week as they came to be. What happened needs no new version of the plan."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import FaktiskTimetal, Indsats, Indsatstrin
from indsatsplan.services.adgangskrav import kraev_ikke_fremtid, laas_indsats
from indsatsplan.services.gang import kraev_begyndt, kraev_i_gang_den, laas_raekke
from ressource import dansk, haendelser
from ressource.models import Bruger


class Timetalsfelter(TypedDict, total=False):
    """The hours, from which day, and a remark."""

    fra_dato: date
    timer_pr_uge: Decimal
    bemaerkning: str


@transaction.atomic
def gem_timetal(
    indsats: Indsats,
    *,
    af: Bruger,
    raekke: FaktiskTimetal | None = None,
    laas: int | None = None,
    **felter: Unpack[Timetalsfelter],
) -> FaktiskTimetal:
    """Write how many hours a week it has been from a day on, or change `raekke`.

    Raises `ValidationError`, on the field where there is one: an effort that has not begun, a day
    outside it or to come, the same day twice, impossible hours, a row taken out meanwhile;
    `ForaeldetVersionError` when somebody saved it after `laas` was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    timetal = laas_raekke(indsats, raekke, laas) if raekke else FaktiskTimetal(indsats=indsats)
    for navn, vaerdi in felter.items():
        setattr(timetal, navn, vaerdi)
    timetal.laas += 1
    timetal.clean_fields()
    kraev_begyndt(indsats)
    kraev_ikke_fremtid(fra_dato=timetal.fra_dato)
    kraev_i_gang_den(indsats, fra_dato=timetal.fra_dato)
    _kraev_egen_dag(indsats, timetal)
    timetal.full_clean()
    timetal.save()
    haendelser.log(timetal, "plan.timer_gemt", af=af, sag_id=forloeb.sag_id)
    return timetal


@transaction.atomic
def som_planlagt(trin: Indsatstrin, *, af: Bruger) -> FaktiskTimetal:
    """Write that it went as the step says: its hours, from its first day or the day it began.

    Hours actually worked are kept with one decimal. Raises as `gem_timetal`, and when the step was
    taken out meanwhile.
    """
    _, indsats = laas_indsats(trin.indsats)
    trin = laas_raekke(indsats, trin, None)
    fra = max(trin.fra_dato, kraev_begyndt(indsats))
    timer = dansk.afrund(trin.timer_pr_uge, 1)
    return gem_timetal(indsats, fra_dato=fra, timer_pr_uge=timer, bemaerkning="", af=af)


@transaction.atomic
def fjern_timetal(raekke: FaktiskTimetal, *, laas: int | None = None, af: Bruger) -> FaktiskTimetal:
    """Take out a number written by mistake; the one before it then holds on. The row is kept."""
    forloeb, indsats = laas_indsats(raekke.indsats)
    timetal = laas_raekke(indsats, raekke, laas)
    timetal.fjernet_den, timetal.laas = timezone.now(), timetal.laas + 1
    timetal.save(update_fields=["fjernet_den", "laas"])
    haendelser.log(timetal, "plan.timer_fjernet", af=af, sag_id=forloeb.sag_id)
    return timetal


def _kraev_egen_dag(indsats: Indsats, timetal: FaktiskTimetal) -> None:
    samme_dag = indsats.faktiske_timer.filter(fjernet_den=None, fra_dato=timetal.fra_dato)
    if samme_dag.exclude(pk=timetal.pk).exists():
        raise ValidationError(
            {
                "fra_dato": "Der er allerede skrevet timer fra "
                f"{dansk.dato(timetal.fra_dato)}. Ret dem, eller vælg en anden dag."
            }
        )
