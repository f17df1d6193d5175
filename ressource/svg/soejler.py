"""Figures side by side: horizontal bars, and one bar against its target."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ressource.svg.akser import Tal
from ressource.svg.grund import (
    AKSE,
    BLAEK,
    HANDLING,
    SPOR,
    diagram,
    element,
    streg,
    tekst,
    tekstbredde,
)

RAEKKE = 28


@dataclass(frozen=True, slots=True)
class Soejle:
    """A labelled figure. `vist` is how it is written; a hidden figure has no value and no bar."""

    etiket: str
    vaerdi: Tal | None
    vist: str


def soejler(titel: str, raekker: Sequence[Soejle], *, uid: str, bredde: float = 600) -> SafeString:
    """Horizontal bars from 0 with their figures written at the ends, in the order given."""
    venstre = max((tekstbredde(r.etiket, 13) for r in raekker), default=0) + 12
    plads = bredde - venstre - max((tekstbredde(r.vist, 13, fed=True) for r in raekker), default=0)
    stoerste = max((float(r.vaerdi) for r in raekker if r.vaerdi), default=0) or 1.0
    hoejde = len(raekker) * RAEKKE + 8
    dele = []
    for n, raekke in enumerate(raekker):
        y = 4 + n * RAEKKE
        laengde = (plads - 14) * float(raekke.vaerdi or 0) / stoerste
        dele.append(
            tekst(venstre - 8, y + 19, raekke.etiket, stoerrelse=13, farve=BLAEK, anker="end")
        )
        if laengde:
            dele.append(
                element(
                    "rect", x=venstre, y=y + 5, width=laengde, height=RAEKKE - 10, fill=HANDLING
                )
            )
        dele.append(
            tekst(venstre + laengde + 6, y + 19, raekke.vist, stoerrelse=13, farve=BLAEK, fed=True)
        )
    dele.append(streg((venstre, 0), (venstre, hoejde), farve=AKSE))
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse="; ".join(f"{r.etiket}: {r.vist}" for r in raekker) + ".",
        bredde=bredde,
        hoejde=hoejde,
        indhold=dele,
    )


def maalbjaelke(
    titel: str,
    vaerdi: Tal | None,
    *,
    uid: str,
    maal: Tal | None = None,
    hoejeste: Tal = 100,
    beskrivelse: str,
    bredde: float = 270,
) -> SafeString:
    """A bar on a track from 0 to `hoejeste` with an upright mark at the target.

    A value or target beyond `hoejeste` stands at the end. `beskrivelse` says both as text,
    «34 pct. mod mål 40 pct.».
    """

    def x(tal: Tal) -> float:
        return bredde * min(max(float(tal) / float(hoejeste), 0.0), 1.0)

    dele = [element("rect", x=0, y=6, width=float(bredde), height=8, rx=2, fill=SPOR)]
    if vaerdi:
        dele.append(element("rect", x=0, y=6, width=x(vaerdi), height=8, rx=2, fill=HANDLING))
    if maal is not None:
        sted = min(max(x(maal), 1.5), bredde - 1.5)
        dele.append(streg((sted, 1), (sted, 19), farve=BLAEK, tykkelse=3))
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=beskrivelse,
        bredde=bredde,
        hoejde=20,
        indhold=dele,
    )
