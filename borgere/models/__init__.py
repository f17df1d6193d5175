"""People, their cases, and who works on them."""

from borgere.models.adgang import Inhabilitet, Saerligadgang
from borgere.models.bevaring import Bevaringsregel, Sletning
from borgere.models.borger import Borger, Personnummer
from borgere.models.dokument import Dokument, Huskeseddel, Journalnotat
from borgere.models.forsendelse import Forsendelse
from borgere.models.indlaesning import Indlaesning, Indlaesningsraekke
from borgere.models.laegepraksis import Laegepraksis
from borgere.models.netvaerk import Informationstype, Netvaerksperson
from borgere.models.sag import Afslutningsaarsag, Fase, Sag, Sagsnummerserie, Tildeling
from borgere.models.samtykke import Bisidder, Fuldmagt, Samtykke
from borgere.models.uddrag import Uddrag, Uddragsdel

__all__ = [
    "Afslutningsaarsag",
    "Bevaringsregel",
    "Bisidder",
    "Borger",
    "Dokument",
    "Fase",
    "Forsendelse",
    "Fuldmagt",
    "Huskeseddel",
    "Indlaesning",
    "Indlaesningsraekke",
    "Informationstype",
    "Inhabilitet",
    "Journalnotat",
    "Laegepraksis",
    "Netvaerksperson",
    "Personnummer",
    "Saerligadgang",
    "Sag",
    "Sagsnummerserie",
    "Samtykke",
    "Sletning",
    "Tildeling",
    "Uddrag",
    "Uddragsdel",
]
