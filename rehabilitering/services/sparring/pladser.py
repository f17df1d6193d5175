"""Which places of the week can be laid out, and why the others cannot.

Arithmetic alone: no clock is read and no table is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from ressource import dansk
from ressource.datoer import dage

# A series reaches a year ahead, and is looked through by a human before it is published.
FLEST_DAGE = 366
FLEST_PLADSER = 1_000


class Plads(NamedTuple):
    """When a slot would begin and end."""

    start: datetime
    slut: datetime

    @property
    def dato(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.start)


class Optaget(NamedTuple):
    """A stretch of time that is taken, and by what."""

    start: datetime
    slut: datetime
    grund: str


class Udeladt(NamedTuple):
    """A date on which something is left out, and why."""

    dato: date
    grund: str


@dataclass(frozen=True)
class Ugeplan:
    """Slots of `minutter` from `fra_kl` to `til_kl` on the same weekdays, week after week.

    `ugedage` counts Monday as 0. What is left of the time after the last whole slot is not used.
    """

    ugedage: frozenset[int]
    fra_kl: time
    til_kl: time
    minutter: int
    fra_dato: date
    til_dato: date
    undtagelser: frozenset[date] = frozenset()

    def datoer(self) -> list[date]:
        """The days of the plan, exceptions among them, in order."""
        return [dag for dag in dage(self.fra_dato, self.til_dato) if dag.weekday() in self.ugedage]

    def klokkeslaet(self) -> list[time]:
        """When the day's slots begin, by the clock on the wall."""
        laengde = timedelta(minutes=self.minutter)
        start = datetime.combine(date.min, self.fra_kl)
        slut = datetime.combine(date.min, self.til_kl)
        return [(start + nr * laengde).time() for nr in range((slut - start) // laengde)]

    def pladser(self) -> list[Plads]:
        """Every slot of the plan, those that cannot be laid out too, in order."""
        laengde = timedelta(minutes=self.minutter)
        starter = [
            datetime.combine(dag, klokken)
            for dag in self.datoer()
            for klokken in self.klokkeslaet()
        ]
        return [
            Plads(timezone.make_aware(start), timezone.make_aware(start + laengde))
            for start in starter
        ]

    def kraev_mulig(self) -> None:
        """Raise `ValidationError` for a plan without a slot, or longer than anyone can look through."""
        if self.til_dato < self.fra_dato:
            raise ValidationError({"til_dato": "Slutdatoen ligger før den første dag."})
        if (self.til_dato - self.fra_dato).days > FLEST_DAGE:
            raise ValidationError({"til_dato": "Faste tider kan højst lægges ud for et år."})
        if not self.klokkeslaet():
            raise ValidationError(
                {"til_kl": "Der er ikke plads til en tid. Vælg et senere til kl."}
            )
        if not self.datoer():
            raise ValidationError({"ugedage": "Ingen af ugedagene ligger i perioden."})
        if len(self.datoer()) * len(self.klokkeslaet()) > FLEST_PLADSER:
            raise ValidationError(
                {"til_dato": f"Det giver over {FLEST_PLADSER} tider. Vælg en kortere periode."}
            )


def fordel(
    pladser: Iterable[Plads],
    *,
    lukket: Mapping[date, str],
    optaget: Iterable[Optaget] = (),
    nu: datetime | None = None,
) -> tuple[list[Plads], list[Udeladt]]:
    """The places one can use, and the dates left out with the reason, both in order.

    A place is left out when its day is in `lukket`, it overlaps something in `optaget`, or begins
    at `nu` or before. Where only part of a day goes, the reason says which times.
    """
    optaget = list(optaget)
    gode: list[Plads] = []
    ude: dict[date, dict[str, list[Plads]]] = defaultdict(lambda: defaultdict(list))
    antal: dict[date, int] = defaultdict(int)
    for plads in pladser:
        antal[plads.dato] += 1
        grund = _hindring(plads, lukket, optaget, nu)
        if grund:
            ude[plads.dato][grund].append(plads)
        else:
            gode.append(plads)
    udeladte = [
        Udeladt(dato, grund if len(ramte) == antal[dato] else f"{grund} {_klokken(ramte)}")
        for dato, grunde in ude.items()
        for grund, ramte in grunde.items()
    ]
    return gode, udeladte


def _hindring(
    plads: Plads, lukket: Mapping[date, str], optaget: list[Optaget], nu: datetime | None
) -> str:
    """Why the place cannot be used; empty when it can."""
    if plads.dato in lukket:
        return lukket[plads.dato]
    if nu and plads.start <= nu:
        return "tiden er gået"
    return next(
        (stykke.grund for stykke in optaget if overlapper(plads, stykke)),
        "",
    )


def overlapper(a: Plads | Optaget, b: Plads | Optaget) -> bool:
    """Whether the two have a moment in common; end to end they have none."""
    return a.start < b.slut and b.start < a.slut


def _klokken(pladser: list[Plads]) -> str:
    """`kl. 9.00, 9.30`."""
    return "kl. " + ", ".join(dansk.klokkeslaet(plads.start) for plads in pladser)
