"""Who gets through to the shared screen, the talks, the versions and the citizen's paper."""

from rehabilitering.models import Forberedelsesversion, Samtale
from rehabilitering.services import forberedelsesversion
from ressource.kalender import i_dag
from tests.factories import ForberedendeDelFactory
from tests.rehabilitering.adgang_forberedelse import LAESERE, SAGSBEHANDLERE

SER = LAESERE | {"teamleder"}


def _del(sag, bruger):
    ForberedendeDelFactory(sag=sag, oprettet_af=bruger)
    return {"pk": sag.pk}


def _samtale(sag, bruger):
    del_ = ForberedendeDelFactory(sag=sag, oprettet_af=bruger)
    samtale = Samtale.objects.create(forberedende_del=del_, dato=i_dag(), foert_af=bruger)
    return {"pk": sag.pk, "samtale_pk": samtale.pk}


def _version(sag, bruger):
    del_ = ForberedendeDelFactory(sag=sag, oprettet_af=bruger)
    version = forberedelsesversion.tag(del_, Forberedelsesversion.Anledning.GEMT, af=bruger)
    return {"pk": sag.pk, "version_pk": version.pk}


ADGANG = {
    "rehabilitering:sammen": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:samtaler": {"objekt": "sag", "roller": SER},
    "rehabilitering:samtale_ny": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:samtale_tag_tilbage": {"objekt": _samtale, "roller": SAGSBEHANDLERE},
    "rehabilitering:forberedende_versioner": {"objekt": "sag", "roller": SER},
    "rehabilitering:forberedende_version_gem": {
        "metode": "post",
        "objekt": _del,
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:forberedende_sammenlign": {
        "objekt": _del,
        "data": {"fra": "nu", "til": "nu"},
        "roller": SER,
    },
    "rehabilitering:forberedende_version_pdf": {"objekt": _version, "roller": SAGSBEHANDLERE},
    "rehabilitering:forberedende_udskriv": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "rehabilitering:forberedende_kladde_pdf": {"objekt": _del, "roller": SAGSBEHANDLERE},
}
