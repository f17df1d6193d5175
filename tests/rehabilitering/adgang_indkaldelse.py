"""Who gets through to the addresses of calls to a meeting, written out by hand."""

from borgere.models import Fase
from ressource.kalender import i_dag
from tests.factories import DagsordenspunktFactory, IndkaldelseFactory, PunktdeltagerFactory

ROLLER = {"sagsbehandler", "koordinerende", "moedekoordinator"}


def punkt(sag, bruger):
    """The case's item on an agenda of today."""
    findes = sag.dagsordenspunkter.first()
    return {"pk": (findes or DagsordenspunktFactory(sag=sag, moede__dato=i_dag())).pk}


def deltager(sag, bruger):
    """The citizen's place at the case's turn, called once."""
    fundet = sag.dagsordenspunkter.model.objects.get(pk=punkt(sag, bruger)["pk"])
    paa = fundet.deltagere.filter(art="borger").first() or PunktdeltagerFactory(punkt=fundet)
    if not paa.indkaldelser.exists():
        IndkaldelseFactory(deltager=paa, nr=1)
    return {"pk": paa.pk}


# The mødekoordinator plans all meetings; others outside the case get 404.
_FAELLES = {"fase": Fase.MOEDE, "roller": ROLLER, "udenfor": None}

ADGANG = {
    "rehabilitering:indkaldelser": _FAELLES | {"objekt": punkt},
    "rehabilitering:indkaldelser_foreslaaede": _FAELLES | {"objekt": punkt, "metode": "post"},
    "rehabilitering:indkald": _FAELLES | {"objekt": deltager},
    "rehabilitering:indkald_svar": _FAELLES | {"objekt": deltager},
    # The case is still on its agenda, which the Overblik says.
    "rehabilitering:moede_underret": {
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "objekt": punkt,
        "metode": "post",
        "udenfor": None,
    },
    # The citizen has always a place: it is refused with the list.
    "rehabilitering:indkald_fjern": _FAELLES
    | {"objekt": deltager, "metode": "post", "sag": "afvist"},
}
