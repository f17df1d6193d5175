"""An effort stands still for a while, and goes on.

What happened, so an approved plan need not be opened. An effort is `på pause` exactly as long as a
pause of it has no last day; the services here keep the two together.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Indsats, Indsatspause, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_indsats,
)
from ressource import dansk, haendelser
from ressource.datoer import EN_DAG
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def hold_pause(
    indsats: Indsats, *, fra: date, til: date | None = None, begrundelse: str, af: Bruger
) -> Indsatspause:
    """Write that the effort stands still from `fra`; with `til`, that it did and that is over.

    Raises `ValidationError`, on the field where there is one (`fra`, `til`, `begrundelse`): an
    effort that has not begun, days outside it, reversed or to come, and days already paused.
    """
    forloeb, indsats = laas_indsats(indsats)
    _kraev_begyndt(indsats)
    pause = Indsatspause(indsats=indsats, fra_dato=fra, til_dato=til, begrundelse=begrundelse)
    _kraev_dage(forloeb, indsats, pause)
    _gem(pause)
    _foelg_pauserne(indsats)
    haendelser.log(indsats, "plan.indsats_pause", af=af, sag_id=forloeb.sag_id)
    return pause


@transaction.atomic
def genoptag_indsats(indsats: Indsats, *, dato: date, af: Bruger) -> Indsatspause:
    """Write that the effort goes on from `dato`: the day before was the pause's last.

    Raises `ValidationError` when it is not paused, and on `dato` when that is to come or not after
    the pause's first day.
    """
    forloeb, indsats = laas_indsats(indsats)
    pause = indsats.pauser.gaeldende().filter(til_dato=None).first()
    if pause is None:
        raise ValidationError(
            "Indsatsen er ikke på pause. Genindlæs siden for at se den.", code="forkert_status"
        )
    kraev_ikke_fremtid(dato=dato)
    if dato <= pause.fra_dato:
        raise ValidationError(
            {
                "dato": ValidationError(
                    "Pausen begyndte %(fra)s. Skriv en senere dag, eller tag pausen ud, hvis den "
                    "aldrig blev til noget.",
                    code="foer_pausen",
                    params={"fra": dansk.dato(pause.fra_dato)},
                )
            }
        )
    pause.til_dato = dato - EN_DAG
    _gem(pause)
    _foelg_pauserne(indsats)
    haendelser.log(indsats, "plan.indsats_genoptaget", af=af, sag_id=forloeb.sag_id)
    return pause


@transaction.atomic
def ret_pause(
    pause: Indsatspause,
    *,
    fra: date,
    til: date | None,
    begrundelse: str,
    laas: int | None = None,
    af: Bruger,
) -> Indsatspause:
    """Correct a pause's days or its reason; `laas` is the effort's lock number.

    Raises as `hold_pause`, when the pause has been taken out, and `ForaeldetVersionError` when
    somebody saved the effort after `laas` was read.
    """
    forloeb, indsats, pause = _laas_pause(pause, laas)
    pause.fra_dato, pause.til_dato, pause.begrundelse = fra, til, begrundelse
    _kraev_dage(forloeb, indsats, pause)
    _gem(pause)
    _foelg_pauserne(indsats, rettet=True)
    haendelser.log(indsats, "plan.pause_rettet", af=af, sag_id=forloeb.sag_id)
    return pause


@transaction.atomic
def fjern_pause(pause: Indsatspause, *, laas: int | None = None, af: Bruger) -> Indsatspause:
    """Take out a pause that never was; the row is kept. Raises as `ret_pause`."""
    forloeb, indsats, pause = _laas_pause(pause, laas)
    pause.fjernet_den = timezone.now()
    pause.save(update_fields=["fjernet_den"])
    _foelg_pauserne(indsats, rettet=True)
    haendelser.log(indsats, "plan.pause_fjernet", af=af, sag_id=forloeb.sag_id)
    return pause


def status_efter_pauser(indsats: Indsats) -> str:
    """The status of an effort that runs: paused while a pause has no last day. One statement."""
    paa_pause = indsats.pauser.gaeldende().filter(til_dato=None).exists()
    return Indsats.Status.PAUSE if paa_pause else Indsats.Status.I_GANG


def _laas_pause(
    pause: Indsatspause, laas: int | None
) -> tuple[Ressourceforloeb, Indsats, Indsatspause]:
    forloeb, indsats = laas_indsats(pause.indsats)
    kraev_laas(indsats, laas)
    laast = indsats.pauser.gaeldende().select_for_update(of=("self",)).filter(pk=pause.pk).first()
    if laast is None:
        raise ValidationError(
            "Pausen er taget ud imens. Genindlæs siden for at se indsatsen.", code="taget_ud"
        )
    laast.indsats = indsats
    return forloeb, indsats, laast


def _kraev_begyndt(indsats: Indsats) -> None:
    if indsats.faktisk_start is None:
        raise ValidationError(
            "Indsatsen er %(nu)s og kan ikke holde pause. Skriv først, hvornår den begyndte.",
            code="forkert_status",
            params={"nu": indsats.get_status_display()},
        )


def _kraev_dage(forloeb: Ressourceforloeb, indsats: Indsats, pause: Indsatspause) -> None:
    """The pause's days must have come and lie within the effort's; the database sees to the rest."""
    datoer = {"fra": pause.fra_dato} | ({"til": pause.til_dato} if pause.til_dato else {})
    kraev_ikke_fremtid(**datoer)
    kraev_i_forloebet(forloeb, **datoer)
    if pause.til_dato and pause.til_dato < pause.fra_dato:
        raise ValidationError({"til": "Pausens sidste dag ligger før den første."})
    start, slut = indsats.faktisk_start, indsats.faktisk_slut
    if start and pause.fra_dato < start:
        raise ValidationError(
            {"fra": f"Indsatsen begyndte {dansk.dato(start)}. Pausen kan ikke ligge før."}
        )
    if slut and (pause.til_dato is None or pause.til_dato > slut):
        raise ValidationError(
            {"til": f"Indsatsens sidste dag var {dansk.dato(slut)}. Pausen skal slutte senest der."}
        )


def _foelg_pauserne(indsats: Indsats, *, rettet: bool = False) -> None:
    """Keep the status of a running effort with its pauses; a correction is a new lock number."""
    felter = ["status"]
    if indsats.status in Indsats.LOEBENDE:
        indsats.status = status_efter_pauser(indsats)
    if rettet:
        indsats.laas += 1
        felter.append("laas")
    indsats.save(update_fields=felter)


def _gem(pause: Indsatspause) -> None:
    pause.full_clean()
    pause.save()
