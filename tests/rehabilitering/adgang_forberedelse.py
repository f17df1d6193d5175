"""Who gets through to screening, preparation, certificate and quality assurance."""

from django.utils import timezone

from tests.factories import (
    KvalitetssikringFactory,
    LaegeattestFactory,
    ScreeningsnotatFactory,
)

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
KONSULENT = {"faglig_konsulent"}
LAESERE = SAGSBEHANDLERE | {
    "faglig_konsulent",
    "teammedlem",
    "moedeleder",
    "sundhedskoordinator",
    "familieafdeling",
}


def _notat(sag, bruger):
    ScreeningsnotatFactory(sag=sag, indsendt_den=timezone.now())
    return {"pk": sag.pk}


def _attest(sag, bruger):
    return {"pk": sag.pk, "attest_pk": LaegeattestFactory(sag=sag).pk}


def _dom(sag, bruger):
    KvalitetssikringFactory(sag=sag)
    return {"pk": sag.pk}


ADGANG = {
    "rehabilitering:screening": {
        "objekt": "sag",
        "fase": "screening",
        "roller": SAGSBEHANDLERE | KONSULENT | {"teamleder"},
    },
    "rehabilitering:screening_afgoer": {
        "metode": "post",
        "objekt": _notat,
        "fase": "screening",
        "roller": KONSULENT,
    },
    "rehabilitering:forberedende_del": {"objekt": "sag", "roller": LAESERE | {"teamleder"}},
    "rehabilitering:forberedende_begynd": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:forberedende_gennemgaaet": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:laegeattest": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | KONSULENT | {"teamleder"},
    },
    "rehabilitering:laegeattest_anmod": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:laegeattest_modtag": {
        "metode": "post",
        "objekt": _attest,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:laegeattest_retur": {
        "metode": "post",
        "objekt": _attest,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:kvalitetssikring": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | KONSULENT | {"teamleder"},
    },
    "rehabilitering:kvalitetssikring_indsend": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:kvalitetssikring_afgoer": {
        "metode": "post",
        "objekt": _dom,
        "fase": "kvalitetssikring",
        "roller": KONSULENT,
    },
}
