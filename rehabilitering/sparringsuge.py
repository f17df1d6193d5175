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

from rehabilitering.models import Fravaer, Sparringsbooking, Sparringstid
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
    KLADDE = "kladde"  # seen by who publishes alone
    TILBUDT = "tilbudt"  # held for somebody on the waiting list
    OPTAGET = "optaget"
    LUKKET = "lukket"
    FRAVAER = "fravaer"
    GAAET = "gaaet"


_IKON = {
    Tilstand.LEDIG: "plus",
    Tilstand.MIN: "person",
    Tilstand.BOOKET: "check",
    Tilstand.KLADDE: "edit",
}
_NAVN = {
    Tilstand.LEDIG: "Ledig",
    Tilstand.MIN: "Din tid",
    Tilstand.BOOKET: "Booket",
    Tilstand.KLADDE: "Kladde",
    Tilstand.TILBUDT: "Tilbudt",
    Tilstand.OPTAGET: "Optaget",
    Tilstand.LUKKET: "Lukket",
    Tilstand.FRAVAER: "Fravær",
    Tilstand.GAAET: "Gået",
}
_STIL = {
    Tilstand.LEDIG: "ledig",
    Tilstand.MIN: "min",
    Tilstand.BOOKET: "min",
    Tilstand.KLADDE: "kladde",
}


@dataclass(frozen=True)
class Celle:
    """One slot in the week. `booking` is there only for those it concerns.

    `udgiver` is whether who looks publishes slots: they see who comes, and never with what case.
    """

    tid: Sparringstid
    tilstand: Tilstand
    booking: Sparringsbooking | None = None
    udgiver: bool = False
    skal_flyttes: bool = False

    @property
    def kan_vaelges(self) -> bool:
        """Whether the slot is a link."""
        return self.tilstand in _STIL

    @property
    def stil(self) -> str:
        """The style sheet's name for the slot."""
        return _STIL.get(self.tilstand, "optaget")

    @property
    def ikon(self) -> str:
        """What stands before the heading: a warning where somebody has to act."""
        return "warning" if self.mangler else _IKON.get(self.tilstand, "lock")

    @property
    def overskrift(self) -> str:
        """`Ledig`; for who publishes, who comes: `J. Holt`."""
        if self.booking and self.tilstand == Tilstand.BOOKET and self.udgiver:
            return kort_navn(self.booking.sagsbehandler)
        return _NAVN[self.tilstand]

    @property
    def under(self) -> str:
        """The line below: the citizen for the caseworker, else how many questions, or what to do."""
        booking = self.booking
        if self.skal_flyttes:
            return "skal have en ny tid"
        if booking and self.tilstand == Tilstand.MIN:
            return booking.sag.borger.navn if booking.er_synlig else ""  # type: ignore[attr-defined]
        if booking:
            antal: int = booking.antal_spoergsmaal  # type: ignore[attr-defined]
            return f"{antal} spørgsmål" if antal else "mangler spørgsmål"
        if self.udgiver:
            return {Tilstand.LEDIG: "Book for en kollega", Tilstand.KLADDE: "ikke udgivet"}.get(
                self.tilstand, ""
            )
        return ""

    @property
    def mangler(self) -> bool:
        """Whether the booking has to be moved, or lacks its questions."""
        booking = self.booking
        uden = booking is not None and not booking.antal_spoergsmaal  # type: ignore[attr-defined]
        return self.skal_flyttes or (uden and self.tilstand == Tilstand.BOOKET)

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


def ugedage_tekst(ugedage: list[int]) -> str:
    """`mandag, tirsdag og onsdag`."""
    navne = [dansk.UGEDAGE[nr] for nr in sorted(ugedage)]
    return " og ".join([", ".join(navne[:-1]), navne[-1]]) if len(navne) > 1 else navne[0]


def kort_navn(bruger: Bruger) -> str:
    """`J. Holt`, as it fits in a cell."""
    fornavn, _, resten = bruger.navn.partition(" ")
    efternavn = resten.rpartition(" ")[2]
    return f"{fornavn[:1]}. {efternavn}" if efternavn else fornavn


@dataclass
class Dag:
    """One column: a cell or nothing for each row of the week."""

    dato: date
    lukket: str = ""
    celler: list[Celle | None] = field(default_factory=list)
    # Who publishes sees a closed day as one field, with how many bookings have to be moved.
    udgiver: bool = False

    @property
    def vis_lukket(self) -> bool:
        """Whether the whole column says that it is closed."""
        return bool(self.lukket) and (self.udgiver or not self.har_tider)

    @property
    def antal_ramte(self) -> int:
        """How many bookings stand on the closed day."""
        return sum(bool(celle and celle.booking) for celle in self.celler) if self.lukket else 0

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
    return ugeadresse(ugens_mandag(timezone.localdate(tid.start)))


