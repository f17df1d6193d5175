"""The ressourceforløb and its plan."""

from indsatsplan.models.forloeb import Ressourceforloeb
from indsatsplan.models.plan import Indsats, Indsatsplan, Maal

__all__ = ["Indsats", "Indsatsplan", "Maal", "Ressourceforloeb"]
