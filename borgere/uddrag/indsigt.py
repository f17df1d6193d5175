"""Article 15: what is left out of the citizen's extract, and what the citizen is told.

The citizen gets everything about themself, also internal notes. Left out, and said to be left out:
what network persons and others have as their own (numbers, what is written of them), who among the
staff has looked, any other person's personnummer in a text, and the professional's belief in a job.
"""

import re
from dataclasses import dataclass
from typing import Any

from borgere.uddrag.beskrivelser import Raekke, kun_i_nogle_raekker, om_andre
from borgere.uddrag.raekker import Indhold

UDELADT = "[udeladt: oplysning om en anden person]"
UDELADT_SKOEN = "[udeladt: fagpersonens egen vurdering]"
_PERSONNUMMER = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{4})(?!\d)")


@dataclass(slots=True)
class Udeladt:
    """How many values were taken out, by why."""

    om_andre: int = 0
    skoen: int = 0


def rens(indhold: Indhold) -> Udeladt:
    """Take out what is not the citizen's to get, in the rows themselves."""
    andres_numre = _andres_telefonnumre(indhold)
    egne = {re.sub(r"\D", "", r["nummer"]) for r in indhold.data("borgere.Personnummer")}
    udeladt = Udeladt()
    i_raekker = kun_i_nogle_raekker()
    for data in indhold.tabeller:
        fulgt = getattr(data.model, "pgh_tracked_model", data.model)
        felter = om_andre(fulgt._meta.label)
        holder_for_sig, egne_felter = i_raekker.get(fulgt._meta.label, (None, felter))
        for raekke in data.raekker:
            udeladt.om_andre += _udelad(raekke, felter, UDELADT)
            if holder_for_sig and holder_for_sig(raekke):
                udeladt.skoen += _udelad(raekke, egne_felter, UDELADT_SKOEN)
            if fulgt._meta.label != "borgere.Personnummer":
                udeladt.om_andre += _rens_tekster(raekke, egne, andres_numre)
    return udeladt


def _udelad(raekke: Raekke, felter: frozenset[str], i_stedet: str) -> int:
    fundne = [f for f in felter if raekke.get(f) not in (None, "", [], {})]
    for felt in fundne:
        raekke[felt] = i_stedet if isinstance(raekke[felt], str | list | dict) else None
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
