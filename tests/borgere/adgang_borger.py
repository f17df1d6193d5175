"""Who gets through to the citizen's numbers, the search and the register of practices."""

from tests.factories import LaegepraksisFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
LAESERE = SAGSBEHANDLERE | {"teamleder"}


def en_praksis(sag, bruger):
    return {"pk": LaegepraksisFactory().pk}


ADGANG = {
    "borgere:personnumre": {
        "metode": "post",
        "objekt": "sag",
        "roller": LAESERE | {"faglig_konsulent"},
    },
    "borgere:personnummer_nyt": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "borgere:soeg": {
        "metode": "post",
        "data": {"q": "skov"},
        "roller": LAESERE | {"faglig_konsulent", "moedeleder", "teammedlem"},
        "opslag": 1,
    },
    "borgere:laegepraksis_liste": {"roller": {"administrator"}},
    "borgere:laegepraksis_ny": {"roller": {"administrator"}},
    # A practice is of no case and of no citizen: nothing to be outside of, nothing to log.
    "borgere:laegepraksis_ret": {
        "objekt": en_praksis,
        "roller": {"administrator"},
        "udenfor": None,
        "opslag": 0,
        "sag": False,
    },
}
