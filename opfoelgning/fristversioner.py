"""The versions of one deadline rule as a timeline, and what cannot be in one. Nothing is saved here.

The same functions make what the preview counts and what is then saved, so the two cannot disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from opfoelgning.fristregelkoder import LAENGDE_FRA_REGELSAET, PLANENS, TAELLER
from opfoelgning.models import Fristregel
from ressource.dansk import dato as dansk_dato
from ressource.datoer import EN_DAG, Enhed
from ressource.kalender import AAR_FREM, FOERSTE_AAR

# What a version says; the rest is when it is in force, and who wrote it and why.
FELTER = (
    "navn",
    "anker",
    "laengde",
    "enhed",
    "retning",
    "antal",
    "rulning",
    "varsel_dage",
    "alvor",
    "udloeber",
    "eskalering_dage",
    "pause_ved_fritagelse",
    "hjemmel",
    "udloeses_af",
    "opfyldes_af",
)
# What each is counted from lies in the calendar: five years ahead still do.
_HOEJST = {Enhed.DAGE: 1826, Enhed.UGER: 260, Enhed.MAANEDER: 60, Enhed.ARBEJDSDAGE: 1250}
_HOEJST_VARSEL = 366
_HOEJST_ANTAL = 60


def felter(kode: str) -> tuple[str, ...]:
    """The fields that mean something for `kode`."""
    uden = set()
    if kode not in PLANENS:
        uden.add("anker")
    if kode not in TAELLER:
        uden.add("antal")
    if kode in LAENGDE_FRA_REGELSAET:
        uden |= {"laengde", "enhed"}
    return tuple(felt for felt in FELTER if felt not in uden)


def indhold(regel: Fristregel) -> dict[str, Any]:
    """What the version says, by field."""
    return {felt: getattr(regel, felt) for felt in FELTER}


def gaelder(raekker: Sequence[Fristregel], dato: date) -> Fristregel | None:
    """The version in force on `dato`."""
    return next(
        (
            r
            for r in raekker
            if r.gyldig_fra <= dato and (r.gyldig_til is None or r.gyldig_til >= dato)
        ),
        None,
    )


def laas(raekker: Sequence[Fristregel]) -> int:
    """The lock number of the timeline: that of the version changed last."""
    return max((r.laas for r in raekker), default=0)


def indsaet(
    raekker: Sequence[Fristregel], nyt: Mapping[str, Any], fra: date
) -> tuple[list[Fristregel], Fristregel]:
    """The timeline with what `nyt` says in force from `fra`, and the version that says it.

    A version that begins that very day is corrected where it stands. Else the one in force ends the
    day before, and the new one takes over until what comes next. Raises `ValidationError` when
    nothing differs.
    """
    tidslinje = [copy(r) for r in raekker]
    foer = gaelder(tidslinje, fra)
    if foer is not None and all(getattr(foer, felt) == v for felt, v in nyt.items()):
        raise ValidationError("Der er ikke ændret noget. Ret et felt, eller gå tilbage.")
    if foer is not None and foer.gyldig_fra == fra:
        for felt, vaerdi in nyt.items():
            setattr(foer, felt, vaerdi)
        return tidslinje, foer
    ny = Fristregel(kode=raekker[0].kode, gyldig_fra=fra)
    forlaeg = foer or min(raekker, key=lambda r: abs((r.gyldig_fra - fra).days))
    for felt, vaerdi in (indhold(forlaeg) | dict(nyt)).items():
        setattr(ny, felt, vaerdi)
    if foer is not None:
        ny.gyldig_til, foer.gyldig_til = foer.gyldig_til, fra - EN_DAG
    else:
        senere = [r.gyldig_fra for r in raekker if r.gyldig_fra > fra]
        ny.gyldig_til = min(senere) - EN_DAG if senere else None
    tidslinje.append(ny)
    return sorted(tidslinje, key=lambda r: r.gyldig_fra), ny


def luk(raekker: Sequence[Fristregel], sidste_dag: date) -> tuple[list[Fristregel], Fristregel]:
    """The timeline where the version in force on `sidste_dag` ends with it, and that version.

    Raises `ValidationError` when none is in force that day, it ends then already, or another
    follows it.
    """
    tidslinje = [copy(r) for r in raekker]
    sidste = gaelder(tidslinje, sidste_dag)
    if sidste is None:
        raise ValidationError(
            {"sidste_dag": f"Reglen gælder ikke {dansk_dato(sidste_dag)}. Vælg en anden dag."}
        )
    if sidste.gyldig_til == sidste_dag:
        raise ValidationError({"sidste_dag": "Reglen slutter allerede den dag."})
    if senere := [r for r in tidslinje if r.gyldig_fra > sidste_dag]:
        raise ValidationError(
            {
                "sidste_dag": f"En senere version gælder fra {dansk_dato(senere[0].gyldig_fra)}. "
                "Vælg en dag efter den."
            }
        )
    sidste.gyldig_til = sidste_dag
    return tidslinje, sidste


def kontroller(regel: Fristregel) -> None:
    """Raise `ValidationError` by field for everything in the version that cannot be."""
    fundet: dict[str, list[str]] = {}
    for felt, saetning in _fejl(regel):
        fundet.setdefault(felt, []).append(saetning)
    if fundet:
        raise ValidationError(fundet)


def _fejl(regel: Fristregel) -> Iterator[tuple[str, str]]:
    hoejst = _HOEJST[Enhed(regel.enhed)]
    if regel.laengde > hoejst:
        yield "laengde", f"Skriv højst {hoejst} {Enhed(regel.enhed).label}. Det er omkring fem år."
    if regel.kode in TAELLER and not regel.laengde:
        yield "laengde", "Skriv mindst 1. Ellers er der ingen periode at tælle i."
    if not 1 <= regel.antal <= _HOEJST_ANTAL:
        yield "antal", f"Skriv et tal fra 1 til {_HOEJST_ANTAL}."
    if regel.varsel_dage > _HOEJST_VARSEL:
        yield "varsel_dage", f"Skriv højst {_HOEJST_VARSEL} dage."
    if regel.retning == Fristregel.Retning.FOER and regel.pause_ved_fritagelse:
        yield "pause_ved_fritagelse", "En frist, der regnes baglæns, kan ikke stå stille."
    if regel.udloeber and regel.eskalering_dage is not None:
        yield (
            "eskalering_dage",
            "Når perioden blot løber ud, er ingen for sent på den. Lad feltet være tomt.",
        )
    if regel.kode in PLANENS and not regel.anker:
        yield "anker", "Vælg, hvad planens frist regnes fra."


def kontroller_dag(dato: date, i_dag: date) -> None:
    """Raise `ValidationError` for a first day that the calendar does not reach."""
    sidste = date(i_dag.year + AAR_FREM - 5, 12, 31)
    if not date(FOERSTE_AAR, 1, 1) <= dato <= sidste:
        raise ValidationError(
            {"gaelder_fra": f"Vælg en dag fra 01.01.{FOERSTE_AAR} til {dansk_dato(sidste)}."}
        )
