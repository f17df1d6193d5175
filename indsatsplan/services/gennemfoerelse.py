"""What actually happened: an effort begins, ends, is broken off or never comes to be.

This does not change the plan, so an approved one need not be opened for it. What was written wrong
is corrected with a reason; the row's history keeps what stood there.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_indsats,
)
from indsatsplan.services.pause import status_efter_pauser
from indsatsplan.services.perioder import kraev_perioder_inden_for, luk_aabne
from ressource import dansk, haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

_GANGFELTER = ("status", "faktisk_start", "faktisk_slut", "slut_begrundelse")


@transaction.atomic
def begynd_indsats(indsats: Indsats, *, dato: date, af: Bruger) -> Indsats:
    """Write that the effort began on `dato`.

    Raises `ValidationError` when it has begun or lapsed already, and on `dato` when that lies in
    the future or outside the forløb.
    """
    forloeb, indsats = laas_indsats(indsats)
    _kraev_status(indsats, "begynde", *Indsats.IKKE_BEGYNDT)
    kraev_ikke_fremtid(dato=dato)
    kraev_i_forloebet(forloeb, dato=dato)
    indsats.status, indsats.faktisk_start = Indsats.Status.I_GANG, dato
    _gem(indsats)
    haendelser.log(indsats, "plan.indsats_begyndt", af=af, sag_id=forloeb.sag_id)
    return indsats


@transaction.atomic
def afslut_indsats(
    indsats: Indsats, *, dato: date, afbrudt: bool, begrundelse: str = "", af: Bruger
) -> Indsats:
    """Write that `dato` was the effort's last day; `afbrudt` when it stopped before its time.

    A pause or an absence that still went on ends with it. Raises `ValidationError` when it is not
    running, on `begrundelse` when it was broken off and nobody says why, and on `dato` when that
    lies before the day it began, before a pause that is over, in the future or outside the forløb.
    """
    forloeb, indsats = laas_indsats(indsats)
    _kraev_status(indsats, "slutte", *Indsats.LOEBENDE)
    if afbrudt and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor indsatsen blev afbrudt."})
    kraev_ikke_fremtid(dato=dato)
    kraev_i_forloebet(forloeb, dato=dato)
    _kraev_slut_efter_start(indsats.faktisk_start, dato, felt="dato")
    luk_aabne([indsats.pk], dato)
    indsats.status = Indsats.Status.AFBRUDT if afbrudt else Indsats.Status.AFSLUTTET
    indsats.faktisk_slut, indsats.slut_begrundelse = dato, begrundelse.strip()
    kraev_perioder_inden_for(indsats, felt="dato")
    _gem(indsats)
    haendelser.log(
        indsats, "plan.indsats_slut", af=af, sag_id=forloeb.sag_id, status=indsats.status
    )
    return indsats


@transaction.atomic
def lad_indsats_bortfalde(indsats: Indsats, *, begrundelse: str, af: Bruger) -> Indsats:
    """Write that a planned effort will not be carried out. It stays in the plan as lapsed.

    Raises `ValidationError` when it has begun, and on `begrundelse` when nobody says why.
    """
    forloeb, indsats = laas_indsats(indsats)
    _kraev_status(indsats, "bortfalde", *Indsats.IKKE_BEGYNDT)
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor indsatsen ikke bliver til noget."})
    indsats.status, indsats.slut_begrundelse = Indsats.Status.BORTFALDET, begrundelse.strip()
    _gem(indsats)
    haendelser.log(indsats, "plan.indsats_bortfaldet", af=af, sag_id=forloeb.sag_id)
    return indsats


@dataclass(frozen=True, slots=True)
class Gang:
    """How an effort went: without a start it is planned, without an end it still runs."""

    start: date | None
    slut: date | None
    afbrudt: bool = False
    slut_begrundelse: str = ""


@transaction.atomic
def ret_gang(
    indsats: Indsats, gang: Gang, *, begrundelse: str, laas: int | None = None, af: Bruger
) -> Indsats:
    """Correct what was written of how the effort went; a lapsed one is taken up again.

    The status follows the dates and the pauses. Raises `ValidationError`, on the field where there
    is one (`start`, `slut`, `slut_begrundelse`, `begrundelse`): no reason, nothing corrected, dates
    reversed, in the future, outside the forløb or with a pause or an absence outside them; and
    `ForaeldetVersionError` when somebody saved the effort after `laas` was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    kraev_laas(indsats, laas)
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor det rettes."})
    _kraev_mulig(forloeb, gang)
    foer = [getattr(indsats, felt) for felt in _GANGFELTER]
    if gang.slut is not None:
        luk_aabne([indsats.pk], gang.slut)
    indsats.faktisk_start, indsats.faktisk_slut = gang.start, gang.slut
    indsats.slut_begrundelse = gang.slut_begrundelse.strip() if gang.slut else ""
    indsats.status = _status(indsats, gang)
    if foer == [getattr(indsats, felt) for felt in _GANGFELTER]:
        raise ValidationError("Der er ikke rettet noget. Ret en dato, eller gå tilbage.")
    kraev_perioder_inden_for(indsats, felt="slut" if gang.slut else "start")
    indsats.aendret_begrundelse = begrundelse.strip()
    _gem(indsats, "aendret_begrundelse")
    haendelser.log(
        indsats, "plan.indsats_rettet", af=af, sag_id=forloeb.sag_id, status=indsats.status
    )
    return indsats


def _kraev_mulig(forloeb: Ressourceforloeb, gang: Gang) -> None:
    if gang.start is None:
        if gang.slut is not None:
            raise ValidationError({"start": "Skriv, hvornår indsatsen begyndte."})
        return
    datoer = {"start": gang.start} | ({"slut": gang.slut} if gang.slut else {})
    kraev_ikke_fremtid(**datoer)
    kraev_i_forloebet(forloeb, **datoer)
    if gang.slut is None:
        return
    _kraev_slut_efter_start(gang.start, gang.slut, felt="slut")
    if gang.afbrudt and not gang.slut_begrundelse.strip():
        raise ValidationError({"slut_begrundelse": "Skriv, hvorfor indsatsen blev afbrudt."})


def _status(indsats: Indsats, gang: Gang) -> str:
    if gang.start is None:
        planlagt = indsats.status in Indsats.IKKE_BEGYNDT
        return indsats.status if planlagt else Indsats.Status.PLANLAGT
    if gang.slut is None:
        return status_efter_pauser(indsats)
    return Indsats.Status.AFBRUDT if gang.afbrudt else Indsats.Status.AFSLUTTET


def _kraev_slut_efter_start(start: date | None, slut: date, *, felt: str) -> None:
    if start and slut < start:
        raise ValidationError(
            {
                felt: ValidationError(
                    "Indsatsen begyndte %(start)s. Slutdatoen kan ikke ligge før.",
                    code="slut_foer_start",
                    params={"start": dansk.dato(start)},
                )
            }
        )


def _kraev_status(indsats: Indsats, verbum: str, *tilladte: Indsats.Status) -> None:
    if indsats.status not in tilladte:
        raise ValidationError(
            "Indsatsen er %(nu)s og kan ikke %(verbum)s. Genindlæs siden for at se den.",
            code="forkert_status",
            params={"nu": indsats.get_status_display(), "verbum": verbum},
        )


def _gem(indsats: Indsats, *flere: str) -> None:
    """Save how it went. A new lock number: who corrects it meanwhile must see this first."""
    indsats.laas += 1
    indsats.full_clean()
    indsats.save(update_fields=[*_GANGFELTER, "laas", *flere])
