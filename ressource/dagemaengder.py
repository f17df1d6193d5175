"""Sets of days as closed intervals: what they share, what is left, where several lie at once.

Every interval here is `(first day, last day)`, both included. Answers are in order, do not touch
each other and are as long as they can be.
"""

from collections.abc import Iterable
from datetime import date

from ressource.datoer import EN_DAG, huller

Periode = tuple[date, date]
# Without a last day it is still running.
AabenPeriode = tuple[date, date | None]


def mindst(perioder: Iterable[Periode], antal: int) -> list[Periode]:
    """The stretches of days that at least `antal` of `perioder` cover."""
    skift: dict[date, int] = {}
    for fra, til in perioder:
        skift[fra] = skift.get(fra, 0) + 1
        skift[til + EN_DAG] = skift.get(til + EN_DAG, 0) - 1
    fundne: list[Periode] = []
    samtidige, begynder = 0, None
    for dag in sorted(skift):
        samtidige += skift[dag]
        if begynder is None and samtidige >= antal:
            begynder = dag
        elif begynder is not None and samtidige < antal:
            fundne.append((begynder, dag - EN_DAG))
            begynder = None
    return fundne


def uden(perioder: Iterable[Periode], andre: Iterable[AabenPeriode]) -> list[Periode]:
    """The days of `perioder` that none of `andre` covers."""
    fratrukne = list(andre)
    return [hul for fra, til in mindst(perioder, 1) for hul in huller(_i(fratrukne, til), fra, til)]


def _i(perioder: Iterable[AabenPeriode], sidste: date) -> list[AabenPeriode]:
    """Those that have begun by `sidste`."""
    return [p for p in perioder if p[0] <= sidste]


def inden_for(perioder: Iterable[AabenPeriode], fra: date, til: date) -> list[Periode]:
    """The parts of `perioder` that lie from `fra` to `til`; a running one reaches to `til`."""
    klippede = ((max(a, fra), min(z or til, til)) for a, z in perioder)
    return [(a, z) for a, z in klippede if a <= z]


def antal_dage(perioder: Iterable[Periode]) -> int:
    """How many days they have, counted for each: merge them first (`mindst`) if they overlap."""
    return sum((til - fra).days + 1 for fra, til in perioder)
