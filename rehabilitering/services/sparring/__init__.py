"""Sparring slots: lay them out, book them, answer."""

from rehabilitering.services.sparring.adgang import ADGANG_EFTER_TID, maa_til_regionen
from rehabilitering.services.sparring.aflysning import (
    aflys,
    aflys_booking,
    aflys_ved_afslutning,
    flyt,
    fortryd_udeblevet,
    registrer_udeblevet,
)
from rehabilitering.services.sparring.booking import (
    DeltagerOptaget,
    TidOptaget,
    alternativer,
    book,
    book_en_gang,
    frist_for_spoergsmaal,
    mind_om_spoergsmaal,
    sager_for_kollega,
    stil_spoergsmaal,
)
from rehabilitering.services.sparring.svar import svar
from rehabilitering.services.sparring.tider import Plan, Udgivelse, tag_tilbage, udgiv_tider
from rehabilitering.services.sparring.tilbud import tag_imod

__all__ = [
    "ADGANG_EFTER_TID",
    "DeltagerOptaget",
    "Plan",
    "TidOptaget",
    "Udgivelse",
    "aflys",
    "aflys_booking",
    "aflys_ved_afslutning",
    "alternativer",
    "book",
    "book_en_gang",
    "flyt",
    "fortryd_udeblevet",
    "frist_for_spoergsmaal",
    "maa_til_regionen",
    "mind_om_spoergsmaal",
    "registrer_udeblevet",
    "sager_for_kollega",
    "stil_spoergsmaal",
    "svar",
    "tag_imod",
    "tag_tilbage",
    "udgiv_tider",
]
