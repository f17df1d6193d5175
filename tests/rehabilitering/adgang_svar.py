"""Who gets through to the addresses of answers put into the forberedende del."""

from rehabilitering.services import svarindsaettelse
from tests.rehabilitering.svardata import besvaret

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _svar(sag, bruger):
    return {"pk": sag.pk, "booking_pk": besvaret(sag).pk}


def _indsat(sag, bruger):
    indsat = svarindsaettelse.indsaet_i_afsnit(besvaret(sag), "helbred", af=bruger)
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
