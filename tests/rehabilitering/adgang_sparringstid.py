"""Who gets through to the addresses for laying out slots, written out by hand."""

from datetime import date, time, timedelta

from rehabilitering.models import Fravaer, Sparringsserie
from ressource.kalender import i_dag
from ressource.models import Lukkedag
from tests.factories import BrugerFactory, SparringstidFactory, klokken

UDGIVERE = {"moedekoordinator"}


def _tid(sag, bruger):
    return {"pk": SparringstidFactory().pk}


def _serie(sag, bruger):
    koordinator = BrugerFactory(roller=["sundhedskoordinator"])
    serie = Sparringsserie.objects.create(
        sundhedskoordinator=koordinator,
        ugedage=[0],
        fra_kl=time(9),
        til_kl=time(10),
        minutter=30,
        fra_dato=date(2026, 1, 5),
        til_dato=date(2026, 6, 1),
        sted="Video",
        oprettet_af=koordinator,
    )
    return {"pk": serie.pk}


def _fravaer(sag, bruger):
    koordinator = BrugerFactory(roller=["sundhedskoordinator"])
    start = klokken(i_dag() + timedelta(days=3))
    fravaer = Fravaer.objects.create(
        bruger=koordinator, start=start, slut=start + timedelta(hours=3), oprettet_af=koordinator
    )
    return {"pk": fravaer.pk}


def _lukkedag(sag, bruger):
    dag = Lukkedag.objects.create(dato=i_dag() + timedelta(days=3), aarsag="flytning")
    return {"pk": dag.pk}


def _side(objekt, status=200):
    """A page about something that belongs to no case."""
    return {"objekt": objekt, "roller": UDGIVERE, "udenfor": status, "opslag": 0, "sag": False}


def _post(objekt, status=302):
    """A POST upon something that belongs to no case."""
    return _side(objekt, status) | {"metode": "post"}


ADGANG = {
    "rehabilitering:sparring_udgiv_kladder": {"metode": "post", "roller": UDGIVERE},
    "rehabilitering:sparring_flyt_tid": _side(_tid),
    "rehabilitering:sparring_serier": {"roller": UDGIVERE},
    "rehabilitering:sparring_serie_ny": {"roller": UDGIVERE},
    "rehabilitering:sparring_serie": _side(_serie),
    "rehabilitering:sparring_serie_udgiv": _post(_serie),
    "rehabilitering:sparring_serie_undtag": _post(_serie, 422),
    "rehabilitering:sparring_serie_saet_ind": _post(_serie),
    "rehabilitering:sparring_serie_slut": _post(_serie, 422),
    "rehabilitering:sparring_fravaer": {"roller": UDGIVERE},
    "rehabilitering:sparring_fravaer_slet": _post(_fravaer),
    "rehabilitering:sparring_ramte": {"roller": UDGIVERE},
    "rehabilitering:lukkedage": {"roller": UDGIVERE | {"administrator"}},
    "rehabilitering:lukkedag_slet": _post(_lukkedag) | {"roller": UDGIVERE | {"administrator"}},
}
