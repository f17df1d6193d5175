"""The network in short, for the page about the citizen: who, and what holds today."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from borgere.models import Borger
from ressource.kalender import i_dag

# A consent that ends within these days is shown as about to end, so that a new one can be asked for.
UDLOEBER_SNART = timedelta(days=30)


def kort(borger: Borger) -> dict[str, Any]:
    """Context of `borgere/_netvaerk_kort.html`. Four statements, whatever the rows."""
    dato = i_dag()
    gaeldende = borger.samtykker.gaeldende(dato)
    return {
        "netvaerk": list(borger.netvaerk.nuvaerende()),
        "fuldmagter": list(borger.fuldmagter.gaeldende(dato)),
        "bisiddere": list(borger.bisiddere.gaeldende(dato)),
        "samtykker": gaeldende.aggregate(
            antal=Count("pk"),
            snart=Count("pk", filter=Q(til_dato__lte=dato + UDLOEBER_SNART)),
        ),
    }
