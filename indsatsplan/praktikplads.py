"""The praktikker of a plan as its pages show them, and what is still to be arranged for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indsatsplan.models import Indsats, Praktik
from rehabilitering.models import Omraade

# So long before the first day the visit should be agreed.
BESOEG_VARSEL = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Praktikplads:
    """One praktik of the plan: `praktik` is None while no company is chosen.

    `advarsel` says what is missing, as a Danish sentence, or is empty.
    """

    indsats: Indsats
    praktik: Praktik | None
    advarsel: str


def i_planen(
    indsatser: Iterable[Indsats], i_dag: date, *, ser_helbred: bool
) -> tuple[Praktikplads, ...]:
    """The praktikker among a plan's efforts (`til_plan`) that have not come to nothing.

    One in Sundhed is left out for those who may not read about health.
    """
    return tuple(
        plads(indsats, i_dag)
        for indsats in indsatser
        if indsats.indsatstype.er_praktik
        and indsats.status != Indsats.Status.BORTFALDET
        and (ser_helbred or indsats.indsatstype.omraade != Omraade.SUNDHED)
    )


def plads(indsats: Indsats, i_dag: date) -> Praktikplads:
    """The praktik of an effort that was fetched with it."""
    praktik: Praktik | None = getattr(indsats, "praktik", None)
    return Praktikplads(indsats, praktik, advarsel(indsats, praktik, i_dag))


def ved_start(indsats_pk: int, i_dag: date) -> str:
    """What is missing of a praktik that has just begun; empty for other efforts. A statement."""
    praktikker = Indsats.objects.filter(indsatstype__er_praktik=True).select_related("praktik")
    indsats = praktikker.filter(pk=indsats_pk).first()
    return plads(indsats, i_dag).advarsel if indsats else ""


def advarsel(indsats: Indsats, praktik: Praktik | None, i_dag: date) -> str:
    """What is missing before it begins, or was when it did; empty when nothing is.

    A praktik prepares itself by a visit: the citizen sees the place and meets the mentor (guide,
    element 6). What has ended is not warned about.
    """
    if indsats.status in (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE) and praktik is None:
        return "Der er ikke valgt virksomhed."
    if praktik is None or praktik.besoeg_dato:
        return ""
    if indsats.status in Indsats.LOEBENDE:
        return "Begyndt uden et besøg før start."
    snart = indsats.planlagt_start - BESOEG_VARSEL <= i_dag
    if indsats.status in Indsats.IKKE_BEGYNDT and snart:
        return "Der er ikke aftalt et besøg før start."
    return ""
