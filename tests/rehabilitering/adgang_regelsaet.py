"""Who gets through to the rule sets, and to going round their last day for a forløb."""

from ressource.kalender import i_dag
from ressource.models import Regelsaet, Regelsaetversion
from tests.factories import RegelfravigelseFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _ventende(sag, bruger):
    version, _ = Regelsaetversion.objects.get_or_create(
        regelsaet=Regelsaet.objects.get(kode="R2013"),
        gennemfoert_den=None,
        annulleret_den=None,
        defaults={
            "nr": Regelsaetversion.objects.count() + 2,
            "art": "rettelse",
            "indhold": {},
            "begrundelse": "Ny lov.",
            "gaelder_fra": i_dag(),
        },
    )
    return {"pk": version.pk}


def _r2022(sag, bruger):
    return {"kode": "R2022"}


# The rule sets are the municipality's, of no case.
_REGLER = {
    "objekt": _r2022,
    "sag": False,
    "roller": {"administrator"},
    "udenfor": None,
    "opslag": 0,
}

ADGANG = {
    "rehabilitering:regelsaet_liste": {"roller": {"administrator"}},
    "rehabilitering:regelsaet": _REGLER,
    "rehabilitering:regelsaet_ret": _REGLER,
    "rehabilitering:regelsaet_ikraft": _REGLER,
    "rehabilitering:regelsaet_annuller": _REGLER | {"objekt": _ventende, "metode": "post"},
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
