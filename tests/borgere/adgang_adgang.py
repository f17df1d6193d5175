"""Who gets through to the pages on access itself."""

from borgere.models import Tildeling
from ressource.models import Stedfortraeder
from tests.factories import BrugerFactory, InhabilitetFactory, TildelingFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
LAESERE = SAGSBEHANDLERE | {"teamleder"}
TEAM = {
    "teammedlem",
    "moedeleder",
    "sundhedskoordinator",
    "virksomhedskonsulent",
    "familieafdeling",
    "uddannelsesvejleder",
    "faglig_konsulent",
}
HAR_VIKAR = LAESERE | (TEAM - {"sundhedskoordinator"}) | {"moedekoordinator"}


def en_tildeling(sag, bruger):
    return {"pk": TildelingFactory(sag=sag, art=Tildeling.Art.MENTOR).pk}


def en_inhabil_i_teamet(sag, bruger):
    kollega = BrugerFactory(team=bruger.team)
    return {"pk": InhabilitetFactory(borger=sag.borger, bruger=kollega).pk}


def et_vikariat(sag, bruger):
    return {"pk": Stedfortraeder.objects.create(for_bruger=bruger, vikar=BrugerFactory()).pk}


ADGANG = {
    "borgere:noedadgang": {"roller": LAESERE | {"faglig_konsulent"}},
    # In the circle it leads to the case; outside, only those with something behind the gate.
    "borgere:beskyttet": {"objekt": "sag", "roller": LAESERE | TEAM, "udenfor": None},
    "borgere:kreds": {"objekt": "sag", "roller": LAESERE | {"faglig_konsulent"}},
    "borgere:inhabil": {"objekt": "sag", "roller": LAESERE | TEAM | {"mentor"}},
    "borgere:tildeling_afslut": {
        "metode": "post",
        "objekt": en_tildeling,
        "roller": SAGSBEHANDLERE,
        "noedadgang": 403,
    },
    "borgere:inhabilitet": {"roller": {"teamleder"}, "opslag": 1},
    "borgere:inhabilitet_ophaev": {
        "metode": "post",
        "objekt": en_inhabil_i_teamet,
        "roller": {"teamleder"},
        "udenfor": None,
        "sag": False,
    },
    "borgere:stedfortraedere": {"roller": HAR_VIKAR},
    "borgere:stedfortraeder_afslut": {
        "metode": "post",
        "objekt": et_vikariat,
        "roller": HAR_VIKAR,
        "udenfor": None,
        "sag": False,
    },
    "borgere:adgang": {"roller": {"administrator"}},
    "borgere:adgang_matrix": {"roller": {"administrator"}},
}
