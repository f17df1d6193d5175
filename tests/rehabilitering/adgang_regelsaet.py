"""Who gets through to the rule sets, and to going round their last day for a forløb."""

from tests.factories import RegelfravigelseFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}

ADGANG = {
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
