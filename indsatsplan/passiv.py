"""Passive time: days of a forløb without any effort in progress (product.md 3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indsatsplan.billede import Indsatsbillede
from ressource.datoer import huller

Periode = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Passivtid:
    """The stretches without any effort, up to and including `til`. All days are included."""

    huller: tuple[Periode, ...]
    til: date

    @property
    def dage(self) -> int:
        """Days without any effort in all."""
        return sum((slut - start).days + 1 for start, slut in self.huller)

    @property
    def nuvaerende(self) -> Periode | None:
        """The stretch that is still running, if nothing is in progress on the last day."""
        return self.huller[-1] if self.huller and self.huller[-1][1] == self.til else None

    @property
    def nuvaerende_dage(self) -> int:
        """Days in the stretch still running; 0 when something is in progress."""
        return (self.nuvaerende[1] - self.nuvaerende[0]).days + 1 if self.nuvaerende else 0


def passiv_tid(indsatser: Iterable[Indsatsbillede], fra: date, til: date) -> Passivtid:
    """Passive time from the forløb's first day `fra` to `til`, both included.

    Only actual dates count: an effort that is merely planned helps nobody yet. A paused effort is
    counted as in progress, for the plan keeps no dates of pauses.
    """
    perioder = [(i.faktisk_start, i.faktisk_slut) for i in indsatser if i.faktisk_start]
    return Passivtid(tuple(huller(perioder, fra, til)), til)
