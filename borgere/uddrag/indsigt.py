"""Article 15: what is left out because it tells of somebody else, and what the citizen is told.

The citizen gets everything about themself, also internal notes and every assessment. Left out, and
said to be left out: what network persons and others have as their own (numbers, what is written of
them), who among the staff has looked, and any other person's personnummer in a text.
"""

import re
from typing import Any

from borgere.uddrag.beskrivelser import Raekke, om_andre
from borgere.uddrag.raekker import Indhold

UDELADT = "[udeladt: oplysning om en anden person]"
_PERSONNUMMER = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{4})(?!\d)")


def rens(indhold: Indhold) -> int:
    """Take out what tells of others, in the rows themselves; answers how many values were."""
    andres_numre = _andres_telefonnumre(indhold)
    egne = {re.sub(r"\D", "", r["nummer"]) for r in indhold.data("borgere.Personnummer")}
    antal = 0
    for data in indhold.tabeller:
        fulgt = getattr(data.model, "pgh_tracked_model", data.model)
        felter = om_andre(fulgt._meta.label)
        for raekke in data.raekker:
            antal += _udelad(raekke, felter)
            if fulgt._meta.label != "borgere.Personnummer":
                antal += _rens_tekster(raekke, egne, andres_numre)
    return antal


def _udelad(raekke: Raekke, felter: frozenset[str]) -> int:
    fundne = [f for f in felter if raekke.get(f) not in (None, "", [], {})]
    for felt in fundne:
        raekke[felt] = UDELADT if isinstance(raekke[felt], str | list | dict) else None
    return len(fundne)


def _rens_tekster(raekke: Raekke, egne: set[str], andres: list[re.Pattern[str]]) -> int:
    antal = 0
    for felt, vaerdi in raekke.items():
        if isinstance(vaerdi, str | list | dict):
            renset = _rens(vaerdi, egne, andres)
            if renset != vaerdi:
                raekke[felt] = renset
                antal += 1
    return antal


def _rens(vaerdi: Any, egne: set[str], andres: list[re.Pattern[str]]) -> Any:
    """A text, or what texts a list or a JSON holds, without other people's numbers."""
    if isinstance(vaerdi, dict):
        return {noegle: _rens(v, egne, andres) for noegle, v in vaerdi.items()}
    if isinstance(vaerdi, list):
        return [_rens(v, egne, andres) for v in vaerdi]
    if not isinstance(vaerdi, str):
        return vaerdi
    tekst = _PERSONNUMMER.sub(lambda m: m[0] if m[1] + m[2] in egne else UDELADT, vaerdi)
    for moenster in andres:
        tekst = moenster.sub(UDELADT, tekst)
    return tekst


def _andres_telefonnumre(indhold: Indhold) -> list[re.Pattern[str]]:
    """Patterns of the numbers known of others, however they are spaced."""
    numre = {
        re.sub(r"\D", "", raekke.get("telefon") or "")
        for label in ("borgere.Netvaerksperson", "borgere.Bisidder", "borgere.Fuldmagt")
        for historik in (label, f"{label}Event")
        for raekke in indhold.data(historik)
    }
    egne = {re.sub(r"\D", "", r["telefon"] or "") for r in indhold.data("borgere.Borger")}
    return [
        re.compile(r"(?<!\d)" + r"[\s.-]?".join(nummer) + r"(?!\d)")
        for nummer in sorted(numre - egne)
        if len(nummer) >= 8
    ]


def modtagere(indhold: Indhold) -> list[str]:
    """Whom something has been sent to, each once, in the words of the dispatch."""
    from borgere.models import Forsendelse  # noqa: PLC0415 -- blad

    arter = dict(Forsendelse.Modtager.choices)
    return sorted(
        {
            f"{arter[r['modtager_art']].capitalize()}: {r['modtager_navn']}"
            for r in indhold.data("borgere.Forsendelse")
            if r["modtager_art"] != Forsendelse.Modtager.PART
        }
    )
