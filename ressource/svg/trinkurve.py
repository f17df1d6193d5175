"""A small staircase: one figure step by step, for the side of a page."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from ressource import dansk
from ressource.svg.akser import Tal
from ressource.svg.grund import BLAEK, BLAEK_3, diagram, element, streg, tekst, tekstbredde

BREDDE, HOEJDE = 256, 110
VENSTRE, HOEJRE, BUND, TOP = 28.0, 250.0, 88.0, 22.0
FARVE = "#34519f"


def trinkurve(titel: str, trin: Sequence[tuple[date, Tal]], *, uid: str) -> SafeString:
    """Each figure from its day on, equally wide; the last one is the one that holds now.

    The figures stand on their steps, the months below. Raises ValueError without a step.
    """
    if not trin:
        raise ValueError("En trappe skal have mindst ét trin.")
    plads = (HOEJRE - VENSTRE) / len(trin)
    stoerst = max(float(vaerdi) for _, vaerdi in trin) or 1.0
    steder = [
        (VENSTRE + nr * plads, BUND - (BUND - TOP) * float(vaerdi) / stoerst)
        for nr, (_, vaerdi) in enumerate(trin)
    ]
    vej = f"M{steder[0][0]:.0f} {steder[0][1]:.0f}"
    vej += "".join(f"V{y:.0f}H{x + plads:.0f}" for x, y in steder)
    dele = [
        streg((VENSTRE, BUND), (HOEJRE, BUND)),
        element("path", d=vej, fill="none", stroke=FARVE, stroke_width=3),
    ]
    for (x, y), (_, vaerdi) in zip(steder, trin, strict=True):
        dele.append(tekst(x + 2, y - 6, dansk.timetal(vaerdi), farve=BLAEK, fed=True))
    dele += _maaneder([x for x, _ in steder], [fra for fra, _ in trin])
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=", ".join(f"{dansk.timer(v)} fra {dansk.dato(fra)}" for fra, v in trin) + ".",
        bredde=BREDDE,
        hoejde=HOEJDE,
        indhold=dele,
    )


def _maaneder(steder: Sequence[float], dage: Sequence[date]) -> list[str]:
    """The month of each step that has room; the last with its year, at the right edge."""
    sidste = f"{dansk.MAANEDER[dage[-1].month - 1][:3]} {dage[-1].year}"
    navne = [tekst(HOEJRE, BUND + 16, sidste, farve=BLAEK_3, anker="end")]
    fri_til = HOEJRE - tekstbredde(sidste, 12) - 8
    optaget = VENSTRE - 1
    for x, dag in zip(steder[:-1], dage[:-1], strict=True):
        navn = dansk.MAANEDER[dag.month - 1][:3]
        if optaget < x and x + tekstbredde(navn, 12) < fri_til:
            navne.append(tekst(x, BUND + 16, navn, farve=BLAEK_3))
            optaget = x + tekstbredde(navn, 12) + 6
    return navne