def ugeadresse(mandag: date) -> str:
    """The address of the week that begins on `mandag`."""
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
    som_liste: bool = False
    # The case one has come to book for, which follows along to the form.
    sag: str = ""

    @property
    def nr(self) -> int:
        """The ISO week number."""
        return self.mandag.isocalendar().week

    @property
    def kode(self) -> str:
        """The week in the address."""
        return ugekode(self.mandag)

    @property
    def vis(self) -> str:
        """What of the address follows from week to week: the list, and the case to book for."""
        return ("&vis=liste" if self.som_liste else "") + self.med_sag

    @property
    def med_sag(self) -> str:
        """The case to book for, in the address."""
        return f"&sag={self.sag}" if self.sag else ""

    @property
    def raekker(self) -> list[Celle]:
        """The week's slots one by one, in order of time."""
        celler = [celle for dag in self.dage for celle in dag.celler if celle]
        return sorted(celler, key=lambda celle: (celle.tid.start, celle.tid.pk))

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
    def antal_kladder(self) -> int:
        """How many of the week's slots are drafts."""
        return sum(tid.er_kladde for tid in self.tider)

    @property
    def antal_udgivet(self) -> int:
        """How many of the week's slots are published."""
        return len(self.tider) - self.antal_kladder

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


def _celle(tid: Sparringstid, dag: Dag, bruger: Bruger, *, vaek: bool) -> Celle:
    """The slot as `bruger` sees it; `vaek` is whether its sundhedskoordinator is away then."""
    bookinger: list[Sparringsbooking] = tid.aktive_bookinger  # type: ignore[attr-defined]
    udgiver = dag.udgiver
    if not bookinger:
        return Celle(tid, _uden_booking(tid, dag, vaek=vaek), udgiver=udgiver)
    booking = bookinger[0]
    flyttes = not tid.er_begyndt and (vaek or bool(dag.lukket))
    # What one booked for a colleague is the colleague's.
    for_anden = udgiver and booking.sagsbehandler_id != bruger.pk
    if booking.er_egen and not for_anden:  # type: ignore[attr-defined]
        return Celle(tid, Tilstand.MIN, booking, udgiver, flyttes)
    if udgiver or tid.sundhedskoordinator_id == bruger.pk:
        return Celle(tid, Tilstand.BOOKET, booking, udgiver, flyttes)
    return Celle(tid, Tilstand.OPTAGET)


def _uden_booking(tid: Sparringstid, dag: Dag, *, vaek: bool) -> Tilstand:
    """What a slot without a booking is."""
    if dag.lukket:
        return Tilstand.LUKKET
    if tid.er_begyndt:
        return Tilstand.GAAET
    if vaek:
        return Tilstand.FRAVAER
    if tid.er_kladde:
        return Tilstand.KLADDE
    return Tilstand.TILBUDT if tid.er_tilbudt else Tilstand.LEDIG  # type: ignore[attr-defined]


def byg(mandag: date, bruger: Bruger, *, som_liste: bool = False, sag: str = "") -> Uge:
    """The week that begins on `mandag`, as `bruger` sees it. Five statements.

    Slots are placed by the clock on the wall in Denmark, so a week with a change of the clock has
    its slots at the usual times. Slots at the same time get a row each.
    """
    fra = timezone.make_aware(datetime.combine(mandag, time.min))
    til = timezone.make_aware(datetime.combine(mandag + timedelta(days=DAGE), time.min))
    udgiver = maa(bruger, "sparring.udgiv")
    tider = list(Sparringstid.objects.i_tidsrum(fra, til, bruger, med_kladder=udgiver))
    fravaer = list(Fravaer.objects.filter(start__lt=til, slut__gt=fra))
    lukket = lukkede_dage(mandag, mandag + timedelta(days=DAGE - 1))
    dage = [
        Dag(dato, lukket.get(dato, ""), udgiver=udgiver)
        for dato in (mandag + timedelta(days=nr) for nr in range(DAGE))
    ]
    plads: dict[tuple[date, time], list[Celle]] = defaultdict(list)
    for tid in tider:
        lokal = timezone.localtime(tid.start)
        celle = _celle(tid, dage[lokal.weekday()], bruger, vaek=_er_vaek(tid, fravaer))
        plads[lokal.date(), lokal.time()].append(celle)
    return Uge(mandag, dage, _fyld_raekker(dage, plads), tider, som_liste, sag)


def _er_vaek(tid: Sparringstid, fravaer: list[Fravaer]) -> bool:
    """Whether the slot's sundhedskoordinator is away then."""
    return any(
        stykke.bruger_id == tid.sundhedskoordinator_id
        and stykke.start < tid.slut
        and tid.start < stykke.slut
        for stykke in fravaer
    )


def _fyld_raekker(dage: list[Dag], plads: dict[tuple[date, time], list[Celle]]) -> list[str]:
    """Give every day a cell or nothing for each row, and the rows' names; at least one row."""
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
        for dag in dage:
            dag.celler = [None]
        return [""]
    return klokkeslaet
