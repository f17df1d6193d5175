"""What is typed about follow-ups, and the lists' filters, by subject."""

from opfoelgning.forms.aftale import (
    AflysForm,
    AftalForm,
    FlytForm,
    SerieForm,
    UdeblevForm,
    placer_fejl,
)
from opfoelgning.forms.arbejdsliste import ArbejdslisteForm, SamtalevalgForm
from opfoelgning.forms.moede import MoedeForm, startvaerdier

__all__ = [
    "AflysForm",
    "AftalForm",
    "ArbejdslisteForm",
    "FlytForm",
    "MoedeForm",
    "SamtalevalgForm",
    "SerieForm",
    "UdeblevForm",
    "placer_fejl",
    "startvaerdier",
]
