"""Screening, preparation, health questions, the team meeting, its recommendation, the decision."""

from rehabilitering.models.afgoerelse import Afgoerelse, Partshoering
from rehabilitering.models.brevskabelon import Brevskabelon, Tekststykke
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
from rehabilitering.models.fravigelse import Regelfravigelse, Screeningsfravigelse
from rehabilitering.models.indkaldelse import Indkaldelse, Punktdeltager
from rehabilitering.models.indstilling import (
    Indstilling,
    Indstillingslinje,
    Indstillingsudlevering,
    Indstillingsversion,
    Sidelagtindstilling,
)
from rehabilitering.models.katalog import Indsatstype, Maalart, Omraade, Udfald
from rehabilitering.models.klage import Klage
from rehabilitering.models.kvalitetssikring import Kvalitetssikring
from rehabilitering.models.laegeattest import Laegeattest, Laegeattestrykker
from rehabilitering.models.moede import (
    Dagsordenspunkt,
    Fagomraade,
    Fastmedlem,
    Fremmoedeform,
    Kravbegrundelse,
    Moededeltager,
    Moedepause,
    Moedeserie,
    Teammoede,
)
from rehabilitering.models.moedenote import Moedenote
from rehabilitering.models.sagspakke import Sagspakke, Sagspakkeudgave
from rehabilitering.models.samtale import Samtale
from rehabilitering.models.screening import Screeningsnotat
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
    "Brevskabelon",
    "Dagsordenspunkt",
    "Drejebogspunkt",
    "Fagomraade",
    "Fastmedlem",
    "Flueben",
    "Forberedelsesversion",
    "ForberedendeAfsnit",
    "ForberedendeDel",
    "Fravaer",
    "Fremmoedeform",
    "Indkaldelse",
    "Indsatstype",
    "Indstilling",
    "Indstillingslinje",
    "Indstillingsudlevering",
    "Indstillingsversion",
    "Klage",
    "Kravbegrundelse",
    "Kvalitetssikring",
    "Laegeattest",
    "Laegeattestrykker",
    "Maalart",
    "Moededeltager",
    "Moedeforberedelse",
    "Moedenote",
    "Moedepause",
    "Moedeserie",
    "Omraade",
    "Pakketekst",
    "Pakkeudlevering",
    "Partshoering",
    "Punktdeltager",
    "Regelfravigelse",
    "Sagspakke",
    "Sagspakkeudgave",
    "Samtale",
    "Screeningsfravigelse",
    "Screeningsnotat",
    "Sidelagtindstilling",
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
    "Tekststykke",
    "Udfald",
    "Venteplads",
]
