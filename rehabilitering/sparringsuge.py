"""The week of slots as one user sees it: what is free, one's own, taken, closed.

Reads only. The page shows the same cells as a grid (times × days) and, on a phone, as a day list.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from rehabilitering.models import Sparringsbooking, Sparringstid
from ressource import dansk
from ressource.adgang import maa
from ressource.kalender import i_dag, lukkede_dage, ugens_mandag
from ressource.models import Bruger

EN_UGE = timedelta(weeks=1)
DAGE = 5
# `static/ressource/sparring.css` knows as many.
FLEST_RAEKKER = 40
# What ISO week numbers in the address are taken seriously.
FOERSTE_AAR, SIDSTE_AAR = 2012, 2099


class Tilstand(StrEnum):
    """What a slot is to the one who looks."""

    LEDIG = "ledig"
    MIN = "min"
    BOOKET = "booket"  # seen by who publishes and by who is to answer
    OPTAGET = "optaget"
    LUKKET = "lukket"
    GAAET = "gaaet"


@dataclass(frozen=True)
class Celle:
    """One slot in the week. `booking` is there only for those it concerns."""

    tid: Sparringstid
    tilstand: Tilstand
    booking: Sparringsbooking | None = None

    @property
    def kan_vaelges(self) -> bool:
        """Whether the slot is a link."""
        return self.tilstand in {Tilstand.LEDIG, Tilstand.MIN, Tilstand.BOOKET}

    @property
    def kan_aflyses(self) -> bool:
        """Whether the booking is neither begun nor answered."""
        booking = self.booking
        return booking is not None and not (self.tid.er_begyndt or booking.besvaret_den)

    @property
    def titel(self) -> str:
        """`ons 9.30`: a slot's title holds no personal data (domain.md 3, rule 6)."""
        dag = dansk.UGEDAGE_KORT[timezone.localtime(self.tid.start).weekday()]
        return f"{dag} {dansk.klokkeslaet(self.tid.start)}"


@dataclass
class Dag:
    """One column: a cell or nothing for each row of the week."""

    dato: date
    lukket: str = ""
    celler: list[Celle | None] = field(default_factory=list)

    @property
    def navn(self) -> str:
        """`Mandag`."""
        return dansk.UGEDAGE[self.dato.weekday()].capitalize()

    @property
    def er_i_dag(self) -> bool:
        """Whether the column is today."""
        return self.dato == i_dag()

    @cached_property
    def har_tider(self) -> bool:
        """Whether there is anything in the column."""
        return any(self.celler)


def find_mandag(uge: str, tid: Sparringstid | None) -> date:
    """The Monday to show: of `uge` (`2026-W48`), else of the slot, else of the coming working day.

    An address that says no week is answered with the default, never with an error.
    """
    aar, skille, nr = uge.partition("-W")
    if skille and aar.isascii() and aar.isdigit() and FOERSTE_AAR <= int(aar) <= SIDSTE_AAR:
        try:
            return date.fromisocalendar(int(aar), int(nr), 1)
        except ValueError:
            pass
    if tid:
        return ugens_mandag(timezone.localdate(tid.start))
    weekend = 7 - DAGE
    return ugens_mandag(i_dag() + timedelta(days=weekend))


def ugekode(mandag: date) -> str:
    """`2026-W48`, as the address says it."""
    aar, nr, _ = mandag.isocalendar()
    return f"{aar}-W{nr:02d}"


def adresse(tid: Sparringstid) -> str:
    """The address of the week that has the slot."""
    mandag = ugens_mandag(timezone.localdate(tid.start))
    return f"{reverse('rehabilitering:sparring')}?uge={ugekode(mandag)}"


def tidspunkt(tid: Sparringstid) -> str:
    """`mandag 7. december 2026 kl. 9.30`, by the clock on the wall in Denmark."""
    return f"{dansk.dato_lang(tid.start)} kl. {dansk.klokkeslaet(tid.start)}"


