"""What a timeline is made of, each with the sentence that says it in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from ressource import dansk
from ressource.dagemaengder import AabenPeriode, Periode, antal_dage
from ressource.svg.baner import Bane
from ressource.svg.grund import element


class Tilstand(models.TextChoices):
    """Filled: it has begun. Outlined: agreed. Dashed: only sketched."""

    I_GANG = "i_gang", "i gang"
    PLANLAGT = "planlagt", "planlagt"
    SKITSE = "skitse", "skitse"


@dataclass(frozen=True, slots=True)
class Bjaelke:
    """An effort with its first and last day; without a last day it runs on. `url` makes it a link.

    `pauser` lie within it; one without an end goes on. WeasyPrint draws nothing inside a link: leave
    `url` out of a chart for a PDF.
    """

    bane: Bane
    navn: str
    fra: date
    til: date | None
    tilstand: Tilstand
    url: str = ""
    pauser: tuple[AabenPeriode, ...] = ()

    def i_ord(self, i_dag: date) -> str:
        """`Mentor, i gang, fra 09.06.2025, på pause fra 01.07.2025 til 31.07.2025`."""
        tilstand = Tilstand(self.tilstand).label
        if self.tilstand == Tilstand.I_GANG and self.til is not None and self.til < i_dag:
            tilstand = "afsluttet"
        led = [self.navn, tilstand, _fra_til(self.fra, self.til)]
        return ", ".join([*led, *(f"på pause {_fra_til(*pause)}" for pause in self.pauser)])


@dataclass(frozen=True, slots=True)
class Hul:
    """A stretch of days in one lane without any effort; both days belong to it."""

    bane: Bane
    fra: date
    til: date

    @property
    def dage(self) -> str:
        """`44 dage`."""
        return dansk.dage(antal_dage([(self.fra, self.til)]))

    @property
    def vist(self) -> str:
        """`44 dage uden indsats`."""
        return f"{self.dage} uden indsats"


@dataclass(frozen=True, slots=True)
class Stille:
    """Stretches with nothing in progress in any lane, and those in which nothing was expected."""

    passive: tuple[Periode, ...] = ()
    fritagne: tuple[Periode, ...] = ()

    def inden_for(self, fra: date, til: date) -> "Stille":
        """Those that touch the days from `fra` to `til`, whole."""
        return Stille(
            tuple(p for p in self.passive if p[0] <= til and p[1] >= fra),
            tuple(p for p in self.fritagne if p[0] <= til and p[1] >= fra),
        )

    def i_ord(self) -> str:
        """`Intet i gang: 8 dage fra 01.06.2025 til 08.06.2025. Fritaget: …`; empty without any."""
        led = (("Intet i gang", self.passive), ("Fritaget", self.fritagne))
        return " ".join(f"{navn}: {_stykker(perioder)}." for navn, perioder in led if perioder)


def _stykker(perioder: Iterable[Periode]) -> str:
    return "; ".join(f"{dansk.dage(antal_dage([p]))} {_fra_til(*p)}" for p in perioder)


@dataclass(frozen=True, slots=True)
class Maerke:
    """A follow-up, held or agreed."""

    dato: date
    navn: str
    er_holdt: bool
    url: str = ""

    def i_ord(self) -> str:
        """`Opfølgning nr. 1, holdt 09.06.2025`."""
        tilstand = "holdt" if self.er_holdt else "aftalt til"
        return f"Opfølgning {self.navn}, {tilstand} {dansk.dato(self.dato)}"


@dataclass(frozen=True, slots=True)
class Maalmaerke:
    """A goal or a milestone, on the day it was reached or is expected."""

    dato: date
    navn: str
    er_naaet: bool
    er_delmaal: bool
    url: str = ""

    def i_ord(self) -> str:
        """`Delmål: 10 timer om ugen, nået 10.11.2025`."""
        hvad = "Delmål" if self.er_delmaal else "Mål"
        tilstand = "nået" if self.er_naaet else "ventes"
        return f"{hvad}: {self.navn}, {tilstand} {dansk.dato(self.dato)}"


def _fra_til(fra: date, til: date | None) -> str:
    return f"fra {dansk.dato(fra)}" + (f" til {dansk.dato(til)}" if til else "")


def link(url: str, navn: str, dele: Iterable[str], *, bane: str = "") -> str:
    """`dele` as a link that says `navn`; without `url` just as they are."""
    if not url:
        return "".join(dele)
    return element("a", *dele, href=url, aria_label=navn, data_bane=bane)


def foerste_ledige(raekker: list[list[tuple[float, float]]], stykke: tuple[float, float]) -> int:
    """The first row where `stykke` touches nothing; it is entered there, in a new row if need be."""
    for n, raekke in enumerate(raekker):
        if all(stykke[1] <= fra or til <= stykke[0] for fra, til in raekke):
            raekke.append(stykke)
            return n
    raekker.append([stykke])
    return len(raekker) - 1
