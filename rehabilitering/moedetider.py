"""When each case's turn is: counted from the meeting's start, with each case's minutes and breaks.

Pure: asks no table. An agenda never passes midnight, which the services see to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from rehabilitering.models import Teammoede


@dataclass(frozen=True)
class Plads:
    """One turn, or one break."""

    start: time
    slut: time
    minutter: int


@dataclass(frozen=True)
class Tur:
    """One case's turn: its number on the agenda (1 is the first), of how many, and when."""

    nr: int
    antal: int
    plads: Plads


@dataclass(frozen=True)
class Forloeb:
    """The whole meeting: the turns in order, and the breaks by how many cases come before them."""

    sager: list[Plads]
    pauser: dict[int, Plads]


def efter(start: time, minutter: int) -> time:
    """The time of day `minutter` after `start`."""
    moment = datetime.combine(date.min, start, tzinfo=timezone.get_current_timezone())
    return (moment + timedelta(minutes=minutter)).time()


def forloeb(moede: Teammoede, minutter: Sequence[int | None], pauser: Mapping[int, int]) -> Forloeb:
    """The times of cases that take `minutter` (None: as long as the meeting's do).

    `pauser` are the breaks' minutes by the number of cases before them; one that no case comes after
    is held when the last is done.
    """
    nu, sager, taget = moede.start, [], {}
    for nr, egne in enumerate(minutter, start=1):
        laengde = egne or moede.minutter_pr_sag
        sager.append(Plads(nu, efter(nu, laengde), laengde))
        nu = sager[-1].slut
        if nr in pauser:
            taget[nr] = Plads(nu, efter(nu, pauser[nr]), pauser[nr])
            nu = taget[nr].slut
    for nr in sorted(set(pauser) - set(taget)):
        taget[nr] = Plads(nu, efter(nu, pauser[nr]), pauser[nr])
        nu = taget[nr].slut
    return Forloeb(sager, taget)


def varighed(moede: Teammoede, minutter: Sequence[int | None], pauser: Mapping[int, int]) -> int:
    """How many minutes cases and breaks take together."""
    return sum(egne or moede.minutter_pr_sag for egne in minutter) + sum(pauser.values())
