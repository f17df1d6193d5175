"""The sundhedskoordinator's answers as the plan's pages and its PDF show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from indsatsplan.models import Indsatsplan, Plansvar, Ressourceforloeb
from rehabilitering import indsatte_svar
from rehabilitering.models import Sparringsbooking


@dataclass(frozen=True, slots=True)
class Svarlinje:
    """An answer of the case, and its place in the plan, if any."""

    booking: Sparringsbooking
    plansvar: Plansvar | None


def i_planen(forloeb: Ressourceforloeb, *, med_andre: bool) -> tuple[Svarlinje, ...]:
    """The answers the plan builds on as it is now; `med_andre` also the case's others, after them.

    One statement where there is no answer, else three.
    """
    gaeldende = Prefetch(
        "i_planer", Plansvar.objects.gaeldende().filter(forloeb=forloeb), to_attr="i_planen"
    )
    linjer = [
        Svarlinje(booking, next(iter(_i_planen(booking)), None))
        for booking in indsatte_svar.sagens(forloeb.sag).prefetch_related(gaeldende)
    ]
    inde = [linje for linje in linjer if linje.plansvar]
    andre = [linje for linje in linjer if not linje.plansvar]
    return (*inde, *(andre if med_andre else ()))


def i_version(version: Indsatsplan) -> list[Svarlinje]:
    """The answers that stood in the plan when `version` was approved. One statement, or two."""
    plansvar = (
        Plansvar.objects.i_version(version)
        .select_related("booking__tid", "booking__besvaret_af")
        .prefetch_related("booking__spoergsmaal")
    )
    return [Svarlinje(svar.booking, svar) for svar in plansvar]


def _i_planen(booking: Sparringsbooking) -> Iterable[Plansvar]:
    fundne: list[Plansvar] = booking.i_planen  # type: ignore[attr-defined]
    return fundne
