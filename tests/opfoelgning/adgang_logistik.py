"""Who gets through to the tasks, the eftermøde and the citizen's paper."""

from borgere.models import Fase
from tests.factories import FristFactory, OpgaveFactory
from tests.opfoelgning.sager import indstil

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
UDFOERERE = SAGSBEHANDLERE | {"mentor", "virksomhedskonsulent"}


def en_indstilling(sag, bruger):
    indstil(sag, 1)
    return {"pk": sag.pk}


def en_opgave(sag, bruger):
    """The visitor's own, as its deadline says."""
    opgave = OpgaveFactory(indstilling=indstil(sag, 1), bruger=bruger)
    FristFactory(
        sag=sag,
        regel__kode="OPGAVE",
        kode="OPGAVE",
        anker_type="opgave",
        anker_id=opgave.pk,
        ejer=bruger,
    )
    return {"pk": opgave.pk}


def _i_sagen(roller, metode="get", objekt=en_indstilling):
    return {"metode": metode, "objekt": objekt, "fase": Fase.AFGOERELSE, "roller": roller}


ADGANG = {
    "opfoelgning:opgaver": _i_sagen(UDFOERERE | {"teamleder"}),
    "opfoelgning:opgave_ny": _i_sagen(SAGSBEHANDLERE),
    "opfoelgning:opgave_ret": _i_sagen(SAGSBEHANDLERE, objekt=en_opgave),
    "opfoelgning:opgave_bortfald": _i_sagen(SAGSBEHANDLERE, "post", en_opgave),
    "opfoelgning:opgave_gjort": _i_sagen(UDFOERERE, "post", en_opgave),
    "opfoelgning:opgave_aabn": _i_sagen(UDFOERERE, "post", en_opgave),
    "opfoelgning:eftermoede": _i_sagen(SAGSBEHANDLERE),
    "opfoelgning:eftermoede_aabn": _i_sagen(SAGSBEHANDLERE, "post"),
    "opfoelgning:hvem_goer_hvad": _i_sagen(SAGSBEHANDLERE | {"teamleder"}),
    "opfoelgning:hvem_goer_hvad_pdf": _i_sagen(SAGSBEHANDLERE | {"teamleder"}),
    "opfoelgning:hvem_goer_hvad_udlever": _i_sagen(SAGSBEHANDLERE, "post"),
}
