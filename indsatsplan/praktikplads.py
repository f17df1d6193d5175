"""The praktikker of a plan as its pages show them, and what is still to be arranged for each."""

from dataclasses import dataclass
from datetime import date, timedelta

from indsatsplan.models import Indsats, Praktik, Ressourceforloeb

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


def til_planen(forloeb: Ressourceforloeb, i_dag: date) -> tuple[Praktikplads, ...]:
    """The praktikker of the plan that have not come to nothing, in its order. One statement."""
    indsatser = (
        forloeb.indsatser.filter(indsatstype__er_praktik=True)
        .exclude(status=Indsats.Status.BORTFALDET)
        .select_related("praktik__virksomhed", "praktik__kontakt", "praktik__virksomhedsmentor")
        .order_by("planlagt_start", "pk")
    )
    return tuple(plads(indsats, i_dag) for indsats in indsatser)


def plads(indsats: Indsats, i_dag: date) -> Praktikplads:
    """The praktik of an effort that was fetched with it."""
    praktik: Praktik | None = getattr(indsats, "praktik", None)
    return Praktikplads(indsats, praktik, advarsel(indsats, praktik, i_dag))


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
