"""What is done with follow-up meetings and reminders, by subject."""

from opfoelgning.services.eftermoede import (
    gem_eftermoede,
    genaabn_eftermoede,
    hold_eftermoede,
    udlever_plan,
)
from opfoelgning.services.logistik import dan_opgaver
from opfoelgning.services.mentorsvar import gem_mentorsvar
from opfoelgning.services.moeder import (
    aflys_moede,
    aflys_ved_afslutning,
    aftal_moede,
    flyt_moede,
    kan_aftales,
    lukket_fordi,
    udeblev,
)
from opfoelgning.services.moedeskema import gem_moede, luk_moede
from opfoelgning.services.opgaver import (
    OPGAVEHAENDELSER,
    bortfald_opgave,
    fortryd_opgave,
    ret_opgave,
    tilfoej_opgave,
    udfoer_opgave,
)
from opfoelgning.services.paamindelser import (
    laes_paamindelse,
    laes_paamindelser,
    vaelg_paamindelser,
)
from opfoelgning.services.serier import aflys_resten, kraev_serie, opret_serie, rest_af

__all__ = [
    "OPGAVEHAENDELSER",
    "aflys_moede",
    "aflys_resten",
    "aflys_ved_afslutning",
    "aftal_moede",
    "bortfald_opgave",
    "dan_opgaver",
    "flyt_moede",
    "fortryd_opgave",
    "gem_eftermoede",
    "gem_mentorsvar",
    "gem_moede",
    "genaabn_eftermoede",
    "hold_eftermoede",
    "kan_aftales",
    "kraev_serie",
    "laes_paamindelse",
    "laes_paamindelser",
    "luk_moede",
    "lukket_fordi",
    "opret_serie",
    "rest_af",
    "ret_opgave",
    "tilfoej_opgave",
    "udeblev",
    "udfoer_opgave",
    "udlever_plan",
    "vaelg_paamindelser",
]
