"""Ordering an archive of a case; making it is a job's work (`borgere.uddrag.koersel`)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Sag, Uddrag
from borgere.services.sag import laas_sag
from ressource import haendelser
from ressource.models import Bruger


@transaction.atomic
def bestil_uddrag(sag: Sag, *, art: Uddrag.Art | str, af: Bruger) -> Uddrag:
    """Order the whole case file or the article 15 extract; a job begins when this commits.

    Raises `ValidationError` when one of the kind is under way for the case. An order whose message
    to the job is lost is found by the next run of `borgere.genoptag_uddrag`.
    """
    laas_sag(sag.pk)
    uddrag = Uddrag(sag=sag, art=art, bestilt_af=af)
    uddrag.full_clean()
    uddrag.save()
    haendelser.log(uddrag, "uddrag.bestilt", af=af, sag_id=sag.pk, art=str(art))
    transaction.on_commit(lambda: _vaek(uddrag.pk), robust=True)
    return uddrag


def _vaek(uddrag_id: int) -> None:
    from borgere.tasks import lav_uddrag  # noqa: PLC0415 -- blad

    lav_uddrag.delay(uddrag_id)


def kraev_klar(uddrag: Uddrag) -> None:
    """Raise `ValidationError` unless the archive is made and its bytes are still kept."""
    if not uddrag.kan_hentes:
        raise ValidationError("Uddraget er ikke klar eller er slettet. Bestil et nyt.")
