"""Each constraint of network, consent, representation and dispatch, violated once."""

from datetime import timedelta

from borgere.models import Bisidder, Forsendelse
from ressource.kalender import i_dag
from tests.borgere.delingsdata import en_sag, planen, samtykke
from tests.factories import (
    BorgerFactory,
    FuldmagtFactory,
    NetvaerkspersonFactory,
    SagFactory,
    SamtykkeFactory,
)

FOER = i_dag() - timedelta(days=1)


def to_ens_personer():
    person = NetvaerkspersonFactory()
    NetvaerkspersonFactory(borger=person.borger, navn=person.navn)


def to_ens_samtykker():
    sag = SagFactory()
    samtykke(sag)
    samtykke(sag)


def to_ens_fuldmagter():
    borger = BorgerFactory()
    FuldmagtFactory(borger=borger, navn="Holm")
    FuldmagtFactory(borger=borger, navn="Holm")


def bisidder(borger=None, **felter):
    return Bisidder.objects.create(
        borger=borger or BorgerFactory(), **{"navn": "Bodil", "fra_dato": i_dag()} | felter
    )


def to_ens_bisiddere():
    borger = BorgerFactory()
    bisidder(borger)
    bisidder(borger)


def forsendelse(sag=None, **felter):
    sag = sag or en_sag()
    standard = {
        "sag": sag,
        "informationstype": "plan",
        "modtager_art": "part",
        "modtager_navn": "Bo",
        "kanal": "brev",
        "afsendt_dato": i_dag(),
    }
    felter.setdefault("dokument", planen(sag))
    return Forsendelse.objects.create(**standard | felter)


def samtykke_til_borgeren_selv():
    sag = en_sag()
    forsendelse(sag, samtykke=samtykke(sag))


def sendt_to_gange():
    sag = en_sag()
    plan = planen(sag)
    forsendelse(sag, dokument=plan)
    forsendelse(sag, dokument=plan)


BRUD = {
    "netvaerksperson_en_gang": to_ens_personer,
    "netvaerksperson_holdning_kendt": lambda: NetvaerkspersonFactory(holdning="ven"),
    "netvaerksperson_lister_kendte": lambda: NetvaerkspersonFactory(oensket_deling=["alt"]),
    "samtykke_modtager_naevnt": lambda: SamtykkeFactory(modtager="virksomhed"),
    "samtykke_oplysninger_naevnt": lambda: SamtykkeFactory(informationstyper=[]),
    "samtykke_valg_kendte": lambda: SamtykkeFactory(givet="tavst"),
    "samtykke_en_gang": to_ens_samtykker,
    "fuldmagt_art_kendt": lambda: FuldmagtFactory(art="ven"),
    "fuldmagt_slut_efter_start": lambda: FuldmagtFactory(til_dato=FOER),
    "fuldmagt_omfang_passer": lambda: FuldmagtFactory(omfang="dele"),
    "fuldmagt_emner_kendte": lambda: FuldmagtFactory(omfang="dele", emner=["alt"]),
    "fuldmagt_vaerge_har_grundlag": lambda: FuldmagtFactory(art="vaerge"),
    "fuldmagt_en_gang": to_ens_fuldmagter,
    "bisidder_slut_efter_start": lambda: bisidder(til_dato=FOER),
    "bisidder_en_gang": to_ens_bisiddere,
    "forsendelse_grundlag_naevnt": samtykke_til_borgeren_selv,
    "forsendelse_modtaget_efter_afsendt": lambda: forsendelse(modtaget_dato=FOER),
    "forsendelse_valg_kendte": lambda: forsendelse(kanal="due"),
    "forsendelse_en_gang_om_dagen": sendt_to_gange,
}
