"""The planned steps of an effort: hours, tasks and support, each from a day until the next step."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Indsats, Indsatstrin
from indsatsplan.services.adgangskrav import kraev_i_forloebet, laas_indsats
from indsatsplan.services.gang import laas_raekke
from indsatsplan.services.kladde import aabn_kladde
from ressource import dansk, haendelser
from ressource.models import Bruger


class Trinfelter(TypedDict, total=False):
    """What a step says."""

    fra_dato: date
    dage_pr_uge: int
    timer_pr_dag: Decimal
    ugedage: str
    opgaver: str
    kompleksitet: str
    stoette: str
    er_skitse: bool


@transaction.atomic
def gem_trin(
    indsats: Indsats,
    *,
    af: Bruger,
    raekke: Indsatstrin | None = None,
    laas: int | None = None,
    **felter: Unpack[Trinfelter],
) -> Indsatstrin:
    """Save a new planned step, or change `raekke`; fields not given are left as they are.

    Opens the draft of the plan. Fewer hours than before are a step like any other. A sketch may lie
    past the effort's planned end, which is not decided yet. Raises `ValidationError`, on the field
    where there is one: outside the effort or the forløb, the same day as another step, impossible
    hours, an effort that lapsed, a step taken out meanwhile; `ForaeldetVersionError` when somebody
    saved it after `laas` was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    trin = laas_raekke(indsats, raekke, laas) if raekke else Indsatstrin(indsats=indsats)
    for navn, vaerdi in felter.items():
        setattr(trin, navn, vaerdi)
    if indsats.status == Indsats.Status.BORTFALDET:
        raise ValidationError(
            "Indsatsen blev ikke til noget. Planlæg den igen, før du skriver trin.",
            code="bortfaldet",
        )
    trin.laas += 1
    trin.clean_fields()
    kraev_i_forloebet(forloeb, fra_dato=trin.fra_dato)
    _kraev_i_indsatsen(indsats, trin)
    _kraev_egen_dag(indsats, trin)
    trin.full_clean()
    aabn_kladde(forloeb, af=af)
    trin.save()
    haendelser.log(trin, "plan.trin_gemt", af=af, sag_id=forloeb.sag_id)
    return trin


@transaction.atomic
def fjern_trin(raekke: Indsatstrin, *, laas: int | None = None, af: Bruger) -> Indsatstrin:
    """Take a step out of the plan; the step before it then holds on. The row is kept.

    Opens the draft. Raises as `gem_trin`.
    """
    forloeb, indsats = laas_indsats(raekke.indsats)
    trin = laas_raekke(indsats, raekke, laas)
    aabn_kladde(forloeb, af=af)
    trin.fjernet_den, trin.laas = timezone.now(), trin.laas + 1
    trin.save(update_fields=["fjernet_den", "laas"])
    haendelser.log(trin, "plan.trin_fjernet", af=af, sag_id=forloeb.sag_id)
    return trin


def kraev_trin_inden_for(indsats: Indsats) -> None:
    """Raise `ValidationError` on the planned date that leaves a step outside the effort.

    Nothing is moved behind the user's back: the sentence names the step. A statement.
    """
    for nr, trin in enumerate(indsats.trin.gaeldende(), start=1):
        navn = f"Trin {nr} begynder {dansk.dato(trin.fra_dato)}"
        if trin.fra_dato < _tidligst(indsats):
            raise ValidationError(
                {"planlagt_start": f"{navn}, før indsatsen. Ret først trinnet, eller tag det ud."}
            )
        if _er_efter_planen(indsats, trin):
            raise ValidationError(
                {
                    "planlagt_slut": f"{navn}, efter indsatsens sidste dag. "
                    "Ret først trinnet, tag det ud, eller gør det til en skitse."
                }
            )


def _kraev_i_indsatsen(indsats: Indsats, trin: Indsatstrin) -> None:
    start = _tidligst(indsats)
    if trin.fra_dato < start:
        raise ValidationError(
            {
                "fra_dato": f"Indsatsen begynder {dansk.dato(start)}. "
                "Et trin kan ikke begynde før den."
            }
        )
    if indsats.faktisk_slut and trin.fra_dato > indsats.faktisk_slut:
        raise ValidationError(
            {
                "fra_dato": f"Indsatsens sidste dag var {dansk.dato(indsats.faktisk_slut)}. "
                "Lav den igen som en ny indsats, og skriv trinnet der."
            }
        )
    if indsats.planlagt_slut and _er_efter_planen(indsats, trin):
        raise ValidationError(
            {
                "fra_dato": f"Indsatsen er planlagt til {dansk.dato(indsats.planlagt_slut)}. "
                "Forlæng den først, eller gør trinnet til en skitse."
            }
        )


def _tidligst(indsats: Indsats) -> date:
    """The first day a step may begin: the planned one, or the day it began before that."""
    return min(indsats.planlagt_start, indsats.faktisk_start or indsats.planlagt_start)


def _er_efter_planen(indsats: Indsats, trin: Indsatstrin) -> bool:
    """Whether a step that is no sketch begins after the planned end of an effort still open."""
    if indsats.planlagt_slut is None or indsats.faktisk_slut or trin.er_skitse:
        return False
    return trin.fra_dato > indsats.planlagt_slut


def _kraev_egen_dag(indsats: Indsats, trin: Indsatstrin) -> None:
    samme_dag = indsats.trin.filter(fjernet_den=None, fra_dato=trin.fra_dato)
    if samme_dag.exclude(pk=trin.pk).exists():
        raise ValidationError(
            {
                "fra_dato": f"Der begynder allerede et trin {dansk.dato(trin.fra_dato)}. "
                "Ret det, eller vælg en anden dag."
            }
        )
