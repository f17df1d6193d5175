"""What differs between two versions of the plan, word by word. Pure functions.

Goals, milestones, efforts and steps are the same by their row, so one that was moved or renamed is
shown as changed. Also what was carried out between the two is there: begun, paused, ended, reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from indsatsplan import billede
from indsatsplan.billede import (
    Delmaalbillede,
    Indsatsbillede,
    Maalbillede,
    Periode,
    Trinbillede,
)
from indsatsplan.models import Indsats, Indsatstrin
from rehabilitering.models import Maalart
from rehabilitering.versionsforskel import Feltforskel
from ressource import dansk
from ressource.fletning import sammenlign


class Hvad(StrEnum):
    """What became of a part of the plan from the older version to the newer."""

    NY = "Ny"
    AENDRET = "Ændret"
    UDGAAET = "Taget ud"


@dataclass(frozen=True, slots=True)
class Delforskel:
    """One part that differs. A part that only one version has says all it says there."""

    hvad: Hvad
    navn: str
    felter: tuple[Feltforskel, ...]


@dataclass(frozen=True, slots=True)
class Gruppe:
    """The parts of one kind that differ, in the newer version's order, then those taken out."""

    titel: str
    dele: tuple[Delforskel, ...]


# One part: its name, and what it says by label.
_Del = tuple[str, dict[str, str]]
_Dele = dict[int, _Del]


def forskelle(fra: Iterable[Maalbillede], til: Iterable[Maalbillede]) -> list[Gruppe]:
    """Every part of which `til` says something else than `fra`; kinds without a difference are out.

    `sammenligning.mine` is the older text.
    """
    gamle, nye = _plan(fra), _plan(til)
    grupper = [Gruppe(titel, tuple(_dele(gamle[titel], nye[titel]))) for titel in nye]
    return [gruppe for gruppe in grupper if gruppe.dele]


def _dele(gamle: _Dele, nye: _Dele) -> Iterator[Delforskel]:
    for pk, (navn, felter) in nye.items():
        if pk not in gamle:
            yield Delforskel(Hvad.NY, navn, tuple(_felter({}, felter)))
        elif fundne := tuple(_felter(gamle[pk][1], felter)):
            yield Delforskel(Hvad.AENDRET, navn, fundne)
    for pk, (navn, felter) in gamle.items():
        if pk not in nye:
            yield Delforskel(Hvad.UDGAAET, navn, tuple(_felter(felter, {})))


def _felter(gamle: dict[str, str], nye: dict[str, str]) -> Iterator[Feltforskel]:
    for label in nye or gamle:
        gammel, ny = gamle.get(label, ""), nye.get(label, "")
        if gammel.split() != ny.split():
            yield Feltforskel(label, sammenlign(gammel, ny))


def _plan(maal: Iterable[Maalbillede]) -> dict[str, _Dele]:
    alle = tuple(maal)
    return {
        "Mål": {m.id: _maal(m) for m in alle if not m.er_fjernet},
        "Delmål": {d.id: _delmaal(d) for m in alle for d in m.delmaal},
        "Indsatser": {i.id: _indsats(i, m) for m in alle for i in m.indsatser},
        "Trin": {t.id: _trin(t, i) for i in billede.indsatser(alle) for t in i.trin},
    }


def _maal(maal: Maalbillede) -> _Del:
    return f"Mål nr. {maal.rang}: {maal.tekst}", {
        "Mål": maal.tekst,
        "Plads": f"Nr. {maal.rang}",
        "Handler om": str(Maalart(maal.art).label) if maal.art else "",
        "Hvorfor et andet": maal.begrundelse,
        "Nået": _dag(maal.naaet),
    }


def _delmaal(delmaal: Delmaalbillede) -> _Del:
    return delmaal.tekst, {
        "Delmål": delmaal.tekst,
        "Forventet": _dag(delmaal.forventet),
        "Nået": _dag(delmaal.naaet),
    }


def _indsats(indsats: Indsatsbillede, maal: Maalbillede) -> _Del:
    return indsats.navn, {
        "Indsats": indsats.navn,
        "Type": indsats.type,
        "Hører til målet": maal.tekst,
        "Formål": indsats.formaal,
        "Indstilling": f"Linje {indsats.linje}" if indsats.linje else "",
        "Hvorfor tilføjet": indsats.tilfoejet,
        "Planlagt start": _dag(indsats.planlagt_start),
        "Planlagt slut": _dag(indsats.planlagt_slut),
        "Timer om ugen": _timer(indsats.timer_pr_uge),
        "Ansvarlig": indsats.ansvarlig,
        "Hos": indsats.leverandoer,
        "Virksomhedsmentor": indsats.virksomhedsmentor,
        "Mentors opgaver": indsats.opgaver,
        "Skånehensyn": indsats.skaanehensyn,
        "Skitse": "Ja" if indsats.er_skitse else "",
        "Status": str(Indsats.Status(indsats.status).label).capitalize(),
        "Begyndt": _dag(indsats.faktisk_start),
        "Sluttet": _dag(indsats.faktisk_slut),
        "Hvorfor stoppet": indsats.slut_begrundelse,
        "Pauser": ", ".join(map(_periode, indsats.pauser)),
    }


def _trin(trin: Trinbillede, indsats: Indsatsbillede) -> _Del:
    return f"{indsats.navn}, fra {_dag(trin.fra)}", {
        "Fra": _dag(trin.fra),
        "Timer": f"{trin.dage_pr_uge} × {dansk.timetal(trin.timer_pr_dag)}",
        "Hvilke dage": trin.ugedage,
        "Opgaver": trin.opgaver,
        "Hvor svært": str(Indsatstrin.Kompleksitet(trin.kompleksitet).label),
        "Støtte": trin.stoette_vist,
        "Skitse": "Ja" if trin.er_skitse else "",
    }


def _dag(dato: date | None) -> str:
    return dansk.dato(dato) if dato else ""


def _timer(timer: Decimal | None) -> str:
    return dansk.timetal(timer) if timer else ""


def _periode(periode: Periode) -> str:
    """`01.02.2026 – 14.02.2026`; one that goes on has no last day."""
    return f"{_dag(periode[0])} – {_dag(periode[1])}".strip()
