"""Who gets through to the addresses of sparring, written out by hand."""

from tests.factories import SparringsbookingFactory, SparringstidFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _tid(sag, bruger):
    return {"pk": SparringstidFactory().pk}


def _booking(sag, bruger):
    tid = SparringstidFactory(sundhedskoordinator=bruger)
    return {"pk": SparringsbookingFactory(tid=tid, sag=sag, booket_af=bruger).pk}


ADGANG = {
    "rehabilitering:sparring": {
        "roller": SAGSBEHANDLERE | {"moedekoordinator", "sundhedskoordinator"},
        # The mødekoordinator sees slots and no names.
        "opslag": SAGSBEHANDLERE | {"sundhedskoordinator"},
    },
    "rehabilitering:sparring_udgiv": {"roller": {"moedekoordinator"}},
    "rehabilitering:sparring_samtykke": {"roller": SAGSBEHANDLERE},
    "rehabilitering:sparring_book": {
        "metode": "post",
        "objekt": _tid,
        "roller": SAGSBEHANDLERE,
        # Anybody who may book sees the slots; the case is chosen in the form.
        "udenfor": 422,
        "sag": False,
    },
    "rehabilitering:sparring_tag_tilbage": {
        "metode": "post",
        "objekt": _tid,
        "roller": {"moedekoordinator"},
        "udenfor": 302,
        "sag": False,
    },
    "rehabilitering:sparring_svar": {
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"sundhedskoordinator"},
    },
    "rehabilitering:sparring_aflys": {
        "metode": "post",
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"moedekoordinator"},
        # The mødekoordinator cancels without being in the case circle.
        "udenfor": None,
    },
}
