"""The ressourceforløb and its plan."""

from indsatsplan.models.forloeb import Ressourceforloeb
from indsatsplan.models.plan import Indsats, Indsatsplan, Maal
from indsatsplan.models.svar import Plansvar

__all__ = ["Indsats", "Indsatsplan", "Maal", "Plansvar", "Ressourceforloeb"]
