"""Milestones of the guide's citizens, and how their goals were worded before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indsatsplan.billede import Maalbillede
from indsatsplan.models import Delmaal, Maal
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# Notes an event: about what, its code, when, and its data.
Haendelse = Callable[..., None]


@dataclass(frozen=True)
class Delmaaldata:
    """A milestone; days are counted back from today, negative ones lie ahead."""

    tekst: str
    forventet: int | None = None
    naaet: int | None = None
    # Put in the plan so many days ago; the versions before have not got it.
    skrevet: int = 400


@dataclass(frozen=True)
class Ordlyd:
    """How a goal was worded until `til`, so many days ago, and why."""

    tekst: str
    til: int
    begrundelse: str = ""


# By the goal's own words.
DELMAAL: dict[str, Sequence[Delmaaldata]] = {
    "Chauffør i byggemarked": (
        Delmaaldata("10 timer om ugen", forventet=170, naaet=178),
        Delmaaldata("Kørekort til varebil", forventet=130, naaet=140),
        Delmaaldata("15 timer om ugen", forventet=-28, skrevet=40),
    ),
    "Have færre smerter i ryggen": (
        Delmaaldata("Sove 6 timer i træk", naaet=150),
        Delmaaldata("Bruge øvelserne 3 gange om ugen"),
    ),
}
TIDLIGERE: dict[str, Sequence[Ordlyd]] = {
    "Chauffør i byggemarked": (
        Ordlyd("Chauffør eller lagermedarbejder", til=310),
        Ordlyd("Lagermedarbejder, måske chauffør", til=206, begrundelse="Ole vil se lageret først"),
    ),
}


def skriv(maal: Maal, dag: Callable[[int], date], haendelse: Haendelse) -> None:
    """Write the milestones and the earlier wordings of `maal`, if it has any."""
    for data in DELMAAL.get(maal.tekst, ()):
        gem(
            Delmaal(
                maal=maal,
                tekst=data.tekst,
                forventet_dato=None if data.forventet is None else dag(data.forventet),
                naaet_dato=None if data.naaet is None else dag(data.naaet),
            )
        )
    historik: Any = Maal.pgh_event_model  # type: ignore[attr-defined]
    for laas, ordlyd in enumerate(TIDLIGERE.get(maal.tekst, ())):
        tidspunkt = klok(dag(ordlyd.til), "14.05")
        gem(
            historik(
                pgh_created_at=tidspunkt,
                pgh_label="update",
                pgh_obj=maal,
                id=maal.pk,
                forloeb=maal.forloeb,
                rang=maal.rang,
                tekst=ordlyd.tekst,
                art=maal.art,
                begrundelse=ordlyd.begrundelse,
                laas=laas,
            )
        )
        haendelse(maal, "plan.maal_gemt", tidspunkt, rang=maal.rang, laas=laas + 1)


def som_den(maal: Maalbillede, paa: date, dag: Callable[[int], date]) -> Maalbillede:
    """The goal as a plan approved on `paa` had it."""
    tidligere = (o for o in TIDLIGERE.get(maal.tekst, ()) if dag(o.til) > paa)
    ordlyd = next(tidligere, Ordlyd(maal.tekst, 0, maal.begrundelse))
    senere = {d.tekst for d in DELMAAL.get(maal.tekst, ()) if dag(d.skrevet) > paa}
    return replace(
        maal,
        tekst=ordlyd.tekst,
        begrundelse=ordlyd.begrundelse,
        delmaal=tuple(
            replace(d, naaet=d.naaet if d.naaet and d.naaet <= paa else None)
            for d in maal.delmaal
            if d.tekst not in senere
        ),
    )


def laasetal(tekst: str) -> int:
    """The lock number of a goal that has been worded otherwise before."""
    return len(TIDLIGERE.get(tekst, ()))
