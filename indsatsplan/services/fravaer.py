"""Days away from an effort that goes on. What happened needs no new version of the plan."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Indsats, Indsatsfravaer
from indsatsplan.services.adgangskrav import kraev_i_forloebet, laas_indsats
from indsatsplan.services.gang import kraev_begyndt, kraev_i_gang_den, laas_raekke
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


class Fravaersfelter(TypedDict, total=False):
    """Why and when; without `til_dato` the person is still away."""

    art: str
    fra_dato: date
    til_dato: date | None
    bemaerkning: str


@transaction.atomic
def gem_fravaer(
    indsats: Indsats,
    *,
    af: Bruger,
    raekke: Indsatsfravaer | None = None,
    laas: int | None = None,
    **felter: Unpack[Fravaersfelter],
) -> Indsatsfravaer:
    """Write that the citizen is or was away, or change `raekke`, for instance with its last day.

    Holidays agreed on may lie ahead, with their last day. Raises `ValidationError`, on the field
    where there is one: an effort that has not begun, days outside it or the forløb, in the wrong
    order, or already written as absence, a row taken out meanwhile; `ForaeldetVersionError` when
    somebody saved it after `laas` was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    fravaer = laas_raekke(indsats, raekke, laas) if raekke else Indsatsfravaer(indsats=indsats)
    for navn, vaerdi in felter.items():
        setattr(fravaer, navn, vaerdi)
    fravaer.laas += 1
    fravaer.clean_fields()
    kraev_begyndt(indsats)
    kraev_i_gang_den(indsats, fra_dato=fravaer.fra_dato, til_dato=fravaer.til_dato)
    kraev_i_forloebet(forloeb, fra_dato=fravaer.fra_dato, til_dato=fravaer.til_dato)
    _kraev_sidste_dag(indsats, fravaer)
    fravaer.full_clean()
    fravaer.save()
    haendelser.log(fravaer, "plan.fravaer_gemt", af=af, sag_id=forloeb.sag_id)
    return fravaer


@transaction.atomic
def fjern_fravaer(raekke: Indsatsfravaer, *, af: Bruger) -> Indsatsfravaer:
    """Take out an absence written by mistake; the row is kept. Raises as `gem_fravaer`."""
    forloeb, indsats = laas_indsats(raekke.indsats)
    fravaer = laas_raekke(indsats, raekke, None)
    fravaer.fjernet_den, fravaer.laas = timezone.now(), fravaer.laas + 1
    fravaer.save(update_fields=["fjernet_den", "laas"])
    haendelser.log(fravaer, "plan.fravaer_fjernet", af=af, sag_id=forloeb.sag_id)
    return fravaer


def _kraev_sidste_dag(indsats: Indsats, fravaer: Indsatsfravaer) -> None:
    if fravaer.til_dato is not None:
        if fravaer.til_dato < fravaer.fra_dato:
            raise ValidationError({"til_dato": "Den sidste dag ligger før den første."})
        return
    if indsats.faktisk_slut is not None:
        raise ValidationError(
            {
                "til_dato": f"Indsatsens sidste dag var {dansk.dato(indsats.faktisk_slut)}. "
                "Skriv også fraværets sidste dag."
            }
        )
    if fravaer.fra_dato > i_dag():
        raise ValidationError({"til_dato": "Fraværet ligger fremme. Skriv også den sidste dag."})
