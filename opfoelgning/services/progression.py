"""Small steps written between the talks, and taken out again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Sag
from borgere.services import laas_sag
from opfoelgning.models import SmaatSkridt
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def tilfoej_skridt(sag: Sag, *, dato: date, tekst: str, af: Bruger) -> SmaatSkridt:
    """Write a small step of `dato`.

    Raises `ValidationError` on a case that has ended, for a day ahead or before the case began, and
    without words.
    """
    sag = laas_sag(sag.pk)
    _kraev_aaben(sag)
    if dato > i_dag():
        raise ValidationError({"dato": "Skridtet kan ikke ligge i fremtiden. Ret datoen."})
    if dato < sag.oprettet_dato:
        dag = dansk.dato(sag.oprettet_dato)
        raise ValidationError({"dato": f"Datoen ligger før sagen blev oprettet {dag}."})
    skridt = SmaatSkridt(sag=sag, dato=dato, tekst=tekst, skrevet_af=af)
    skridt.full_clean()
    skridt.save()
    haendelser.log(skridt, "progression.skridt_skrevet", af=af, sag_id=sag.pk)
    return skridt


@transaction.atomic
def tag_skridt_ud(skridt: SmaatSkridt, *, af: Bruger) -> SmaatSkridt:
    """Take a step out of the log; its row is kept. The second time changes nothing.

    Raises `ValidationError` on a case that has ended.
    """
    _kraev_aaben(laas_sag(skridt.sag_id))
    skridt = SmaatSkridt.objects.select_for_update(of=("self",)).get(pk=skridt.pk)
    if skridt.fjernet_den is None:
        skridt.fjernet_den = timezone.now()
        skridt.save(update_fields=["fjernet_den"])
        haendelser.log(skridt, "progression.skridt_taget_ud", af=af, sag_id=skridt.sag_id)
    return skridt


def _kraev_aaben(sag: Sag) -> None:
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet, og der kan ikke skrives mere på den.")
