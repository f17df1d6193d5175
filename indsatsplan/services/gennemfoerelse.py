"""What actually happened: an effort begins, ends, is broken off or never comes to be.

This does not change the plan, so an approved one need not be opened for it.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_aabent_forloeb,
)
from ressource import dansk, haendelser
from ressource.models import Bruger


@transaction.atomic
def begynd_indsats(indsats: Indsats, *, dato: date, af: Bruger) -> Indsats:
    """Write that the effort began on `dato`.

    Raises `ValidationError` when it has begun or lapsed already, and on `dato` when that lies in
    the future or outside the forløb.
    """
    forloeb, indsats = _laas(indsats)
    _kraev_status(indsats, "begynde", *Indsats.IKKE_BEGYNDT)
    kraev_ikke_fremtid(dato=dato)
    kraev_i_forloebet(forloeb, dato=dato)
    indsats.status, indsats.faktisk_start = Indsats.Status.I_GANG, dato
    _gem(indsats)
    haendelser.log(indsats, "plan.indsats_begyndt", af=af, sag_id=forloeb.sag_id)
    return indsats


@transaction.atomic
def afslut_indsats(indsats: Indsats, *, dato: date, afbrudt: bool, af: Bruger) -> Indsats:
    """Write that `dato` was the effort's last day; `afbrudt` when it stopped before its time.

    Raises `ValidationError` when it is not running, and on `dato` when that lies before the day it
    began, in the future or outside the forløb.
    """
    forloeb, indsats = _laas(indsats)
    _kraev_status(indsats, "slutte", *Indsats.LOEBENDE)
    kraev_ikke_fremtid(dato=dato)
    kraev_i_forloebet(forloeb, dato=dato)
    if indsats.faktisk_start and dato < indsats.faktisk_start:
        raise ValidationError(
            {
                "dato": ValidationError(
                    "Indsatsen begyndte %(start)s. Slutdatoen kan ikke ligge før.",
                    code="slut_foer_start",
                    params={"start": dansk.dato(indsats.faktisk_start)},
                )
            }
        )
    indsats.status = Indsats.Status.AFBRUDT if afbrudt else Indsats.Status.AFSLUTTET
    indsats.faktisk_slut = dato
    _gem(indsats)
    haendelser.log(
        indsats, "plan.indsats_slut", af=af, sag_id=forloeb.sag_id, status=indsats.status
    )
    return indsats


@transaction.atomic
def lad_indsats_bortfalde(indsats: Indsats, *, af: Bruger) -> Indsats:
    """Write that a planned effort will not be carried out. It stays in the plan as lapsed.

    Raises `ValidationError` when it has begun.
    """
    forloeb, indsats = _laas(indsats)
    _kraev_status(indsats, "bortfalde", *Indsats.IKKE_BEGYNDT)
    indsats.status = Indsats.Status.BORTFALDET
    _gem(indsats)
    haendelser.log(indsats, "plan.indsats_bortfaldet", af=af, sag_id=forloeb.sag_id)
    return indsats


def _laas(indsats: Indsats) -> tuple[Ressourceforloeb, Indsats]:
    forloeb = laas_aabent_forloeb(indsats.forloeb_id)
    return forloeb, forloeb.indsatser.select_for_update(of=("self",)).get(pk=indsats.pk)


def _kraev_status(indsats: Indsats, verbum: str, *tilladte: Indsats.Status) -> None:
    if indsats.status not in tilladte:
        raise ValidationError(
            "Indsatsen er %(nu)s og kan ikke %(verbum)s. Genindlæs siden for at se den.",
            code="forkert_status",
            params={"nu": indsats.get_status_display(), "verbum": verbum},
        )


def _gem(indsats: Indsats) -> None:
    indsats.full_clean()
    indsats.save(update_fields=["status", "faktisk_start", "faktisk_slut"])
