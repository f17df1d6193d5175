"""Who gets through to the addresses of answers put into the forberedende del."""

from rehabilitering.models import Svarindsaettelse
from tests.factories import ForberedendeDelFactory
from tests.rehabilitering.svardata import besvaret

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _svar(sag, bruger):
    return {"pk": sag.pk, "booking_pk": besvaret(sag).pk}


def _indsat(sag, bruger):
    del_ = sag.forberedende_dele.first() or ForberedendeDelFactory(sag=sag)
    indsat = Svarindsaettelse.objects.create(
        booking=besvaret(sag), forberedende_del=del_, kode="helbred", indsat_af=bruger
    )
    return {"pk": sag.pk, "indsat_pk": indsat.pk}


ADGANG = {
    "rehabilitering:svar_indsaet": {
        "metode": "post",
        "objekt": _svar,
        "roller": SAGSBEHANDLERE,
        "data": {"afsnit": "helbred"},
    },
    "rehabilitering:svar_fjern": {"metode": "post", "objekt": _indsat, "roller": SAGSBEHANDLERE},
}
