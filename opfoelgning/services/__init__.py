"""What is done with follow-up meetings and reminders, by subject."""

from opfoelgning.services.moeder import (
    aflys_moede,
    aflys_ved_afslutning,
    aftal_moede,
    gem_moede,
    kan_aftales,
    luk_moede,
    lukket_fordi,
    udeblev,
)
from opfoelgning.services.paamindelser import (
    laes_paamindelse,
    laes_paamindelser,
    vaelg_paamindelser,
)

__all__ = [
    "aflys_moede",
    "aflys_ved_afslutning",
    "aftal_moede",
    "gem_moede",
    "kan_aftales",
    "laes_paamindelse",
    "laes_paamindelser",
    "luk_moede",
    "lukket_fordi",
    "udeblev",
    "vaelg_paamindelser",
]
