"""Who takes part in a case at the meeting beside the team, and how each is called to it."""

from rehabilitering.services.indkaldelse.afsendelse import (
    Brev,
    Plan,
    indkald,
    kanaler,
    planlaeg,
    vis_brev,
)
from rehabilitering.services.indkaldelse.deltagere import (
    Deltagelse,
    fjern,
    forslag,
    tilfoej,
    tilfoej_foreslaaede,
)
from rehabilitering.services.indkaldelse.svar import registrer_svar, underret

__all__ = [
    "Brev",
    "Deltagelse",
    "Plan",
    "fjern",
    "forslag",
    "indkald",
    "kanaler",
    "planlaeg",
    "registrer_svar",
    "tilfoej",
    "tilfoej_foreslaaede",
    "underret",
    "vis_brev",
]
