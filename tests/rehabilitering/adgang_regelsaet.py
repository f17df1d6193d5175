"""Who gets through to the rule sets, and to going round their last day for a forløb."""

from ressource.kalender import i_dag
from ressource.models import Regelsaet, Regelsaetversion
from tests.factories import RegelfravigelseFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}

_R2022 = {"kode": "R2022"}


def _ventende(sag, bruger):
    version = Regelsaetversion.objects.create(
        regelsaet=Regelsaet.objects.get(kode="R2013"),
        nr=2,
        art="rettelse",
        indhold={},
        begrundelse="Ny lov.",
        gaelder_fra=i_dag(),
    )
    return {"pk": version.pk}


ADGANG = {
    "rehabilitering:regelsaet_liste": {"roller": {"administrator"}},
    **{
        f"rehabilitering:{navn}": {
            "objekt": lambda sag, bruger: _R2022,
            "roller": {"administrator"},
        }
        for navn in ("regelsaet", "regelsaet_ret", "regelsaet_ikraft")
    },
    "rehabilitering:regelsaet_annuller": {
        "metode": "post",
        "objekt": _ventende,
        "roller": {"administrator"},
    },
    "rehabilitering:regel_fravig": {
        "objekt": "sag",
        "fase": "afgoerelse",
        "roller": SAGSBEHANDLERE,
    },
    # As with screening: the teamleder answers by the team, with the number and the reason, no more.
    "rehabilitering:regelfravigelse": {
        "objekt": lambda sag, bruger: {"pk": RegelfravigelseFactory(sag=sag).pk},
        "fase": "afgoerelse",
        "roller": {"teamleder"},
        "udenfor": 200,
        "inhabil": 404,
    },
}
