"""Who gets through to each address of the app, written out by hand: the matrix is what is tested."""

from datetime import date, timedelta

from noegletal.frysning import frys
from ressource.kalender import i_dag

LAESERE = {
    "sagsbehandler",
    "koordinerende",
    "faglig_konsulent",
    "teamleder",
    "leder",
    "teammedlem",
    "sundhedskoordinator",
}


def _sidste_maaned() -> date:
    return (i_dag().replace(day=1) - timedelta(days=1)).replace(day=1)


ADGANG = {
    "noegletal:dashboard": {"roller": LAESERE},
    # Aggregates only: whoever may read the figures may read them frozen.
    "noegletal:rapport": {
        "roller": LAESERE,
        "objekt": lambda sag, bruger: {"pk": frys(_sidste_maaned()).pk},
        "udenfor": None,
        "opslag": 0,
        "sag": False,
    },
}
