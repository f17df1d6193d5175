"""Screening, preparation, health questions, the team meeting, its recommendation, the decision."""

from rehabilitering.models.afgoerelse import Afgoerelse
from rehabilitering.models.forberedelse import (
    ForberedendeAfsnit,
    ForberedendeDel,
    Kvalitetssikring,
    Laegeattest,
)
from rehabilitering.models.indstilling import Indstilling, Indstillingslinje
from rehabilitering.models.katalog import Indsatstype, Maalart, Omraade, Udfald
from rehabilitering.models.moede import Dagsordenspunkt, Moededeltager, Teammoede
from rehabilitering.models.screening import Screeningsnotat
from rehabilitering.models.sparring import Sparringsbooking, Sparringsspoergsmaal, Sparringstid

__all__ = [
    "Afgoerelse",
    "Dagsordenspunkt",
    "ForberedendeAfsnit",
    "ForberedendeDel",
    "Indsatstype",
    "Indstilling",
    "Indstillingslinje",
    "Kvalitetssikring",
    "Laegeattest",
    "Maalart",
    "Moededeltager",
    "Omraade",
    "Screeningsnotat",
    "Sparringsbooking",
    "Sparringsspoergsmaal",
    "Sparringstid",
    "Teammoede",
    "Udfald",
]
