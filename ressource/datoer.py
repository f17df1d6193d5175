"""Dates, months and working days as the law and the municipality count them.

Everything here is arithmetic on `datetime.date`: no clock is read and no table is asked. The
calendar table is filled from `kalenderraekker`, so SQL and Python roll a deadline alike.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from django.db import models

EN_DAG = timedelta(days=1)

# Working days are numbered from here, so that a date has the same number whichever stretch of the
# calendar it was made with. 1 January 2000 is itself closed and has the number 0.
FOERSTE_KALENDERDAG = date(2000, 1, 1)

# Not public holidays, but treated as closed when a deadline ends there; the wording is that of
# forældelsesloven § 27. Local closing days move no statutory deadline and are not here.
LUKKET_SOM_HELLIGDAG = {
    (6, 5): "Grundlovsdag",
    (12, 24): "Juleaftensdag",
    (12, 31): "Nytårsaftensdag",
}


class Enhed(models.TextChoices):
    """The unit a deadline is given in. Weeks are counted as weeks and months as months."""

    DAGE = "DAGE", "dage"
    UGER = "UGER", "uger"
    MAANEDER = "MAANEDER", "måneder"
    ARBEJDSDAGE = "ARBEJDSDAGE", "arbejdsdage"


@dataclass(frozen=True, slots=True)
class Kalenderraekke:
    """One date of the calendar, with what is needed to roll and count working days from it.

    `forrige_arbejdsdag` ≤ `dato` ≤ `naeste_arbejdsdag`; both are `dato` itself on a working day.
    `arbejdsdag_nr` counts the working days up to and including `dato`, so the difference between
    two rows is the number of working days after the first, up to and including the second.
    """

    dato: date
    er_arbejdsdag: bool
    navn: str
    forrige_arbejdsdag: date
    naeste_arbejdsdag: date
    arbejdsdag_nr: int


def tilfoej(dato: date, laengde: int, enhed: str) -> date:
    """The date `laengde` units after `dato` (before it when negative).

    A month ahead has the same day number, or is the last day of the month when there is none. Of
    working days, `dato` itself is not counted; none is `dato` itself.
    Raises ValueError for a unit that is not in `Enhed`.
    """
    match Enhed(enhed):
        case Enhed.DAGE:
            return dato + timedelta(days=laengde)
        case Enhed.UGER:
            return dato + timedelta(weeks=laengde)
        case Enhed.MAANEDER:
            aar, maaned0 = divmod(dato.year * 12 + dato.month - 1 + laengde, 12)
            sidste = calendar.monthrange(aar, maaned0 + 1)[1]
            return date(aar, maaned0 + 1, min(dato.day, sidste))
        case Enhed.ARBEJDSDAGE:
            return _arbejdsdage_fra(dato, laengde)


def _arbejdsdage_fra(dato: date, antal: int) -> date:
    skridt = EN_DAG if antal > 0 else -EN_DAG
    for _ in range(abs(antal)):
        dato = _naermeste_arbejdsdag(dato + skridt, skridt)
    return dato


@cache
def danske_lukkedage(aar: int) -> dict[date, str]:
    """The days of `aar` on which a deadline cannot end, weekends apart, with their Danish names.

    Public holidays (store bededag until 2023, act no. 214 of 6/3/2023) and the days treated like
    them. Where two fall together, as on 5 June 2028, the public holiday gives the name.
    The answer is shared: do not change it.
    """
    dage: dict[date, str] = dict(holidays.country_holidays("DK", years=aar, language="da"))
    for (maaned, dag), navn in LUKKET_SOM_HELLIGDAG.items():
        dage.setdefault(date(aar, maaned, dag), navn)
    return dage


def er_arbejdsdag(dato: date) -> bool:
    """Whether `dato` is Monday to Friday and not closed."""
    return dato.isoweekday() <= 5 and dato not in danske_lukkedage(dato.year)


def _naermeste_arbejdsdag(dato: date, skridt: timedelta) -> date:
    while not er_arbejdsdag(dato):
        dato += skridt
    return dato


def naeste_arbejdsdag(dato: date) -> date:
    """`dato`, or the first working day after it: where a deadline that rolls forward ends."""
    return _naermeste_arbejdsdag(dato, EN_DAG)


def kalenderraekker(fra: date, til: date) -> Iterator[Kalenderraekke]:
    """One row for each date from `fra` to `til`, both included, in order.

    A date's row is the same whatever stretch is asked for, so the table can be extended and refilled.
    Raises ValueError when `fra` lies before `FOERSTE_KALENDERDAG`, where numbering begins.
    """
    if fra < FOERSTE_KALENDERDAG:
        raise ValueError(f"Kalenderen begynder {FOERSTE_KALENDERDAG:%d.%m.%Y}.")
    nummer = 0
    for dato in dage(FOERSTE_KALENDERDAG, til):
        aaben = er_arbejdsdag(dato)
        nummer += aaben
        if dato >= fra:
            yield Kalenderraekke(
                dato=dato,
                er_arbejdsdag=aaben,
                navn=danske_lukkedage(dato.year).get(dato, ""),
                forrige_arbejdsdag=_naermeste_arbejdsdag(dato, -EN_DAG),
                naeste_arbejdsdag=naeste_arbejdsdag(dato),
                arbejdsdag_nr=nummer,
            )


def dage(fra: date, til: date) -> Iterator[date]:
    """Each date from `fra` to `til`, both included; none when `til` is before `fra`."""
    for nummer in range((til - fra).days + 1):
        yield fra + timedelta(days=nummer)


def maaneder_tilbage(maaned: date, antal: int) -> list[date]:
    """The first day of `antal` consecutive months, oldest first, the month of `maaned` last."""
    foerste = maaned.replace(day=1)
    return [tilfoej(foerste, -n, Enhed.MAANEDER) for n in reversed(range(antal))]


def maanedens_dage(maaned: date) -> tuple[date, date]:
    """The first and the last day of the month in which `maaned` lies."""
    sidste = calendar.monthrange(maaned.year, maaned.month)[1]
    return maaned.replace(day=1), maaned.replace(day=sidste)


def huller(
    perioder: Iterable[tuple[date, date | None]], fra: date, til: date
) -> list[tuple[date, date]]:
    """The longest stretches of days from `fra` to `til` that no period covers, in order.

    Periods and answers are closed intervals: both end days belong. A period without an end is still
    running. Periods may overlap, come in any order and reach outside `fra`–`til`.
    """
    fundne: list[tuple[date, date]] = []
    naeste_udaekkede = fra
    for begynder, slutter in sorted((a, z or til) for a, z in perioder):
        if slutter < naeste_udaekkede:
            continue
        if begynder > til:
            break
        if begynder > naeste_udaekkede:
            fundne.append((naeste_udaekkede, begynder - EN_DAG))
        naeste_udaekkede = slutter + EN_DAG
    if naeste_udaekkede <= til:
        fundne.append((naeste_udaekkede, til))
    return fundne
