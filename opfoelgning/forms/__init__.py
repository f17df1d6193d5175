"""What is typed about follow-ups, and the lists' filters, by subject."""

from opfoelgning.forms.arbejdsliste import ArbejdslisteForm
from opfoelgning.forms.moede import AftalForm, MoedeForm, placer_fejl, startvaerdier

__all__ = ["AftalForm", "ArbejdslisteForm", "MoedeForm", "placer_fejl", "startvaerdier"]
