"""Who gets through to openings without screening and to what happens to a LÆ 265 request."""

from tests.factories import (
    LaegeattestFactory,
    LaegeattestrykkerFactory,
    ScreeningsfravigelseFactory,
)

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _rykker(sag, bruger):
    rykker = LaegeattestrykkerFactory(attest__sag=sag)
    return {"pk": sag.pk, "rykker_pk": rykker.pk}


ADGANG = {
    "rehabilitering:screening_fravig": {
        "objekt": "sag",
        "fase": "screening",
        "roller": SAGSBEHANDLERE,
    },
    # The teamleder answers by the team, not by the case circle: the number and the reason, no more.
    "rehabilitering:screeningsfravigelse": {
        "objekt": lambda sag, bruger: {"pk": ScreeningsfravigelseFactory(sag=sag).pk},
        "fase": "screening",
        "roller": {"teamleder"},
        "udenfor": 200,
        "inhabil": 404,
    },
    "rehabilitering:laegeattest_annuller": {
        "metode": "post",
        "objekt": lambda sag, bruger: {
            "pk": sag.pk,
            "attest_pk": LaegeattestFactory(sag=sag).pk,
        },
        "roller": SAGSBEHANDLERE,
    },
    "rehabilitering:laegerykker_brev": {"objekt": _rykker, "roller": SAGSBEHANDLERE},
    "rehabilitering:laegerykker_send": {
        "metode": "post",
        "objekt": _rykker,
        "roller": SAGSBEHANDLERE,
    },
}
