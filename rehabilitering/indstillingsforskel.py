"""What differs between two versions of an indstilling, word by word. Reads nothing by itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rehabilitering.models import Indstilling, Maalart, Udfald
from rehabilitering.versionsforskel import Feltforskel
from ressource import dansk
from ressource.fletning import sammenlign
from ressource.models import Regelsaet

HOVED = {
    "udfald": "Teamet indstiller til",
    "aarsag": "Årsag",
    "maal": "Første job- eller uddannelsesmål",
    "maal_art": "Målet handler om",
    "maal_begrundelse": "Derfor et andet mål",
    "varighed_maaneder": "Varighed i måneder",
    "maalgruppebetingelse": "Målgruppe",
    "enighed": "Enighed",
    "dissens": "Uenighed",
    "begrundelse": "Begrundelse",
    "muligheder": "Muligheder for job eller uddannelse",
    "sundhedskoordinators_vurdering": "Sundhedskoordinators vurdering",
    "mentor_formaal": "Mentors formål",
    "mentor_opgaver": "Mentors opgaver",
    "uden_praktik_begrundelse": "Derfor ingen praktik",
    "uden_mentor_begrundelse": "Derfor ingen mentor",
}
LINJE = {
    "indsats": "indsats",
    "beskrivelse": "nærmere",
    "formaal": "formål",
    "betydning_for_maal": "betydning for målet",
    "start_dato": "start",
    "ansvarlig": "ansvarlig",
    "mandat": "mandat",
}
_ORD = {
    "udfald": dict(Udfald.choices),
    "aarsag": dict(Indstilling.Aarsag.choices),
    "maal_art": dict(Maalart.choices),
    "enighed": dict(Indstilling.Enighed.choices),
}


def forskelle(
    fra: Mapping[str, Any], til: Mapping[str, Any], regelsaet: Regelsaet
) -> list[Feltforskel]:
    """Every field in which `til` says something else than `fra`: the head, then line by line.

    Both are an `Indstillingsversion.indhold`, or what would be one. A line that only one of them
    has is compared with nothing. `sammenligning.mine` is the older text.
    """
    betingelser = {b["kode"]: b["tekst"] for b in regelsaet.maalgruppebetingelser}
    ord_ = _ORD | {"maalgruppebetingelse": betingelser}
    return [
        *_felter(fra["hoved"], til["hoved"], HOVED, ord_),
        *_linjer(fra["linjer"], til["linjer"]),
    ]


def _linjer(gamle: list[Mapping[str, Any]], nye: list[Mapping[str, Any]]) -> Iterator[Feltforskel]:
    """A line is the same by its row: a new place in the order is no difference."""
    foer = {linje["linje"]: linje for linje in gamle}
    efter = {linje["linje"]: linje for linje in nye}
    for pk in foer | efter:
        kendt = efter.get(pk) or foer[pk]
        labels = {felt: f"{kendt['indsats']}: {label}" for felt, label in LINJE.items()}
        yield from _felter(foer.get(pk, {}), efter.get(pk, {}), labels, {})


def _felter(
    gamle: Mapping[str, Any],
    nye: Mapping[str, Any],
    labels: Mapping[str, str],
    ord_: Mapping[str, Mapping[str, str]],
) -> Iterator[Feltforskel]:
    for felt, label in labels.items():
        gammel, ny = (_vist(felt, side.get(felt), ord_) for side in (gamle, nye))
        if gammel.split() != ny.split():
            yield Feltforskel(label, sammenlign(gammel, ny))


def _vist(felt: str, vaerdi: Any, ord_: Mapping[str, Mapping[str, str]]) -> str:
    """The value as a reader knows it; empty for none."""
    if vaerdi in (None, ""):
        return ""
    if felt in ord_:
        return str(ord_[felt].get(vaerdi, vaerdi))
    return dansk.dato(date.fromisoformat(vaerdi)) if felt == "start_dato" else str(vaerdi)
