"""A caseworker's number of cases against the norm."""

from django.utils.safestring import SafeString

from borgere.sagsmaengde import NORM, i_ord
from ressource.svg.grund import BLAEK_2, BLAEK_3, HANDLING, SPOR, diagram, element, tekst

_BREDDE = 250
_HOEJEST = 30


def bjaelke(antal: int) -> SafeString:
    """The bar of the panel: the cases, and a frame where the norm lies."""
    fra, til = (_BREDDE * tal / _HOEJEST for tal in NORM)
    fyldt = _BREDDE * min(antal, _HOEJEST) / _HOEJEST
    return diagram(
        uid="sagsmaengde",
        titel=f"{antal} sager, {i_ord(antal)}",
        beskrivelse=f"{antal} sager. Normen er {NORM[0]} til {NORM[1]}.",
        bredde=_BREDDE,
        hoejde=40,
        indhold=[
            element("rect", x=0, y=8, width=float(_BREDDE), height=10, rx=5, fill=SPOR),
            element("rect", x=0, y=8, width=fyldt, height=10, rx=5, fill=HANDLING),
            element("rect", x=fra, y=4, width=til - fra, height=18, fill="none", stroke=BLAEK_2),
            tekst(fra, 36, str(NORM[0]), stoerrelse=12, farve=BLAEK_3, anker="middle"),
            tekst(til, 36, str(NORM[1]), stoerrelse=12, farve=BLAEK_3, anker="middle"),
        ],
    )
