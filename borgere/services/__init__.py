"""What a caseworker does with a citizen and a case."""

from borgere.services.adgang import (
    aabn_beskyttet,
    aabn_noedadgang,
    gennemse_adgang,
    meld_inhabil,
    ophaev_inhabilitet,
)
from borgere.services.bevaring import bevar_sag, ophaev_bevaring, ret_regel, stands_sletning
from borgere.services.borger import ret_borger
from borgere.services.dokument import gem_dokument
from borgere.services.forsendelse import registrer_modtaget, send_dokument, send_flere
from borgere.services.fuldmagt import (
    afslut_bisidder,
    giv_fuldmagt,
    tilfoej_bisidder,
    traek_fuldmagt,
)
from borgere.services.huskeseddel import (
    flyt_huskeseddel,
    klar_huskeseddel,
    overtag_huskeseddel,
    skriv_huskeseddel,
)
from borgere.services.journal import ret_notat, skriv_notat
from borgere.services.laegepraksis import opret_laegepraksis, ret_laegepraksis
from borgere.services.netvaerk import (
    ret_netvaerksperson,
    tilfoej_netvaerksperson,
    udgaa_netvaerksperson,
)
from borgere.services.personnummer import skift_personnummer
from borgere.services.registrering import opret_borger_og_sag, sagsnumre
from borgere.services.sag import (
    afslut_sag,
    afslut_tildeling,
    kraev_fase,
    laas_sag,
    skift_fase,
    tildel,
)
from borgere.services.samtykke import giv_samtykke, registrer_samtykkeark, traek_samtykke
from borgere.services.stedfortraeder import afslut_stedfortraeder, saet_stedfortraeder
from borgere.services.tilsyn import afslut_stikproeve, udtag_stikproeve, vurder_opslag
from borgere.services.uddrag import bestil_uddrag, kraev_klar

__all__ = [
    "aabn_beskyttet",
    "aabn_noedadgang",
    "afslut_bisidder",
    "afslut_sag",
    "afslut_stedfortraeder",
    "afslut_stikproeve",
    "afslut_tildeling",
    "bestil_uddrag",
    "bevar_sag",
    "flyt_huskeseddel",
    "gem_dokument",
    "gennemse_adgang",
    "giv_fuldmagt",
    "giv_samtykke",
    "klar_huskeseddel",
    "kraev_fase",
    "kraev_klar",
    "laas_sag",
    "meld_inhabil",
    "ophaev_bevaring",
    "ophaev_inhabilitet",
    "opret_borger_og_sag",
    "opret_laegepraksis",
    "overtag_huskeseddel",
    "registrer_modtaget",
    "registrer_samtykkeark",
    "ret_borger",
    "ret_laegepraksis",
    "ret_netvaerksperson",
    "ret_notat",
    "ret_regel",
    "saet_stedfortraeder",
    "sagsnumre",
    "send_dokument",
    "send_flere",
    "skift_fase",
    "skift_personnummer",
    "skriv_huskeseddel",
    "skriv_notat",
    "stands_sletning",
    "tildel",
    "tilfoej_bisidder",
    "tilfoej_netvaerksperson",
    "traek_fuldmagt",
    "traek_samtykke",
    "udgaa_netvaerksperson",
    "udtag_stikproeve",
    "vurder_opslag",
]
