"""What differs between two versions of the forberedende del, word by word. Reads nothing by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rehabilitering.models import ForberedendeAfsnit, Maalart
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from rehabilitering.services.spoergetragt import SPOERGSMAAL, TRAGTFELTER
from ressource import dansk
from ressource.fletning import Sammenligning, sammenlign

AFSNITSFELTER = {
    "egne_ord": "Borgerens egne ord",
    "beskrivelse": "Sagsbehandlerens beskrivelse",
    "skrevet_sammen": "Skrevet sammen med borgeren",
    "ikke_sammen_begrundelse": "Hvorfor ikke",
    "uenig": "Det er borgeren uenig i",
}
HOVEDFELTER = {
    **dict(zip(TRAGTFELTER, SPOERGSMAAL, strict=True)),
    "spoergetragt_niveau": "Svaret kom på trin",
    "maal": "Job- eller uddannelsesmål",
    "maal_art": "Målet handler om",
    "naeste_skridt": "Næste lille skridt",
    "gennemgaaet_dato": "Gennemgået med borgeren",
}
_ORD = {
    "skrevet_sammen": dict(ForberedendeAfsnit.Sammen.choices),
    "maal_art": dict(Maalart.choices),
}


@dataclass(frozen=True)
class Feltforskel:
    """One field that is not the same in both; `sammenligning.mine` is the older text."""

    label: str
    sammenligning: Sammenligning


@dataclass(frozen=True)
class Afsnitsforskel:
    """A section with at least one field that differs."""

    kode: str
    titel: str
    felter: list[Feltforskel]


def forskelle(fra: Mapping[str, Any], til: Mapping[str, Any]) -> list[Afsnitsforskel]:
    """Every section in which `til` says something else than `fra`, in `til`'s order.

    Both are a `Forberedelsesversion.indhold`, or what would be one. A section that only one of them
    has (another rule set, another division into parts) is compared with nothing. The goal and the
    funnel come with the section of the wishes, where they are written.
    """
    gamle = {afsnit["kode"]: afsnit for afsnit in fra["afsnit"]}
    nye = {afsnit["kode"]: afsnit for afsnit in til["afsnit"]}
    fundne = []
    for kode, afsnit in (nye | {k: a for k, a in gamle.items() if k not in nye}).items():
        felter = _felter(gamle.get(kode, {}), nye.get(kode, {}), AFSNITSFELTER)
        if kode == AFSNIT_OENSKER:
            felter += _felter(fra["hoved"], til["hoved"], HOVEDFELTER)
        if felter:
            fundne.append(Afsnitsforskel(kode, afsnit["titel"], felter))
    return fundne


def _felter(
    gamle: Mapping[str, Any], nye: Mapping[str, Any], labels: Mapping[str, str]
) -> list[Feltforskel]:
    par = {felt: (_vist(felt, gamle.get(felt)), _vist(felt, nye.get(felt))) for felt in labels}
    return [
        Feltforskel(labels[felt], sammenlign(gammel, ny))
        for felt, (gammel, ny) in par.items()
        if gammel.split() != ny.split()
    ]


def _vist(felt: str, vaerdi: Any) -> str:
    """The value as a reader knows it; empty for none."""
    if not vaerdi:
        return ""
    if felt in _ORD:
        return str(_ORD[felt].get(vaerdi, vaerdi))
    return dansk.dato(date.fromisoformat(vaerdi)) if felt == "gennemgaaet_dato" else str(vaerdi)
