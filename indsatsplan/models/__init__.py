"""The ressourceforløb and its plan."""

from indsatsplan.models.forloeb import Ressourceforloeb
from indsatsplan.models.gang import FaktiskTimetal, Indsatsfravaer, Indsatspause, Indsatstrin
from indsatsplan.models.garanti import Fritagelse, Genforelaeggelse
from indsatsplan.models.linje import Linjeforklaring
from indsatsplan.models.plan import Delmaal, Indsats, Indsatsplan, Maal
from indsatsplan.models.svar import Plansvar
from indsatsplan.models.virksomhed import Praktik, Virksomhed, Virksomhedskontakt

__all__ = [
    "Delmaal",
    "FaktiskTimetal",
    "Fritagelse",
    "Genforelaeggelse",
    "Indsats",
    "Indsatsfravaer",
    "Indsatspause",
    "Indsatsplan",
    "Indsatstrin",
    "Linjeforklaring",
    "Maal",
    "Plansvar",
    "Praktik",
    "Ressourceforloeb",
    "Virksomhed",
    "Virksomhedskontakt",
]
