"""What a change makes different in a rule set, in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehabilitering.regler.felter import FELTER, Art, Felt, i_ord, raekke_i_ord, raekker


@dataclass(frozen=True)
class Forskel:
    """One field that differs: lines that go and lines that come."""

    etiket: str
    ud: tuple[str, ...]
    ind: tuple[str, ...]


def forskelle(foer: Mapping[str, Any], efter: Mapping[str, Any]) -> list[Forskel]:
    """The fields that `efter` names and has otherwise than `foer`, in the order of the pages."""
    fundet = []
    for navn, felt in FELTER.items():
        if navn not in efter or foer.get(navn) == efter[navn]:
            continue
        gamle, nye = _linjer(felt, foer.get(navn)), _linjer(felt, efter[navn])
        ud = tuple(linje for linje in gamle if linje not in nye)
        ind = tuple(linje for linje in nye if linje not in gamle)
        if not ud and not ind:
            ud, ind = ("den hidtidige rækkefølge",), ("en anden rækkefølge",)
        fundet.append(Forskel(felt.etiket, ud, ind))
    return fundet


def _linjer(felt: Felt, vaerdi: Any) -> list[str]:
    if felt.art is Art.RAEKKER:
        return [raekke_i_ord(felt, raekke) for raekke in raekker(felt, vaerdi or [])]
    if felt.art is Art.LINJER:
        return list(vaerdi or [])
    return [i_ord(felt, vaerdi)]
