"""What a caseworker does with a citizen and a case."""

from borgere.services.borger import ret_borger
from borgere.services.journal import gem_dokument, skriv_notat
from borgere.services.netvaerk import (
    giv_samtykke,
    kraev_samtykke,
    tilfoej_netvaerksperson,
    traek_samtykke,
)
from borgere.services.registrering import opret_borger_og_sag, sagsnumre
from borgere.services.sag import afslut_sag, kraev_fase, laas_sag, skift_fase, tildel

__all__ = [
    "afslut_sag",
    "gem_dokument",
    "giv_samtykke",
    "kraev_fase",
    "kraev_samtykke",
    "laas_sag",
    "opret_borger_og_sag",
    "ret_borger",
    "sagsnumre",
    "skift_fase",
    "skriv_notat",
    "tildel",
    "tilfoej_netvaerksperson",
    "traek_samtykke",
]
