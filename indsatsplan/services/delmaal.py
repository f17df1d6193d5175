"""Milestones on the way to a goal: written, reached and taken out."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Delmaal, Maal, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_aabent_forloeb,
)
from indsatsplan.services.kladde import aabn_kladde
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_delmaal(
    maal: Maal,
    *,
    tekst: str,
    forventet_dato: date | None,
    naaet_dato: date | None = None,
    delmaal: Delmaal | None = None,
    laas: int | None = None,
    af: Bruger,
) -> Delmaal:
    """Save a new milestone of `maal`, or change `delmaal`.

    That it was reached opens no draft; other words or another day does. What is as it was is not
    saved. Raises `ValidationError` when goal or milestone was taken out, and on the date that lies
    outside the forløb or, reached, in the future; `ForaeldetVersionError` when somebody changed
    `delmaal` after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(maal.forloeb_id)
    delmaal = _laas(delmaal, laas) if delmaal else Delmaal(maal=maal)
    _kraev_maalet(forloeb, delmaal)
    plan_aendres = (tekst, forventet_dato) != (delmaal.tekst, delmaal.forventet_dato)
    if delmaal.pk and not plan_aendres and naaet_dato == delmaal.naaet_dato:
        return delmaal
    if naaet_dato is not None:
        kraev_ikke_fremtid(naaet_dato=naaet_dato)
    kraev_i_forloebet(forloeb, forventet_dato=forventet_dato, naaet_dato=naaet_dato)
    if plan_aendres:
        aabn_kladde(forloeb, af=af)
    delmaal.tekst, delmaal.forventet_dato, delmaal.naaet_dato = tekst, forventet_dato, naaet_dato
    delmaal.laas += 1
    delmaal.full_clean()
    delmaal.save()
    haendelser.log(delmaal, "plan.delmaal_gemt", af=af, sag_id=forloeb.sag_id)
    return delmaal


@transaction.atomic
def tag_delmaal_ud(delmaal: Delmaal, *, laas: int | None = None, af: Bruger) -> Delmaal:
    """Take a milestone out of the plan; approved versions keep it. Twice is once.

    Raises `ForaeldetVersionError` when somebody changed it after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(delmaal.maal.forloeb_id)
    delmaal = Delmaal.objects.select_for_update(of=("self",)).get(pk=delmaal.pk)
    if delmaal.fjernet_den:
        return delmaal
    kraev_laas(delmaal, laas)
    aabn_kladde(forloeb, af=af)
    delmaal.fjernet_den, delmaal.laas = timezone.now(), delmaal.laas + 1
    delmaal.save(update_fields=["fjernet_den", "laas"])
    haendelser.log(delmaal, "plan.delmaal_fjernet", af=af, sag_id=forloeb.sag_id)
    return delmaal


def _laas(delmaal: Delmaal, laas: int | None) -> Delmaal:
    laast = Delmaal.objects.select_for_update(of=("self",)).select_related("maal")
    delmaal = laast.get(pk=delmaal.pk)
    if delmaal.fjernet_den:
        raise ValidationError("Delmålet er taget ud af planen. Skriv et nyt.", code="fjernet")
    kraev_laas(delmaal, laas)
    return delmaal


def _kraev_maalet(forloeb: Ressourceforloeb, delmaal: Delmaal) -> None:
    if not forloeb.maal.gaeldende().filter(pk=delmaal.maal_id).exists():
        raise ValidationError(
            "Målet er taget ud af planen. Skriv delmålet under et andet mål.", code="fjernet"
        )
