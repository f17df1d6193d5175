"""Who gets through to the addresses of decisions and hearings, written out by hand."""

from borgere.models import Fase
from tests.factories import AfgoerelseFactory, PartshoeringFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def afgoerelse(sag, bruger):
    """A draft of the case."""
    findes = sag.afgoerelser.first()
    return {"pk": (findes or AfgoerelseFactory(indstilling__punkt__sag=sag)).pk}


def partshoering(sag, bruger):
    """A hearing that waits for an answer."""
    return {
        "pk": PartshoeringFactory(
            afgoerelse_id=afgoerelse(sag, bruger)["pk"], oprettet_af=bruger
        ).pk
    }


ADGANG = {
    "rehabilitering:afgoerelse_en": {
        "objekt": afgoerelse,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE | {"teamleder"},
    },
    "rehabilitering:afgoerelse_udkast": {
        "objekt": afgoerelse,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE | {"teamleder"},
    },
    "rehabilitering:afgoerelse_uden_moede": {
        "objekt": "sag",
        "fase": Fase.MOEDE,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:partshoering_ny": {
        "objekt": afgoerelse,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:partshoering": {
        "objekt": partshoering,
        "fase": Fase.AFGOERELSE,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:ny_runde": {
        "objekt": "sag",
        "fase": Fase.OPFOELGNING,
        "roller": SAGSBEHANDLERE,
    },
}
