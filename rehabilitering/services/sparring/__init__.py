"""Sparring slots: lay them out, book them, answer."""

from rehabilitering.services.sparring.adgang import ADGANG_EFTER_TID, maa_til_regionen
from rehabilitering.services.sparring.booking import (
    TidOptaget,
    aflys,
    aflys_booking,
    aflys_ved_afslutning,
    book,
)
from rehabilitering.services.sparring.svar import svar
from rehabilitering.services.sparring.tider import Plan, Udgivelse, tag_tilbage, udgiv_tider

__all__ = [
    "ADGANG_EFTER_TID",
    "Plan",
    "TidOptaget",
    "Udgivelse",
    "aflys",
    "aflys_booking",
    "aflys_ved_afslutning",
    "book",
    "maa_til_regionen",
    "svar",
    "tag_tilbage",
    "udgiv_tider",
]
