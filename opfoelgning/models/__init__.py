"""Follow-up meetings, derived deadlines, reminders, progression and who does what when."""

from opfoelgning.models.frist import Frist, Fristregel, Tilstand
from opfoelgning.models.logistik import Eftermoede, Hvem, Logistiktrin, Opgave
from opfoelgning.models.moede import (
    Mentorsvar,
    Opfoelgningsmoede,
    Opfoelgningspunkt,
    Opfoelgningsserie,
)
from opfoelgning.models.paamindelse import Paamindelse, Paamindelsesvalg
from opfoelgning.models.progression import (
    Progressionsindikator,
    Progressionskatalog,
    Progressionsmaaling,
    Progressionstrin,
    SmaatSkridt,
)

__all__ = [
    "Eftermoede",
    "Frist",
    "Fristregel",
    "Hvem",
    "Logistiktrin",
    "Mentorsvar",
    "Opfoelgningsmoede",
    "Opfoelgningspunkt",
    "Opfoelgningsserie",
    "Opgave",
    "Paamindelse",
    "Paamindelsesvalg",
    "Progressionsindikator",
    "Progressionskatalog",
    "Progressionsmaaling",
    "Progressionstrin",
    "SmaatSkridt",
    "Tilstand",
]
