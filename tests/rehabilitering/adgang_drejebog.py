"""Who gets through to the drejebog, the agreement, the packet and their templates."""

from rehabilitering.models import Drejebogspunkt, Flueben

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
LAESERE = SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"}
REDAKTOERER = {"administrator", "faglig_konsulent"}


def _flueben(sag, bruger):
    punkt = Drejebogspunkt.objects.first()
    flueben = Flueben.objects.create(sag=sag, punkt=punkt, initialer="MK", sat_af=bruger)
    return {"pk": sag.pk, "flueben_pk": flueben.pk}


def _skabelon(sag, bruger):
    return {"navn": "pakke"}


def _tekst(sag, bruger):
    return {"navn": "spoergsmaal", "kode": "lige_nu"}


# The templates are the municipality's, of no case.
_TEKSTER = {"objekt": _skabelon, "sag": False, "roller": REDAKTOERER, "udenfor": None, "opslag": 0}

ADGANG = {
    "rehabilitering:drejebog": {"objekt": "sag", "roller": LAESERE},
    "rehabilitering:drejebog_saet": {"metode": "post", "objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:drejebog_fjern": {
        "metode": "post",
        "objekt": _flueben,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:drejebog_aftale": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:borgerpakke": {"objekt": "sag", "roller": LAESERE},
    "rehabilitering:borgerpakke_pdf": {"objekt": "sag", "roller": LAESERE},
    "rehabilitering:borgerpakke_udlever": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:skabeloner": {"roller": REDAKTOERER},
    "rehabilitering:skabelon": _TEKSTER,
    "rehabilitering:skabelon_ny": _TEKSTER,
    "rehabilitering:skabelon_ret": _TEKSTER | {"objekt": _tekst},
    "rehabilitering:skabelon_flyt": _TEKSTER | {"objekt": _tekst, "metode": "post"},
    "rehabilitering:skabelon_tag_ud": _TEKSTER | {"objekt": _tekst, "metode": "post"},
}
