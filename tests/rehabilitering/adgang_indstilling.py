"""Who gets through to the addresses of a finalised indstilling, written out by hand."""

from borgere.models import Fase
from tests.factories import IndstillingFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
TEAM = {
    "teammedlem",
    "moedeleder",
    "sundhedskoordinator",
    "virksomhedskonsulent",
    "familieafdeling",
    "uddannelsesvejleder",
    "faglig_konsulent",
}


def afsluttet(sag, bruger):
    """The case's finalised indstilling, from a meeting that the user chaired."""
    findes = sag.indstillinger.first() or IndstillingFactory(punkt__sag=sag, afsluttet=True)
    type(findes.punkt.moede).objects.filter(pk=findes.punkt.moede_id).update(moedeleder=bruger)
    return {"pk": findes.pk}


ADGANG = {
    "rehabilitering:indstilling_versioner": {
        "objekt": afsluttet,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE | TEAM | {"teamleder"},
    },
    "rehabilitering:indstilling_ret": {
        "objekt": afsluttet,
        "fase": Fase.AFGOERELSE,
        "roller": {"moedeleder"},
    },
    "rehabilitering:indstilling_udlever": {
        "objekt": afsluttet,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE,
    },
}