@dataclass
class Uge:
    """Monday to Friday of one week."""

    mandag: date
    dage: list[Dag]
    klokkeslaet: list[str]
    tider: list[Sparringstid]

    @property
    def nr(self) -> int:
        """The ISO week number."""
        return self.mandag.isocalendar().week

    @property
    def kode(self) -> str:
        """The week in the address."""
        return ugekode(self.mandag)

    @property
    def forrige(self) -> date:
        """Monday of the week before."""
        return self.mandag - EN_UGE

    @property
    def naeste(self) -> date:
        """Monday of the week after."""
        return self.mandag + EN_UGE

    @property
    def forrige_kode(self) -> str:
        """The week before, in the address."""
        return ugekode(self.forrige)

    @property
    def naeste_kode(self) -> str:
        """The week after, in the address."""
        return ugekode(self.naeste)

    @property
    def periode(self) -> str:
        """`1.–5. december 2025`, `30. november–4. december 2026`."""
        fra, til = self.mandag, self.mandag + timedelta(days=DAGE - 1)
        start = f"{fra.day}."
        if fra.month != til.month:
            start += f" {dansk.MAANEDER[fra.month - 1]}"
        if fra.year != til.year:
            start += f" {fra.year}"
        return f"{start}–{til.day}. {dansk.maaned(til)}"

    @property
    def raekkeklasse(self) -> str:
        """The style sheet's name for the number of rows; with very many, the day list is shown."""
        antal = len(self.klokkeslaet)
        return f"raekker-{antal}" if antal <= FLEST_RAEKKER else ""

    def celle(self, tid: Sparringstid) -> Celle | None:
        """The slot's cell; None when it was taken back or lies outside the week."""
        for dag in self.dage:
            for celle in dag.celler:
                if celle and celle.tid == tid:
                    return celle
        return None

    @property
    def antal_booket(self) -> int:
        """How many of the week's slots are booked."""
        return sum(bool(tid.aktive_bookinger) for tid in self.tider)  # type: ignore[attr-defined]

    @property
    def koordinatorer(self) -> list[Bruger]:
        """Whose slots the week has, by name."""
        fundne = {tid.sundhedskoordinator for tid in self.tider}
        return sorted(fundne, key=lambda bruger: bruger.navn)

    @property
    def minutter(self) -> int | None:
        """How long the slots are, when all are equally long."""
        laengder = {tid.slut - tid.start for tid in self.tider}
        return int(laengder.pop().total_seconds() // 60) if len(laengder) == 1 else None


def _tilstand(tid: Sparringstid, dag: Dag, bruger: Bruger) -> tuple[Tilstand, bool]:
    """What the slot is to `bruger`, and whether its booking concerns them."""
    bookinger: list[Sparringsbooking] = tid.aktive_bookinger  # type: ignore[attr-defined]
    if bookinger:
        booking = bookinger[0]
        if booking.er_egen:  # type: ignore[attr-defined]
            return Tilstand.MIN, True
        if tid.sundhedskoordinator_id == bruger.pk or maa(bruger, "sparring.udgiv"):
            return Tilstand.BOOKET, True
        return Tilstand.OPTAGET, False
    if dag.lukket:
        return Tilstand.LUKKET, False
    return (Tilstand.GAAET if tid.er_begyndt else Tilstand.LEDIG), False


def byg(mandag: date, bruger: Bruger) -> Uge:
    """The week that begins on `mandag`, as `bruger` sees it. Four statements.

    Slots are placed by the clock on the wall in Denmark, so a week with a change of the clock has
    its slots at the usual times. Slots at the same time get a row each.
    """
    fra = timezone.make_aware(datetime.combine(mandag, time.min))
    til = timezone.make_aware(datetime.combine(mandag + timedelta(days=DAGE), time.min))
    tider = list(Sparringstid.objects.i_tidsrum(fra, til, bruger))
    lukket = lukkede_dage(mandag, mandag + timedelta(days=DAGE - 1))
    dage = [
        Dag(dato, lukket.get(dato, ""))
        for dato in (mandag + timedelta(days=nr) for nr in range(DAGE))
    ]
    plads: dict[tuple[date, time], list[Celle]] = defaultdict(list)
    for tid in tider:
        lokal = timezone.localtime(tid.start)
        tilstand, vedkommer = _tilstand(tid, dage[lokal.weekday()], bruger)
        booking = tid.aktive_bookinger[0] if vedkommer else None  # type: ignore[attr-defined]
        plads[lokal.date(), lokal.time()].append(Celle(tid, tilstand, booking))
    raekker: Counter[time] = Counter()
    for (_, klokken), celler in plads.items():
        raekker[klokken] = max(raekker[klokken], len(celler))
    klokkeslaet = []
    for klokken in sorted(raekker):
        for nr in range(raekker[klokken]):
            klokkeslaet.append("" if nr else dansk.klokkeslaet(klokken))
            for dag in dage:
                celler = plads.get((dag.dato, klokken), [])
                dag.celler.append(celler[nr] if nr < len(celler) else None)
    if not klokkeslaet:
        klokkeslaet = [""]
        for dag in dage:
            dag.celler = [None]
    return Uge(mandag, dage, klokkeslaet, tider)
