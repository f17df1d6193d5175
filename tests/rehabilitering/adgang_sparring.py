"""Who gets through to the addresses of sparring, written out by hand."""

from datetime import timedelta

from django.utils import timezone

from rehabilitering.models import Sparringstilbud, Venteplads
from ressource.kalender import i_dag
from tests.factories import SparringsbookingFactory, SparringstidFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _tid(sag, bruger):
    return {"pk": SparringstidFactory().pk}


def _booking(sag, bruger):
    # Nobody sits on both sides of the table.
    if bruger.har_rolle("sundhedskoordinator"):
        felter = {"tid": SparringstidFactory(sundhedskoordinator=bruger)}
    else:
        felter = {"booket_af": bruger}
    return {"pk": SparringsbookingFactory(sag=sag, **felter).pk}


def _plads(sag, bruger):
    plads = Venteplads.objects.create(
        sag=sag,
        sagsbehandler=bruger,
        fra_dato=i_dag(),
        til_dato=i_dag() + timedelta(days=14),
        eget_spoergsmaal="Larm?",
    )
    return {"pk": plads.pk}


def _tilbud(sag, bruger):
    nu = timezone.now()
    tilbud = Sparringstilbud.objects.create(
        tid=SparringstidFactory(),
        venteplads_id=_plads(sag, bruger)["pk"],
        tilbudt_den=nu,
        udloeber_den=nu + timedelta(hours=24),
    )
    return {"pk": tilbud.pk}


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
    "rehabilitering:sparring_sag": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE,
        # A booking lets the region in for longer than the hours.
        "noedadgang": 403,
    },
    "rehabilitering:sparring_kollega": {
        "metode": "post",
        "objekt": _tid,
        "roller": {"moedekoordinator"},
        # Sent back to choose a colleague first.
        "udenfor": 302,
        "sag": False,
    },
    "rehabilitering:sparring_aflys": {
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"moedekoordinator"},
        # The mødekoordinator cancels and moves without being in the case circle, and sees no name.
        "udenfor": None,
        "opslag": SAGSBEHANDLERE,
    },
    "rehabilitering:sparring_flyt": {
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"moedekoordinator"},
        "udenfor": None,
        "opslag": SAGSBEHANDLERE,
    },
    "rehabilitering:sparring_spoergsmaal": {"objekt": _booking, "roller": SAGSBEHANDLERE},
    "rehabilitering:sparring_udeblevet": {
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"sundhedskoordinator"},
    },
    "rehabilitering:sparring_kom": {
        "metode": "post",
        "objekt": _booking,
        "roller": SAGSBEHANDLERE | {"sundhedskoordinator"},
    },
    "rehabilitering:venteliste_ny": {"roller": SAGSBEHANDLERE, "opslag": 1},
    "rehabilitering:venteliste_frameld": {
        "metode": "post",
        "objekt": _plads,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:venteliste_tilbyd": {
        "objekt": _plads,
        "roller": {"moedekoordinator"},
        # By number alone, and without being in the case circle.
        "udenfor": 200,
        "opslag": 0,
        "sag": "afvist",
    },
    "rehabilitering:sparringstilbud": {"objekt": _tilbud, "roller": SAGSBEHANDLERE},
}
