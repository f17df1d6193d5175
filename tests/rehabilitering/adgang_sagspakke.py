"""Who gets through to the addresses of case packages, written out by hand."""

from borgere.models import Fase
from ressource.kalender import i_dag
from tests.factories import DagsordenspunktFactory, SagspakkeFactory

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


def punkt(sag, bruger):
    """The case's item on an agenda of today."""
    findes = sag.dagsordenspunkter.first()
    return {"pk": (findes or DagsordenspunktFactory(sag=sag, moede__dato=i_dag())).pk}


def moede(sag, bruger):
    """A meeting with the case on its agenda."""
    return {"pk": sag.dagsordenspunkter.model.objects.get(pk=punkt(sag, bruger)["pk"]).moede_id}


def pakke(sag, bruger):
    """The case's published package; `bruger` stands for everybody who sits in the meeting."""
    pk = punkt(sag, bruger)["pk"]
    fundet = sag.dagsordenspunkter.get(pk=pk)
    fundet.moede.deltagere.get_or_create(bruger=bruger, defaults={"fagomraade": "social"})
    return {"pk": (fundet.pakker.gaeldende().first() or SagspakkeFactory(punkt=fundet)).pk}


ADGANG = {
    "rehabilitering:sagspakker": {
        # Of several cases, or of none.
        "sag": False,
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM | {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:sagspakker_send": {
        "sag": False,
        "metode": "post",
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:sagspakke_udgiv": {
        "metode": "post",
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | {"moedekoordinator"},
        # The mødekoordinator plans all meetings; others outside the case get 404.
        "udenfor": None,
    },
    "rehabilitering:sagspakke_traek": {
        # Nothing to take back is answered with the whole list.
        "sag": "afvist",
        "metode": "post",
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | {"moedekoordinator"},
        # The mødekoordinator plans all meetings; others outside the case get 404.
        "udenfor": None,
    },
    "rehabilitering:sagspakke_sag": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:sagspakke_kladde": {
        "objekt": lambda sag, bruger: {"pk": punkt(sag, bruger) and sag.pk},
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:sagspakke": {
        "objekt": pakke,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM,
    },
}
