"""Team meetings: who sits in them, what is on the agenda, and who may therefore read it."""

from rehabilitering.services.adgang_til_moede import adgang_til
from rehabilitering.services.moede.aendring import Rettelse, aflys_moede, ret_moede
from rehabilitering.services.moede.dagsorden import (
    Retning,
    begrund_krav,
    flyt,
    flyt_til,
    ret_punkt,
    saet_minutter,
    saet_paa_dagsorden,
    tag_af,
    tag_af_ved_afslutning,
)
from rehabilitering.services.moede.medlemmer import (
    fjern_deltager,
    fortryd_afbud,
    lad_traede_ind,
    leder_er,
    meld_afbud,
    ret_deltager,
    tilfoej_deltager,
)
from rehabilitering.services.moede.pauser import fjern_pause, flyt_pause, tilfoej_pause
from rehabilitering.services.moede.planlaegning import Medlem, opret_moede

__all__ = [
    "Medlem",
    "Retning",
    "Rettelse",
    "adgang_til",
    "aflys_moede",
    "begrund_krav",
    "fjern_deltager",
    "fjern_pause",
    "flyt",
    "flyt_pause",
    "flyt_til",
    "fortryd_afbud",
    "lad_traede_ind",
    "leder_er",
    "meld_afbud",
    "opret_moede",
    "ret_deltager",
    "ret_moede",
    "ret_punkt",
    "saet_minutter",
    "saet_paa_dagsorden",
    "tag_af",
    "tag_af_ved_afslutning",
    "tilfoej_deltager",
    "tilfoej_pause",
]
