"""Team meetings: who sits in them, what is on the agenda, and who may therefore read it."""

from rehabilitering.services.adgang_til_moede import adgang_til
from rehabilitering.services.moede.dagsorden import (
    Retning,
    flyt,
    saet_paa_dagsorden,
    tag_af,
    tag_af_ved_afslutning,
)
from rehabilitering.services.moede.medlemmer import fjern_deltager, leder_er, tilfoej_deltager
from rehabilitering.services.moede.planlaegning import Medlem, opret_moede

__all__ = [
    "Medlem",
    "Retning",
    "adgang_til",
    "fjern_deltager",
    "flyt",
    "leder_er",
    "opret_moede",
    "saet_paa_dagsorden",
    "tag_af",
    "tag_af_ved_afslutning",
    "tilfoej_deltager",
]
