"""Everything that changes a forløb and its plan.

Lock order: the case, the forløb, then plan, goals and efforts. Whoever holds the case's lock is
alone with its plan.
"""

from indsatsplan.services.forloeb import afslut_forloeb, start_forloeb
from indsatsplan.services.gennemfoerelse import (
    afslut_indsats,
    begynd_indsats,
    lad_indsats_bortfalde,
    ret_gang,
)
from indsatsplan.services.godkendelse import godkend_plan
from indsatsplan.services.indhold import forlaeng_indsats, gem_indsats, planlaeg_linjer
from indsatsplan.services.maal import gem_maal
from indsatsplan.services.pause import fjern_pause, genoptag_indsats, hold_pause, ret_pause
from indsatsplan.services.svar import fjern_svar, indsaet_svar
from indsatsplan.services.virksomhed import (
    kontakt_efter_navn,
    kraev_kontakt_i,
    opret_kontakt,
    opret_virksomhed,
    ret_kontakt,
    ret_virksomhed,
)

__all__ = [
    "afslut_forloeb",
    "afslut_indsats",
    "begynd_indsats",
    "fjern_pause",
    "fjern_svar",
    "forlaeng_indsats",
    "gem_indsats",
    "gem_maal",
    "genoptag_indsats",
    "godkend_plan",
    "hold_pause",
    "indsaet_svar",
    "kontakt_efter_navn",
    "kraev_kontakt_i",
    "lad_indsats_bortfalde",
    "opret_kontakt",
    "opret_virksomhed",
    "planlaeg_linjer",
    "ret_gang",
    "ret_kontakt",
    "ret_pause",
    "ret_virksomhed",
    "start_forloeb",
]
