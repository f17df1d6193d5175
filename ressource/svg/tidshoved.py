"""A timeline's head and what runs down through it: months, weeks, horizons and today."""

from collections.abc import Iterator
from datetime import date, timedelta

from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.svg.akser import Datoakse, maanedsskift
from ressource.svg.grund import (
    AKSE,
    BLAEK,
    GITTER,
    HANDLING,
    HANDLING_MOERK,
    HVID,
    element,
    streg,
    tekst,
    tekstbredde,
)

# Weeks are written when each has room for its number.
UGE_BREDDE = 60.0
MAANED_BREDDE, KVARTAL_BREDDE = 44.0, 30.0
UGER_Y = 42.0
HORISONTER = (
    (3, "#e4f1f2", ("3 måneder frem: konkret", "3 måneder", "3 mdr.")),
    (6, "#f3f8f8", ("6 måneder frem: skitse", "6 måneder", "6 mdr.")),
)


def i_dag_boks(akse: Datoakse, i_dag: date) -> float | None:
    """Where the box that says «i dag» begins; None when today is outside."""
    if not akse.fra <= i_dag <= akse.til:
        return None
    x = akse.begyndelse(i_dag)
    return x - 46 if x - 46 >= akse.venstre else x + 2


def maaneder(akse: Datoakse, bund: float) -> Iterator[str]:
    """A line for each month and the names that have room: months, or quarters, or only years."""
    optaget = 0.0
    skift = maanedsskift(akse.fra, akse.til)
    pr_maaned = (akse.hoejre - akse.venstre) / max(len(skift), 1)
    vist = (
        range(1, 13)
        if pr_maaned >= MAANED_BREDDE
        else (1, 4, 7, 10)
        if pr_maaned * 3 >= KVARTAL_BREDDE
        else (1,)
    )
    for n, maaned in enumerate(skift):
        x = akse.begyndelse(maaned)
        yield streg((x, 28), (x, bund), farve=AKSE if maaned.month == 1 else GITTER)
        med_aar = n == 0 or maaned.month == 1
        navn = dansk.MAANEDER[maaned.month - 1][:3] + (f" {maaned.year}" if med_aar else "")
        hoejre = x + 4 + tekstbredde(navn, 12, fed=med_aar)
        skjult = not med_aar and maaned.month not in vist
        # The first month stands back for a year that is about to begin.
        trang = n == 0 and maaned.month != 1 and _naeste_aar(akse, maaned) < hoejre + 4
        if not skjult and not trang and x >= optaget and hoejre <= akse.hoejre + 8:
            yield tekst(x + 4, 24, navn, fed=med_aar)
            optaget = hoejre


def _naeste_aar(akse: Datoakse, maaned: date) -> float:
    nytaar = date(maaned.year + 1, 1, 1)
    return akse.begyndelse(nytaar) if nytaar <= akse.til else float("inf")


def uger(akse: Datoakse, i_dag: date, bund: float) -> Iterator[str]:
    """In a close view a line for each Monday, with the number of its week."""
    antal = ((akse.til - akse.fra).days + 1) / 7
    if (akse.hoejre - akse.venstre) / antal < UGE_BREDDE:
        return
    boks = i_dag_boks(akse, i_dag)
    mandag = akse.fra + timedelta(days=-akse.fra.weekday() % 7)
    while mandag <= akse.til:
        x = akse.begyndelse(mandag)
        navn = f"uge {mandag.isocalendar().week}"
        hoejre = x + 4 + tekstbredde(navn, 12)
        yield streg((x, 46), (x, bund), farve=GITTER)
        daekket = boks is not None and boks - 4 < hoejre and x < boks + 48
        if not daekket and hoejre <= akse.hoejre + 8:
            yield tekst(x + 4, UGER_Y, navn)
        mandag += timedelta(weeks=1)


def horisonter(akse: Datoakse, i_dag: date, bund: float) -> tuple[list[str], list[str]]:
    """The next three months, concrete, and the three after them, sketched: grounds and names."""
    grunde: list[str] = []
    ord_: list[str] = []
    begynder = i_dag
    for antal, farve, navne in HORISONTER:
        slutter = tilfoej(i_dag, antal, Enhed.MAANEDER)
        if begynder <= akse.til and slutter >= akse.fra:
            x0, x1 = akse.begyndelse(begynder), akse.slutning(slutter)
            grunde.append(element("rect", x=x0, y=46, width=x1 - x0, height=bund - 46, fill=farve))
            if slutter < akse.til:
                grunde.append(streg((x1, 46), (x1, bund), farve=HANDLING, stiplet="3 4"))
            plads = x1 - x0 - 14
            navn = next((n for n in navne if tekstbredde(n, 12, fed=True) <= plads), "")
            ord_.append(tekst(x0 + 8, 63, navn, farve=HANDLING_MOERK, fed=True))
        begynder = slutter
    return grunde, ord_


def i_dag_streg(akse: Datoakse, i_dag: date, bund: float) -> Iterator[str]:
    """Today's line and its box; nothing when today is outside."""
    boks = i_dag_boks(akse, i_dag)
    if boks is None:
        return
    x = akse.begyndelse(i_dag)
    yield streg((x, 30), (x, bund), farve=BLAEK, tykkelse=2.5)
    yield element("rect", x=boks, y=30, width=44, height=20, rx=3, fill=BLAEK)
    yield tekst(boks + 22, 44, "i dag", farve=HVID, anker="middle", fed=True)
