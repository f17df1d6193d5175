"""Screening, preparation, health questions, the team meeting, its recommendation, the decision."""

from rehabilitering.models.afgoerelse import Afgoerelse
from rehabilitering.models.drejebog import (
    Drejebogspunkt,
    Flueben,
    Moedeforberedelse,
    Pakketekst,
    Pakkeudlevering,
    Teamspoergsmaal,
)
from rehabilitering.models.forberedelse import (
    Forberedelsesversion,
    ForberedendeAfsnit,
    ForberedendeDel,
    Sidelagttekst,
)
from rehabilitering.models.indstilling import Indstilling, Indstillingslinje
from rehabilitering.models.katalog import Indsatstype, Maalart, Omraade, Udfald
from rehabilitering.models.kvalitetssikring import Kvalitetssikring
from rehabilitering.models.laegeattest import Laegeattest, Laegeattestrykker
from rehabilitering.models.moede import Dagsordenspunkt, Moededeltager, Teammoede
from rehabilitering.models.samtale import Samtale
from rehabilitering.models.screening import Screeningsfravigelse, Screeningsnotat
from rehabilitering.models.sparringsbooking import (
    Sparringsbooking,
    Sparringsdeltager,
    Svarindsaettelse,
)
from rehabilitering.models.sparringstid import (
    Fravaer,
    Sparringsserie,
    Sparringsspoergsmaal,
    Sparringstid,
)
from rehabilitering.models.venteliste import Sparringstilbud, Venteplads

__all__ = [
    "Afgoerelse",
    "Dagsordenspunkt",
    "Drejebogspunkt",
    "Flueben",
    "Forberedelsesversion",
    "ForberedendeAfsnit",
    "ForberedendeDel",
    "Fravaer",
    "Indsatstype",
    "Indstilling",
    "Indstillingslinje",
    "Kvalitetssikring",
    "Laegeattest",
    "Laegeattestrykker",
    "Maalart",
    "Moededeltager",
    "Moedeforberedelse",
    "Omraade",
    "Pakketekst",
    "Pakkeudlevering",
    "Samtale",
    "Screeningsfravigelse",
    "Screeningsnotat",
    "Sidelagttekst",
    "Sparringsbooking",
    "Sparringsdeltager",
    "Sparringsserie",
    "Sparringsspoergsmaal",
    "Sparringstid",
    "Sparringstilbud",
    "Svarindsaettelse",
    "Teammoede",
    "Teamspoergsmaal",
    "Udfald",
    "Venteplads",
]
