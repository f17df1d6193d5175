"""Charts as SVG text that reads the same in a browser under a strict CSP and in WeasyPrint.

Only presentation attributes: no style, class or script. Every chart has a title that carries its
finding and a description with every figure, because a PDF passes on the title only and a screen
reader may pass on both. Print the figures in a table beside the chart all the same.

Wide charts have a fixed width and belong in a container that scrolls; small ones may be scaled
down by `max-width: 100%`.
"""

from ressource.svg.baner import Bane
from ressource.svg.linje import Maal, Punkt, linje, sparkline
from ressource.svg.soejler import Soejle, maalbjaelke, soejler
from ressource.svg.tidsdata import Bjaelke, Hul, Maalmaerke, Maerke, Stille, Tilstand
from ressource.svg.tidslinje import tidslinje
from ressource.svg.trappe import (
    Faktisk,
    Soejletilstand,
    Trappesoejle,
    Trin,
    Vaek,
    soejletrappe,
    trappe,
)
from ressource.svg.trinkurve import trinkurve

__all__ = [
    "Bane",
    "Bjaelke",
    "Faktisk",
    "Hul",
    "Maal",
    "Maalmaerke",
    "Maerke",
    "Punkt",
    "Soejle",
    "Soejletilstand",
    "Stille",
    "Tilstand",
    "Trappesoejle",
    "Trin",
    "Vaek",
    "linje",
    "maalbjaelke",
    "soejler",
    "soejletrappe",
    "sparkline",
    "tidslinje",
    "trappe",
    "trinkurve",
]
