"""Who gets through to progression and to the editor of its questions."""

from borgere.models import Fase
from tests.factories import (
    ProgressionsindikatorFactory,
    ProgressionskatalogFactory,
    SmaatSkridtFactory,
)

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
ADMINISTRATOR = {"administrator"}


def et_skridt(sag, bruger):
    return {"pk": sag.pk, "skridt_pk": SmaatSkridtFactory(sag=sag, skrevet_af=bruger).pk}


def en_kladde(sag, bruger):
    return {"pk": ProgressionskatalogFactory().pk}


def en_indikator(sag, bruger):
    indikator = ProgressionsindikatorFactory()
    return {"pk": indikator.katalog_id, "indikator_pk": indikator.pk}


def _i_sagen(roller, metode="get", objekt="sag"):
    return {"metode": metode, "objekt": objekt, "fase": Fase.OPFOELGNING, "roller": roller}


def _skemaet(metode="get", objekt=None):
    """The questions are the municipality's, of no case."""
    forventet = {"metode": metode, "roller": ADMINISTRATOR}
    if objekt:
        forventet |= {"objekt": objekt, "udenfor": None, "sag": False, "opslag": 0}
    return forventet


ADGANG = {
    "opfoelgning:progression": _i_sagen(SAGSBEHANDLERE | {"teamleder"}),
    "opfoelgning:progression_udskrift": _i_sagen(SAGSBEHANDLERE),
    "opfoelgning:skridt_ny": _i_sagen(SAGSBEHANDLERE, "post"),
    "opfoelgning:skridt_tag_ud": _i_sagen(SAGSBEHANDLERE, "post", et_skridt),
    "opfoelgning:progressionskataloger": _skemaet(),
    "opfoelgning:progressionskatalog_ny": _skemaet("post"),
    "opfoelgning:progressionskatalog": _skemaet(objekt=en_kladde),
    "opfoelgning:progressionskatalog_ret": _skemaet(objekt=en_kladde),
    "opfoelgning:progressionskatalog_udgiv": _skemaet("post", en_kladde),
    "opfoelgning:progressionskatalog_kasser": _skemaet("post", en_kladde),
    "opfoelgning:progressionsindikator_ny": _skemaet(objekt=en_kladde),
    "opfoelgning:progressionsindikator_ret": _skemaet(objekt=en_indikator),
    "opfoelgning:progressionsindikator_flyt": _skemaet("post", en_indikator),
    "opfoelgning:progressionsindikator_fjern": _skemaet("post", en_indikator),
}
