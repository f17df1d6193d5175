"""People, their cases, and who works on them."""

from borgere.models.borger import Borger, Personnummer
from borgere.models.dokument import Dokument, Journalnotat
from borgere.models.netvaerk import Netvaerksperson, Samtykke
from borgere.models.sag import Afslutningsaarsag, Fase, Sag, Sagsnummerserie, Tildeling

__all__ = [
    "Afslutningsaarsag",
    "Borger",
    "Dokument",
    "Fase",
    "Journalnotat",
    "Netvaerksperson",
    "Personnummer",
    "Sag",
    "Sagsnummerserie",
    "Samtykke",
    "Tildeling",
]
