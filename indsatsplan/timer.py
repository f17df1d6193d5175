"""Hours a week over time: a series of steps, and the hours of any period.

A series is a step function: each number holds from its day until the next one's, or until the effort
ends. A day has a seventh of its week's hours, for the municipality knows the days of the week of few
steps. Days on pause and in absence have none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from indsatsplan.daekning import Gang
from ressource.dagemaengder import AabenPeriode, Periode, antal_dage, inden_for, uden
from ressource.datoer import EN_DAG

DAGE_PR_UGE = 7


@dataclass(frozen=True, slots=True)
class Stykke:
    """Days in a row with the same hours a week."""

    fra: date
    til: date
    timer_pr_uge: Decimal


@dataclass(frozen=True, slots=True)
class Timeserie:
    """Hours a week from given days, of an effort that goes on in `gang`.

    `raekker` is (from, hours a week); two never begin the same day.
    """

    raekker: tuple[tuple[date, Decimal], ...]
    gang: Gang
    fravaer: tuple[AabenPeriode, ...] = ()

    def stykker(self, fra: date, til: date) -> list[Stykke]:
        """What was worked from `fra` to `til`, both included, in order; no piece where nothing was.

        Hours of zero are a piece too: somebody wrote that it came to nothing.
        """
        return [
            Stykke(*dage, timer)
            for periode, timer in _trin(self.raekker)
            for dage in self._dage(periode, fra, til)
        ]

    def _dage(self, periode: Periode, fra: date, til: date) -> list[Periode]:
        begyndt = inden_for([periode], fra, til)
        aktive = [dage for p in begyndt for dage in self.gang.aktiv(*p)]
        return uden(aktive, self.fravaer)

    def timer(self, fra: date, til: date) -> Fraction:
        """Hours worked from `fra` to `til`, both included; exact, not rounded."""
        return sum(
            (
                Fraction(s.timer_pr_uge) * antal_dage([(s.fra, s.til)]) / DAGE_PR_UGE
                for s in self.stykker(fra, til)
            ),
            start=Fraction(0),
        )


def _trin(raekker: Sequence[tuple[date, Decimal]]) -> Iterable[tuple[Periode, Decimal]]:
    """Each row with the days it holds; the last one has no end."""
    ordnet = sorted(raekker)
    for nr, (begynder, timer) in enumerate(ordnet, start=1):
        slut = ordnet[nr][0] - EN_DAG if nr < len(ordnet) else date.max
        yield (begynder, slut), timer
