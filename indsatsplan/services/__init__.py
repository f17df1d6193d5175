"""Everything that changes a forløb and its plan.

Lock order: the case, the forløb, then plan, goals and efforts. Whoever holds the case's lock is
alone with its plan.
"""

from indsatsplan.services.bevilling import lav_bevilling, seneste_bevilling
from indsatsplan.services.delmaal import gem_delmaal, tag_delmaal_ud
from indsatsplan.services.forloeb import afslut_forloeb, start_forloeb
from indsatsplan.services.fravaer import fjern_fravaer, gem_fravaer
from indsatsplan.services.fritagelse import fjern_fritagelse, gem_fritagelse
from indsatsplan.services.genforelaeggelse import (
    afgoer_med_saerlige_grunde,
    forelaeg,
    gem_udkast,
)
from indsatsplan.services.gennemfoerelse import (
    afslut_indsats,
    begynd_indsats,
    lad_indsats_bortfalde,
    ret_gang,
)
from indsatsplan.services.godkendelse import godkend_plan
from indsatsplan.services.indhold import forlaeng_indsats, gem_indsats, planlaeg_linjer
from indsatsplan.services.kladde import aabn_kladde
from indsatsplan.services.linjeforklaring import fjern_linjeforklaring, forklar_linje
from indsatsplan.services.maal import flyt_maal, gem_maal, saet_maal_naaet, tag_maal_ud
from indsatsplan.services.pause import fjern_pause, genoptag_indsats, hold_pause, ret_pause
from indsatsplan.services.praktik import foreslaa_praktik, gem_praktik
from indsatsplan.services.svar import fjern_svar, indsaet_svar
from indsatsplan.services.timetal import fjern_timetal, gem_timetal, som_planlagt
from indsatsplan.services.trin import fjern_trin, gem_trin
from indsatsplan.services.virksomhed import (
    opret_kontakt,
    opret_virksomhed,
    ret_kontakt,
    ret_virksomhed,
)

__all__ = [
    "aabn_kladde",
    "afgoer_med_saerlige_grunde",
    "afslut_forloeb",
    "afslut_indsats",
    "begynd_indsats",
    "fjern_fravaer",
    "fjern_fritagelse",
    "fjern_linjeforklaring",
    "fjern_pause",
    "fjern_svar",
    "fjern_timetal",
    "fjern_trin",
    "flyt_maal",
    "forelaeg",
    "foreslaa_praktik",
    "forklar_linje",
    "forlaeng_indsats",
    "gem_delmaal",
    "gem_fravaer",
    "gem_fritagelse",
    "gem_indsats",
    "gem_maal",
    "gem_praktik",
    "gem_timetal",
    "gem_trin",
    "gem_udkast",
    "genoptag_indsats",
    "godkend_plan",
    "hold_pause",
    "indsaet_svar",
    "lad_indsats_bortfalde",
    "lav_bevilling",
    "opret_kontakt",
    "opret_virksomhed",
    "planlaeg_linjer",
    "ret_gang",
    "ret_kontakt",
    "ret_pause",
    "ret_virksomhed",
    "saet_maal_naaet",
    "seneste_bevilling",
    "som_planlagt",
    "start_forloeb",
    "tag_delmaal_ud",
    "tag_maal_ud",
]
