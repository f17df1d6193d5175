"""The month's figures: one statement per population, whatever the number of months and cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection

from noegletal.definitioner import (
    AFSLUTTEDE_SAGER,
    NOEGLETAL,
    OVERSKREDNE,
    Enhed,
    Noegletal,
    Population,
)
from noegletal.diskretion import andel_vaerdi
from noegletal.udfald import FORDELING, SAMMENLAGTE, Gruppe
from ressource.datoer import Enhed as Tidsenhed
from ressource.datoer import maanedens_dage, maaneder_tilbage, tilfoej
from ressource.kalender import i_dag

UDVIKLING_MAANEDER = 13


@dataclass(frozen=True)
class Tal:
    """A numerator and, for shares and full-time persons, what it is taken of."""

    taeller: int
    naevner: int = 0

    def vaerdi(self, noegletal: Noegletal) -> Decimal | None:
        """The figure unrounded; None when there is nothing to take a share of."""
        if not noegletal.er_andel and noegletal.enhed != Enhed.FULDTID:
            return Decimal(self.taeller)
        if self.naevner == 0:
            return None
        if noegletal.er_andel:
            return andel_vaerdi(self.taeller, self.naevner)
        return Decimal(self.taeller) / Decimal(self.naevner)


def _vinduer(maaneder: Sequence[date], population: Population) -> tuple[str, list[date]]:
    """The window of each month as VALUES rows (maaned, fra, til), and their parameters.

    The running month ends today: what lies ahead has neither happened nor been missed.
    """
    parametre: list[date] = []
    for maaned in maaneder:
        fra = tilfoej(maaned, 1 - population.maaneder, Tidsenhed.MAANEDER)
        parametre += [maaned, fra, min(maanedens_dage(maaned)[1], i_dag())]
    raekker = ", ".join(["(%s::date, %s::date, %s::date)"] * len(maaneder))
    return f"WITH m (maaned, fra, til) AS (VALUES {raekker})", parametre


def _kolonner(noegletal: Noegletal) -> tuple[str, str]:
    """SQL of numerator and denominator."""
    if noegletal.enhed == Enhed.FULDTID:
        # Days with the forløb, both ends included, of the days in the month (domain.md 4.1).
        dage = (
            "LEAST(COALESCE(f.afsluttet_dato, f.slut_dato), m.til) - GREATEST(f.start_dato, m.fra)"
        )
        return f"COALESCE(sum({dage} + 1), 0)", "(max(m.til) - max(m.fra) + 1)"
    if noegletal.dage:
        return f"COALESCE(sum({noegletal.praedikat}), 0)", f"COALESCE(sum({noegletal.dage}), 0)"
    noegle = noegletal.population.noegle
    taeller = f"count(DISTINCT {noegle}) FILTER (WHERE {noegletal.praedikat})"
    return taeller, f"count(DISTINCT {noegle})" if noegletal.er_andel else "0"


def beregn(maaneder: Sequence[date]) -> dict[date, dict[str, Tal]]:
    """All key figures of each month (first days of months), one statement for each population.

    A month without rows gives zero counts, not a missing key.
    """
    resultat = {maaned: {kode: Tal(0) for kode in NOEGLETAL} for maaned in maaneder}
    ordnet = sorted(NOEGLETAL.values(), key=lambda n: n.population.sql)
    for _, gruppe in groupby(ordnet, key=lambda n: n.population.sql):
        _beregn_population(list(gruppe), maaneder, resultat)
    return resultat


def _beregn_population(
    noegletal: Sequence[Noegletal],
    maaneder: Sequence[date],
    resultat: dict[date, dict[str, Tal]],
) -> None:
    population = noegletal[0].population
    vinduer, parametre = _vinduer(maaneder, population)
    kolonner = ", ".join(f"{t}, {n}" for t, n in map(_kolonner, noegletal))
    with connection.cursor() as markoer:
        markoer.execute(
            f"{vinduer} SELECT m.maaned, {kolonner} FROM {population.sql} GROUP BY m.maaned",  # noqa: S608
            parametre,
        )
        for maaned, *tal in markoer.fetchall():
            for nr, n in enumerate(noegletal):
                resultat[maaned][n.kode] = Tal(int(tal[2 * nr]), int(tal[2 * nr + 1]))


@dataclass(frozen=True)
class Udfaldstal:
    """Closed cases by group of reasons; `grupper` sum to `i_alt`."""

    i_alt: int
    grupper: list[tuple[Gruppe, int]]
    sammenlagte: list[tuple[Gruppe, int]]


def beregn_udfald(maaned: date) -> Udfaldstal:
    """Reasons of the cases closed in the twelve months up to and including `maaned`.

    The denominator is every closed case with a ressourceforløb: moved and dead count (domain.md
    4.4: the policy must be explicit).
    """
    vinduer, parametre = _vinduer([maaned], AFSLUTTEDE_SAGER)
    with connection.cursor() as markoer:
        markoer.execute(
            f"{vinduer} SELECT s.afslutningsaarsag, count(*) FROM {AFSLUTTEDE_SAGER.sql} GROUP BY 1",  # noqa: S608
            parametre,
        )
        antal = dict(markoer.fetchall())

    def taelles(gruppe: Gruppe) -> int:
        return sum(antal.get(aarsag, 0) for aarsag in gruppe.aarsager)

    return Udfaldstal(
        i_alt=sum(antal.values()),
        grupper=[(g, taelles(g)) for g in FORDELING],
        sammenlagte=[(g, taelles(g)) for g in SAMMENLAGTE],
    )


def overskredne_pr_regel(maaned: date) -> list[tuple[str, int]]:
    """How many deadlines of each rule were overdue on the month's last day, most first."""
    vinduer, parametre = _vinduer([maaned], OVERSKREDNE)
    with connection.cursor() as markoer:
        markoer.execute(
            f"{vinduer} SELECT r.navn, count(*) FROM {OVERSKREDNE.sql} GROUP BY 1 ORDER BY 2 DESC, 1",  # noqa: S608
            parametre,
        )
        return [(navn, antal) for navn, antal in markoer.fetchall()]


def udviklingsmaaneder(maaned: date) -> list[date]:
    """The thirteen months that end with `maaned`, oldest first."""
    return maaneder_tilbage(maaned, UDVIKLING_MAANEDER)
