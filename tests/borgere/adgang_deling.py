"""Who gets through to the pages of network, consents, representation and dispatch."""

from datetime import timedelta

from borgere.models import Bisidder, Forsendelse
from ressource.kalender import i_dag
from tests.factories import (
    DokumentFactory,
    FuldmagtFactory,
    NetvaerkspersonFactory,
    SamtykkeFactory,
)

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
LAESERE = SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"}


def et_samtykke(sag, bruger):
    samtykke = SamtykkeFactory(
        borger=sag.borger, til_dato=i_dag() + timedelta(days=30), registreret_af=bruger
    )
    return {"pk": sag.pk, "samtykke_pk": samtykke.pk}


def en_person(sag, bruger):
    return {"pk": sag.pk, "person_pk": NetvaerkspersonFactory(borger=sag.borger).pk}


def en_fuldmagt(sag, bruger):
    fuldmagt = FuldmagtFactory(borger=sag.borger, registreret_af=bruger)
    return {"pk": sag.pk, "fuldmagt_pk": fuldmagt.pk}


def en_bisidder(sag, bruger):
    bisidder = Bisidder.objects.create(borger=sag.borger, navn="Bodil", fra_dato=i_dag())
    return {"pk": sag.pk, "bisidder_pk": bisidder.pk}


def et_dokument(sag, bruger):
    return {"pk": DokumentFactory(sag=sag, art="plan").pk}


def en_forsendelse(sag, bruger):
    forsendelse = Forsendelse.objects.create(
        sag=sag,
        dokument=DokumentFactory(sag=sag, art="plan"),
        informationstype="plan",
        modtager_art="part",
        modtager_navn=sag.borger.navn,
        kanal="brev",
        afsendt_dato=i_dag(),
    )
    return {"pk": forsendelse.pk}


def _side(objekt="sag", roller=SAGSBEHANDLERE, **felter):
    return {"objekt": objekt, "roller": roller} | felter


ADGANG = {
    "borgere:netvaerk": _side(roller=LAESERE),
    "borgere:netvaerk_ny": _side(),
    "borgere:netvaerk_ret": _side(en_person),
    "borgere:netvaerk_udgaa": _side(en_person),
    "borgere:samtykker": _side(roller=LAESERE),
    "borgere:samtykke_ny": _side(),
    "borgere:samtykke_traek": _side(et_samtykke),
    "borgere:samtykkeark": _side(),
    "borgere:samtykkeark_underskrevet": _side(),
    "borgere:repraesentation": _side(roller=LAESERE),
    "borgere:fuldmagt_ny": _side(),
    "borgere:fuldmagt_traek": _side(en_fuldmagt),
    "borgere:bisidder_ny": _side(),
    "borgere:bisidder_slut": _side(en_bisidder, metode="post"),
    "borgere:forsendelser": _side(roller=LAESERE),
    "borgere:forsendelse_modtaget": _side(en_forsendelse),
    "borgere:dokument_send": _side(et_dokument),
}
