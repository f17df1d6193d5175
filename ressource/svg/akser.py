"""Scales and where their labels may stand."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10

from ressource import dansk
from ressource.datoer import EN_DAG, Enhed, tilfoej

Tal = int | float | Decimal


def top(vaerdier: Iterable[Tal | None]) -> float:
    """The end of an axis from 0 that holds all values with a little air; at least 1."""
    stoerste = max((float(v) for v in vaerdier if v is not None), default=0.0)
    if stoerste <= 0:
        return 1.0
    enhed = 10.0 ** floor(log10(stoerste)) / 2
    return max(1.0, ceil(stoerste * 1.1 / enhed) * enhed)


def maanedsnavn(maaned: date, *, med_aar: bool) -> str:
    """`okt`, or `okt 26` with the year's last two digits."""
    navn = dansk.MAANEDER[maaned.month - 1][:3]
    return f"{navn} {maaned:%y}" if med_aar else navn


def maanedsmaerker(maaneder: Sequence[date]) -> list[int]:
    """Which of the months to write below an axis: the ends and each quarter between them.

    A quarter too close to an end is left out, so that labels never touch: the first label reaches
    furthest, for it begins at its month and has a year.
    """
    sidste = len(maaneder) - 1
    imellem = [n for n in range(3, sidste - 1) if maaneder[n].month in (1, 4, 7, 10)]
    return [*([0] if sidste else []), *imellem, sidste] if maaneder else []


def maanedsskift(fra: date, til: date) -> list[date]:
    """The first of each month that begins from `fra` to `til`."""
    foerste = fra if fra.day == 1 else tilfoej(fra.replace(day=1), 1, Enhed.MAANEDER)
    skift = []
    while foerste <= til:
        skift.append(foerste)
        foerste = tilfoej(foerste, 1, Enhed.MAANEDER)
    return skift


def spred(oenskede: Sequence[float], afstand: float) -> list[float]:
    """The positions, moved apart until neighbours are at least `afstand` from each other.

    The order is kept and the middle of the group stays where it was.
    """
    if len(oenskede) < 2:
        return list(oenskede)
    raekkefoelge = sorted(range(len(oenskede)), key=oenskede.__getitem__)
    placeret = list(oenskede)
    for foer, efter in pairwise(raekkefoelge):
        placeret[efter] = max(placeret[efter], placeret[foer] + afstand)
    skub = (sum(placeret) - sum(oenskede)) / len(oenskede)
    return [plads - skub for plads in placeret]


class Datoakse:
    """Turns dates into positions: `fra` lies at `venstre`, the end of `til` at `hoejre`."""

    def __init__(self, fra: date, til: date, venstre: float, hoejre: float) -> None:
        if til < fra:
            raise ValueError("Tidslinjen slutter, før den begynder.")
        self.fra, self.til, self.venstre, self.hoejre = fra, til, venstre, hoejre
        self._pr_dag = (hoejre - venstre) / ((til - fra).days + 1)

    def begyndelse(self, dato: date) -> float:
        """The position of the morning of `dato`, kept within the axis."""
        x = self.venstre + (dato - self.fra).days * self._pr_dag
        return min(max(x, self.venstre), self.hoejre)

    def slutning(self, dato: date) -> float:
        """The position of the evening of `dato`, kept within the axis."""
        return self.begyndelse(dato + EN_DAG) if dato < self.til else self.hoejre
