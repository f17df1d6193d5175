"""Who gets through to moves, series and the mentor's answers, written out by hand."""

from borgere.models import Fase
from opfoelgning.models import Opfoelgningsserie
from tests.factories import OpfoelgningsmoedeFactory
from tests.opfoelgning.adgang import SAGSBEHANDLERE, et_moede


def en_serie(sag, bruger):
    return {"pk": Opfoelgningsserie.objects.create(sag=sag, uger=6, oprettet_af=bruger).pk}


def et_aftalt_moede(sag, bruger):
    OpfoelgningsmoedeFactory(sag=sag)
    return {"pk": sag.pk}


ADGANG = {
    "opfoelgning:moede_flyt": {"objekt": et_moede, "fase": Fase.PLAN, "roller": SAGSBEHANDLERE},
    "opfoelgning:serie_ny": {"objekt": "sag", "fase": Fase.PLAN, "roller": SAGSBEHANDLERE},
    "opfoelgning:serie_aflys": {"objekt": en_serie, "fase": Fase.PLAN, "roller": SAGSBEHANDLERE},
    "opfoelgning:mentorsvar": {
        "objekt": et_aftalt_moede,
        "fase": Fase.PLAN,
        "roller": {"mentor"},
    },
}
