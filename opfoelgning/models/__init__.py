"""Follow-up meetings, derived deadlines and reminders."""

from opfoelgning.models.frist import Frist, Fristregel, Paamindelse, Tilstand
from opfoelgning.models.moede import Opfoelgningsmoede, Opfoelgningspunkt

__all__ = [
    "Frist",
    "Fristregel",
    "Opfoelgningsmoede",
    "Opfoelgningspunkt",
    "Paamindelse",
    "Tilstand",
]
