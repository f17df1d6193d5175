"""The ground's tables: people at work, the two logs, rule sets and the calendar."""

from ressource.models.besked import Besked
from ressource.models.bruger import Bruger, Organisation, Rolle, Stedfortraeder, Team
from ressource.models.kalender import Kalenderdag, Lukkedag
from ressource.models.kalenderadresse import Kalenderadresse
from ressource.models.log import Haendelse, Opslag
from ressource.models.regelsaet import Regelsaet, Regelsaetversion
from ressource.models.segl import Segl, Seglfrigivelse
from ressource.models.stikproeve import Stikproeve, Stikproevelinje
from ressource.models.visning import GemtVisning

__all__ = [
    "Besked",
    "Bruger",
    "GemtVisning",
    "Haendelse",
    "Kalenderadresse",
    "Kalenderdag",
    "Lukkedag",
    "Opslag",
    "Organisation",
    "Regelsaet",
    "Regelsaetversion",
    "Rolle",
    "Segl",
    "Seglfrigivelse",
    "Stedfortraeder",
    "Stikproeve",
    "Stikproevelinje",
    "Team",
]
