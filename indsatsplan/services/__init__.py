"""Everything that changes a forløb and its plan.

Lock order: the case, the forløb, then plan, goals and efforts. Whoever holds the case's lock is
alone with its plan.
"""

from indsatsplan.services.forloeb import afslut_forloeb, start_forloeb
from indsatsplan.services.gennemfoerelse import (
    afslut_indsats,
    begynd_indsats,
    lad_indsats_bortfalde,
)
from indsatsplan.services.godkendelse import godkend_plan, ny_kladde
from indsatsplan.services.indhold import gem_indsats, gem_maal
from indsatsplan.services.svar import fjern_svar, indsaet_svar

__all__ = [
    "afslut_forloeb",
    "afslut_indsats",
    "begynd_indsats",
    "fjern_svar",
    "gem_indsats",
    "gem_maal",
    "godkend_plan",
    "indsaet_svar",
    "lad_indsats_bortfalde",
    "ny_kladde",
    "start_forloeb",
]
