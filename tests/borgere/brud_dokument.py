"""Each constraint of documents, notes and reminders, violated once."""

from django.utils import timezone

from borgere.models import Journalnotat
from ressource.kalender import i_dag
from tests.factories import BrugerFactory, DokumentFactory, HuskeseddelFactory, SagFactory


def et_notat(sag, **felter):
    standard = {"dato": i_dag(), "overskrift": "O", "tekst": "T", "forfatter": BrugerFactory()}
    return Journalnotat.objects.create(sag=sag, **standard | felter)


def erstattet_to_gange():
    gammelt = DokumentFactory()
    DokumentFactory(sag=gammelt.sag, erstatter=gammelt)
    DokumentFactory(sag=gammelt.sag, erstatter=gammelt)


def rettet_to_gange():
    sag = SagFactory()
    gammelt = et_notat(sag)
    et_notat(sag, retter=gammelt, rettelse_grund="Stavefejl")
    et_notat(sag, retter=gammelt, rettelse_grund="Stavefejl")


def rettet_uden_grund():
    sag = SagFactory()
    et_notat(sag, retter=et_notat(sag))


def husket_to_gange():
    en = HuskeseddelFactory()
    HuskeseddelFactory(sag=en.sag, bruger=en.bruger, dato=en.dato, tekst=en.tekst)


BRUD = {
    "dokument_type_tilladt": lambda: DokumentFactory(indholdstype="text/html"),
    "borgere_dokument_erstatter_id_key": erstattet_to_gange,
    "borgere_journalnotat_retter_id_key": rettet_to_gange,
    "journalnotat_rettelse_hel": rettet_uden_grund,
    "huskeseddel_klaret_hel": lambda: HuskeseddelFactory(klaret_den=timezone.now()),
    "huskeseddel_en_gang": husket_to_gange,
}
