"""Nobody decides on their own text (domain.md 3): who wrote, as the event log has it."""

from django.db.models import Exists, OuterRef

from ressource.models import Bruger, Haendelse

SCREENING = ("screening.gemt", "screening.indsendt")
FORBEREDENDE_DEL = ("forberedende_del.gemt", "kvalitetssikring.indsendt")


def har_skrevet(sag_id: int, bruger: Bruger, koder: tuple[str, ...]) -> bool:
    """Whether the user wrote in the case, or handed it in: one of the events `koder` is theirs.

    The rows themselves name only who began or who wrote last.
    """
    return Haendelse.objects.filter(sag_id=sag_id, kode__in=koder, af=bruger).exists()


def skrevet_i(bruger: Bruger, koder: tuple[str, ...]) -> Exists:
    """`har_skrevet` for every row of a query whose model has `sag`; no statement of its own."""
    return Exists(Haendelse.objects.filter(sag_id=OuterRef("sag_id"), kode__in=koder, af=bruger))
