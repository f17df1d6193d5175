"""Who gets through to the addresses of meetings, indstilling and afgørelse, written out by hand."""

from datetime import time

from borgere.models import Fase
from rehabilitering.models import Fastmedlem, Moedepause, Moedeserie
from ressource.kalender import i_dag
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    MoededeltagerFactory,
)

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


def serie(sag, bruger):
    """A series of meetings."""
    leder = BrugerFactory(roller=["moedeleder"])
    return {
        "pk": Moedeserie.objects.create(
            ugedag=3,
            fra_dato=i_dag(),
            til_dato=i_dag(),
            start=time(9),
            slut=time(12),
            sted="Rådhuset",
            moedeleder=leder,
            oprettet_af=leder,
        ).pk
    }


def fast_medlem(sag, bruger):
    """A standing member of a series."""
    fast = Fastmedlem.objects.create(
        serie_id=serie(sag, bruger)["pk"], bruger=BrugerFactory(), fagomraade="social"
    )
    return {"pk": fast.pk}


def pause(sag, bruger):
    """A break on an agenda."""
    return {"pk": Moedepause.objects.create(moede_id=moede(sag, bruger)["pk"], efter_plads=1).pk}


def krav(sag, bruger):
    """Somebody whom the rule set wants at the case."""
    return punkt(sag, bruger) | {"fagomraade": "region"}


def _planlaegning(objekt, *, metode="get", opslag=0):
    """What the mødekoordinator alone may do; all meetings are theirs to plan."""
    return {
        "sag": False,
        "metode": metode,
        "objekt": objekt,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
        "opslag": opslag,
    }


ADGANG = {
    "rehabilitering:moede_serier": {"roller": {"moedekoordinator"}},
    "rehabilitering:moede_serie_ny": {"roller": {"moedekoordinator"}},
    "rehabilitering:moede_serie": _planlaegning(serie),
    "rehabilitering:moede_serie_stop": _planlaegning(serie, metode="post"),
    "rehabilitering:moede_serie_medlem": _planlaegning(fast_medlem),
    "rehabilitering:moede_ret": _planlaegning(moede),
    "rehabilitering:moede_aflys": _planlaegning(moede),
    "rehabilitering:moede_pause_ny": _planlaegning(moede, metode="post", opslag=1),
    "rehabilitering:moede_pause_ret": _planlaegning(pause, metode="post", opslag=1),
    "rehabilitering:moede_deltager_ret": _planlaegning(deltager),
    "rehabilitering:moede_deltager_afbud": _planlaegning(deltager, metode="post", opslag=1),
    "rehabilitering:moede_deltager_traed_ind": _planlaegning(deltager, metode="post", opslag=1),
    "rehabilitering:moede_punkt_ret": {
        "objekt": punkt,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_krav": {
        "objekt": krav,
        "fase": Fase.MOEDE,
        "roller": {"moedekoordinator"},
        "udenfor": None,
    },
    "rehabilitering:moede_dagsorden_pdf": {
        "sag": False,
        "objekt": moede,
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE | TEAM | {"moedekoordinator"},
        "udenfor": None,
    },
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
        # Nothing for those who do not sit in the meeting, as none of these does; the page is logged.
        "opslag": 0,
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
