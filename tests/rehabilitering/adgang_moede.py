"""Who gets through to the addresses of meetings, indstilling and afgørelse, written out by hand."""

from borgere.models import Fase
from ressource.kalender import i_dag
from tests.factories import DagsordenspunktFactory, IndstillingFactory, MoededeltagerFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
TEAM = {
    "teammedlem",
    "moedeleder",
    "sundhedskoordinator",
    "virksomhedskonsulent",
    "familieafdeling",
    "uddannelsesvejleder",
    "faglig_konsulent",
}


def moede(sag, bruger):
    """A meeting with the case on its agenda."""
    punkt = sag.dagsordenspunkter.first() or DagsordenspunktFactory(sag=sag)
    return {"pk": punkt.moede_id}


def punkt(sag, bruger):
    """The case's item on an agenda of today."""
    findes = sag.dagsordenspunkter.first()
    return {"pk": (findes or DagsordenspunktFactory(sag=sag, moede__dato=i_dag())).pk}


def deltager(sag, bruger):
    """Somebody who sits in a meeting."""
    return {"pk": MoededeltagerFactory().pk}


ADGANG = {
    "rehabilitering:moede_liste": {"roller": SAGSBEHANDLERE | TEAM | {"moedekoordinator"}},
    "rehabilitering:moede_ny": {"roller": {"moedekoordinator"}},
    "rehabilitering:moede": {
        # Of several cases, or of none.
        "sag": False,
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM | {"moedekoordinator"},
        # The mødekoordinator plans all meetings; others outside the case get 404.
        "udenfor": None,
    },
    "rehabilitering:moede_saet_paa": {
        "sag": False,
        "metode": "post",
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_deltager_ny": {
        "sag": False,
        "metode": "post",
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_deltager_fjern": {
        "sag": False,
        "metode": "post",
        "objekt": deltager,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_punkt_flyt": {
        # A move that cannot be made is answered with the whole agenda.
        "sag": "afvist",
        "metode": "post",
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_punkt_tag_af": {
        "metode": "post",
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:live": {
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM,
    },
    "rehabilitering:live_nyt": {
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM,
    },
    "rehabilitering:sag_moede": {"objekt": "sag", "roller": SAGSBEHANDLERE | TEAM | {"teamleder"}},
    "rehabilitering:indstilling_brev": {
        "metode": "post",
        "objekt": lambda sag, bruger: {"pk": IndstillingFactory(punkt__sag=sag, afsluttet=True).pk},
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:afgoerelse": {"objekt": "sag", "roller": SAGSBEHANDLERE | {"teamleder"}},
}
