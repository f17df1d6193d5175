"""The municipality's decision: drafted, heard, checked and made (FVL §§ 19 and 22-25)."""

from rehabilitering.services.afgoerelse.aendring import begynd_aendring, gaeldende
from rehabilitering.services.afgoerelse.afslutning import afslut
from rehabilitering.services.afgoerelse.grundlag import (
    afvigelser,
    aktuel,
    kan_afgoeres_uden_moede,
    kan_rettes,
    kan_skrive,
    ny_afgoerelse,
    til_afgoerelse,
)
from rehabilitering.services.afgoerelse.kladde import (
    FELTER,
    afvig,
    begynd,
    foelg_regelsaet,
    gem,
    gem_fra_siden,
)
from rehabilitering.services.afgoerelse.kontrol import forloebets_art, mangler
from rehabilitering.services.afgoerelse.uden_moede import begynd_uden_moede

__all__ = [
    "FELTER",
    "afslut",
    "afvig",
    "afvigelser",
    "aktuel",
    "begynd",
    "begynd_aendring",
    "begynd_uden_moede",
    "foelg_regelsaet",
    "forloebets_art",
    "gaeldende",
    "gem",
    "gem_fra_siden",
    "kan_afgoeres_uden_moede",
    "kan_rettes",
    "kan_skrive",
    "mangler",
    "ny_afgoerelse",
    "til_afgoerelse",
]
