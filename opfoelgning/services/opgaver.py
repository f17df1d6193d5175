"""What people do with a case's tasks: done, undone, given to somebody, not to be done, one more."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Sag
from borgere.services import laas_sag
from opfoelgning.models import Opgave
from opfoelgning.opgaver import kreds, seneste_indstilling
from rehabilitering.models import Indstilling
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

# What lies further ahead belongs in the plan.
HOEJST_FREM = timedelta(days=731)
OPGAVEHAENDELSER = (
    "opgave.udfoert",
    "opgave.aabnet",
    "opgave.bortfaldet",
    "opgave.rettet",
    "opgaver.fulgt_med",
)
SAG_SLUT = "Sagen er afsluttet. Opgaverne kan ikke ændres."


@transaction.atomic
def udfoer_opgave(opgave: Opgave, *, dato: date | None = None, af: Bruger) -> Opgave:
    """Mark the task as done on `dato` (default today); done already, nothing is written.

    Raises `ValidationError` when it has lapsed, the case has ended, or the day lies ahead.
    """
    dato = dato or i_dag()
    opgave = _laas(opgave)
    if opgave.udfoert_dato:
        return opgave
    _kraev_ikke_bortfaldet(opgave)
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger i fremtiden. Vælg i dag eller tidligere."})
    opgave.udfoert_dato, opgave.udfoert_af = dato, af
    return _gem(opgave, "opgave.udfoert", "udfoert_dato", "udfoert_af", af=af)


@transaction.atomic
def fortryd_opgave(opgave: Opgave, *, af: Bruger) -> Opgave:
    """Open again a task that was marked as done, or that somebody said was not to be done.

    Open already, nothing is written. Raises `ValidationError` when the case has ended.
    """
    opgave = _laas(opgave)
    if not opgave.udfoert_dato and not opgave.bortfaldet_dato:
        return opgave
    opgave.udfoert_dato = opgave.udfoert_af = opgave.bortfaldet_dato = None
    opgave.bortfaldet_grund = ""
    felter = ("udfoert_dato", "udfoert_af", "bortfaldet_dato", "bortfaldet_grund")
    return _gem(opgave, "opgave.aabnet", *felter, af=af)


@transaction.atomic
def bortfald_opgave(opgave: Opgave, *, grund: str, af: Bruger) -> Opgave:
    """The task is not to be done, and why.

    Raises `ValidationError` without a reason, when it is done or has lapsed, and when the case has
    ended.
    """
    opgave = _laas(opgave)
    if opgave.udfoert_dato:
        raise ValidationError("Opgaven er gjort. Fortryd det først, hvis den ikke er.")
    _kraev_ikke_bortfaldet(opgave)
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvorfor opgaven falder bort."})
    opgave.bortfaldet_dato, opgave.bortfaldet_grund = i_dag(), grund.strip()
    return _gem(opgave, "opgave.bortfaldet", "bortfaldet_dato", "bortfaldet_grund", af=af)


@transaction.atomic
def ret_opgave(
    opgave: Opgave, *, bruger: Bruger | None, frist_dato: date, laas: int | None, af: Bruger
) -> Opgave:
    """Give the task to `bruger` (None: whoever its role is) and another day; no change, no event.

    Raises `ForaeldetVersionError` when somebody changed it meanwhile, and `ValidationError` by
    field: somebody outside the case, a day before the meeting or years ahead, or a task that is done or lapsed.
    """
    opgave = _laas(opgave)
    kraev_laas(opgave, laas)
    if opgave.udfoert_dato:
        raise ValidationError("Opgaven er gjort. Fortryd det først, hvis den ikke er.")
    _kraev_ikke_bortfaldet(opgave)
    if (opgave.bruger, opgave.frist_dato) == (bruger, frist_dato):
        return opgave
    if bruger is not None and bruger not in kreds(opgave.sag):
        raise ValidationError({"bruger": f"{bruger.navn} er ikke på sagen. Vælg en anden."})
    _kraev_dag(opgave.indstilling, frist_dato)
    opgave.bruger, opgave.frist_dato = bruger, frist_dato
    return _gem(opgave, "opgave.rettet", "bruger", "frist_dato", af=af)


@transaction.atomic
def tilfoej_opgave(
    sag: Sag, *, hvad: str, hvem: str, frist_dato: date, til_borgeren: str = "", af: Bruger
) -> Opgave:
    """Add a task of the case's own to the latest finalised indstilling's.

    Raises `ValidationError` by field, when there is no such indstilling, and when the case has ended.
    """
    sag = laas_sag(sag.pk)
    if sag.er_afsluttet:
        raise ValidationError(SAG_SLUT)
    indstilling = seneste_indstilling(sag)
    if indstilling is None:
        raise ValidationError("Opgaver kan skrives på, når teamets indstilling er færdig.")
    _kraev_dag(indstilling, frist_dato)
    opgave = Opgave(
        sag=sag,
        indstilling=indstilling,
        hvem=hvem,
        hvad=hvad.strip(),
        til_borgeren=til_borgeren.strip(),
        frist_dato=frist_dato,
    )
    opgave.full_clean()
    opgave.save()
    haendelser.log(opgave, "opgave.tilfoejet", af=af, sag_id=sag.pk)
    return opgave


def _laas(opgave: Opgave) -> Opgave:
    """The task, locked after its case. Raises `ValidationError` when the case has ended."""
    sag = laas_sag(opgave.sag_id)
    if sag.er_afsluttet:
        raise ValidationError(SAG_SLUT)
    laast = Opgave.objects.select_for_update(of=("self",)).select_related("indstilling", "bruger")
    opgave = laast.get(pk=opgave.pk)
    opgave.sag = sag
    return opgave


def _kraev_ikke_bortfaldet(opgave: Opgave) -> None:
    if opgave.bortfaldet_dato:
        raise ValidationError(
            f"Opgaven er faldet bort {dansk.dato(opgave.bortfaldet_dato)}. Åbn den igen først."
        )


def _kraev_dag(indstilling: Indstilling, dag: date) -> None:
    if dag < indstilling.moede_dato:
        raise ValidationError(
            {"frist_dato": f"Vælg en dag fra mødet {dansk.dato(indstilling.moede_dato)} og frem."}
        )
    if dag > i_dag() + HOEJST_FREM:
        raise ValidationError({"frist_dato": "Vælg en dag inden for de næste to år."})


def _gem(opgave: Opgave, kode: str, *felter: str, af: Bruger) -> Opgave:
    opgave.laas += 1
    opgave.full_clean()
    opgave.save(update_fields=[*felter, "laas"])
    haendelser.log(opgave, kode, af=af, sag_id=opgave.sag_id)
    return opgave
