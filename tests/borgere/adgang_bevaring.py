"""Who gets through to archives, to what is to be deleted, and to the rules."""

from datetime import timedelta

from borgere.models import Bevaringsregel, Sletning, Uddrag, Uddragsdel
from ressource.kalender import i_dag
from tests.factories import BrugerFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def et_uddrag(sag, bruger):
    uddrag = Uddrag.objects.create(sag=sag, art="indsigt", bestilt_af=bruger, fejl="Gik galt")
    return {"pk": uddrag.pk}


def et_faerdigt_uddrag(sag, bruger):
    uddrag = Uddrag.objects.create(
        sag=sag,
        art="indsigt",
        bestilt_af=BrugerFactory(),
        faerdig_den="2026-01-01T12:00Z",
        antal_byte=1,
        sha256="0" * 64,
    )
    Uddragsdel.objects.create(uddrag=uddrag, nr=0, indhold=b"x")
    return {"pk": uddrag.pk}


def en_sletning(sag, bruger):
    sag.team = bruger.team
    sag.save(update_fields=["team"])
    sletning = Sletning.objects.create(
        regel=Bevaringsregel.objects.get(gaelder="sag"),
        sag_id=sag.pk,
        sagsnummer=sag.sagsnummer,
        tidligst_dato=i_dag() + timedelta(days=30),
    )
    return {"pk": sletning.pk}


def en_regel(sag, bruger):
    return {"pk": Bevaringsregel.objects.get(gaelder="sag").pk}


ADGANG = {
    "borgere:uddrag": {"objekt": "sag", "roller": SAGSBEHANDLERE, "noedadgang": 403},
    "borgere:uddrag_status": {"objekt": et_uddrag, "roller": SAGSBEHANDLERE},
    # Asked for every other second by the page above, and tells how far a job is.
    "borgere:uddrag_fremdrift": {"objekt": et_uddrag, "roller": SAGSBEHANDLERE, "opslag": 0},
    "borgere:uddrag_hent": {"objekt": et_faerdigt_uddrag, "roller": SAGSBEHANDLERE},
    "borgere:bevar": {"objekt": "sag", "roller": SAGSBEHANDLERE, "noedadgang": 403},
    "borgere:sletninger": {"roller": {"teamleder", "administrator"}, "opslag": 1},
    # By team, not by circle; shows a case number and nothing of the citizen.
    "borgere:sletning_stands": {
        "objekt": en_sletning,
        "roller": {"teamleder", "administrator"},
        "udenfor": 200,
    },
    "borgere:bevaring": {"roller": {"administrator"}},
    "borgere:bevaring_ret": {
        "objekt": en_regel,
        "roller": {"administrator"},
        "udenfor": 200,
        "opslag": 0,
        "sag": False,
    },
}
