"""Two versions of one text side by side: what differs, and both in one draft. Pure functions."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_ORD = re.compile(r"\s+|[^\s]+")


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


def sammenlign(min_tekst: str, anden_tekst: str) -> Sammenligning:
    """Compare word by word. In `samlet` a disagreement reads `[mine / theirs]`, nothing is lost."""
    a, b = _ORD.findall(min_tekst), _ORD.findall(anden_tekst)
    mine: list[Stykke] = []
    andens: list[Stykke] = []
    samlet: list[str] = []
    for slags, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        fra_a, fra_b = "".join(a[a0:a1]), "".join(b[b0:b1])
        ens = slags == "equal"
        if fra_a:
            mine.append(Stykke(fra_a, not ens))
        if fra_b:
            andens.append(Stykke(fra_b, not ens))
        if slags == "replace" and fra_a.strip() and fra_b.strip():
            samlet.append(_uenighed(fra_a, fra_b))
        else:
            samlet.append(fra_a if ens or fra_a.strip() else fra_b)
    return Sammenligning(mine, andens, "".join(samlet))


def _uenighed(fra_a: str, fra_b: str) -> str:
    """`[a / b]` with the white space round the runs kept outside, so that words do not collide."""
    foran = fra_a[: len(fra_a) - len(fra_a.lstrip())] or fra_b[: len(fra_b) - len(fra_b.lstrip())]
    efter = fra_a[len(fra_a.rstrip()) :] or fra_b[len(fra_b.rstrip()) :]
    return f"{foran}[{fra_a.strip()} / {fra_b.strip()}]{efter}"
