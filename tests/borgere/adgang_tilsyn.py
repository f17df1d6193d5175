"""Who gets through to the teamleder's oversight and to «opslag i din sag»."""

from ressource.kalender import i_dag
from ressource.models import Opslag, Stikproeve, Stikproevelinje
from tests.factories import BrugerFactory, SaerligadgangFactory

TEAMLEDER = {"teamleder"}
SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def en_stikproeve(sag, bruger):
    proeve = Stikproeve.objects.create(
        team=bruger.team, fra_dato=i_dag(), til_dato=i_dag(), udtaget_af=bruger, antal_opslag=1
    )
    return {"pk": proeve.pk}


def en_linje(sag, bruger):
    opslag = Opslag.objects.create(
        bruger=BrugerFactory(team=bruger.team),
        organisation="kommune",
        handling="se",
        objekt="sag",
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
    )
    linje = Stikproevelinje.objects.create(
        stikproeve_id=en_stikproeve(sag, bruger)["pk"], opslag=opslag
    )
    return {"pk": linje.pk}


# Oversight does not go by the case circle: the teamleder sees who looked, not the case.
ADGANG = {
    "borgere:tilsyn": {"roller": TEAMLEDER, "opslag": 1},
    "borgere:tilsyn_gennemse": {
        "objekt": lambda sag, bruger: {"pk": SaerligadgangFactory(sag=sag).pk},
        "roller": TEAMLEDER,
        "udenfor": 200,
        "inhabil": 404,
    },
    "borgere:stikproeve_liste": {"roller": TEAMLEDER},
    "borgere:stikproeve_ny": {"roller": TEAMLEDER},
    "borgere:stikproeve": {
        "objekt": en_stikproeve,
        "roller": TEAMLEDER,
        "udenfor": 200,
        "sag": False,
    },
    "borgere:stikproevelinje": {"objekt": en_linje, "roller": TEAMLEDER, "udenfor": 200},
    "borgere:opslag_i_sagen": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "borgere:opslag_udskrift": {"objekt": "sag", "roller": SAGSBEHANDLERE},
}
