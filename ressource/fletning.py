"""Two versions of one text side by side: what differs, and both in one draft. Pure functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the white space after it; white space alone only at the very beginning.
_ORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Stykke:
    """A run of text; `kun_her` when the other version has not got it."""

    tekst: str
    kun_her: bool


@dataclass(frozen=True)
class Sammenligning:
    """`mine` and `andens` put together give the two texts back unchanged; `samlet` has it all."""

    mine: list[Stykke]
    andens: list[Stykke]
    samlet: str


def sammenlign(
    min_tekst: str, anden_tekst: str, *, ordlyd: Callable[[str], str] = str.strip
) -> Sammenligning:
    """Compare word by word; white space does not count as a difference.

    Nor does what `ordlyd` takes away from a word (its default: the space after it).
    In `samlet` a disagreement reads `[mine / theirs]`, and no word of either is lost.
    """
    a, b = _ORD.findall(min_tekst), _ORD.findall(anden_tekst)
    ord_a, ord_b = [ordlyd(o) for o in a], [ordlyd(o) for o in b]
    mine: list[Stykke] = []
    andens: list[Stykke] = []
    samlet: list[str] = []
    for slags, a0, a1, b0, b1 in SequenceMatcher(None, ord_a, ord_b, autojunk=False).get_opcodes():
        fra_a, fra_b, ens = "".join(a[a0:a1]), "".join(b[b0:b1]), slags == "equal"
        mine += _stykker(fra_a, kun_her=not ens)
        andens += _stykker(fra_b, kun_her=not ens)
        if ens:
            samlet += [max(par, key=len) for par in zip(a[a0:a1], b[b0:b1], strict=True)]
        elif fra_a.strip() and fra_b.strip():
            hale = max(_hale(fra_a), _hale(fra_b), key=len)
            samlet.append(f"[{fra_a.strip()} / {fra_b.strip()}]{hale}")
        else:
            samlet.append(fra_a if fra_a.strip() else fra_b or fra_a)
    return Sammenligning(mine, andens, "".join(samlet))


def _hale(tekst: str) -> str:
    """The white space at the end."""
    return tekst[len(tekst.rstrip()) :]


def _stykker(tekst: str, *, kun_her: bool) -> list[Stykke]:
    """The run, with the white space after a marked one left unmarked."""
    if not kun_her:
        return [Stykke(tekst, kun_her=False)] if tekst else []
    dele = [Stykke(tekst.rstrip(), kun_her=True), Stykke(_hale(tekst), kun_her=False)]
    return [stykke for stykke in dele if stykke.tekst]
