"""Each constraint of archives, retention rules and deletions, violated once."""

from datetime import timedelta

from django.utils import timezone

from borgere.models import Bevaringsregel, Sletning, Uddrag, Uddragsdel
from ressource.kalender import i_dag
from tests.factories import BrugerFactory, SagFactory


def regel(**felter):
    felter = {"gaelder": "sag", "antal": 5, "enhed": "aar", "kilde": "KLE"} | felter
    felter = {"gyldig_fra": i_dag(), "gyldig_til": i_dag()} | felter
    return Bevaringsregel.objects.create(**felter)


def sletning(**felter):
    felter = {"sag_id": 1, "sagsnummer": "RF-2020-0001", "tidligst_dato": i_dag()} | felter
    return Sletning.objects.create(regel=Bevaringsregel.objects.first(), **felter)


def uddrag(**felter):
    felter = {"sag": SagFactory(), "art": "indsigt", "bestilt_af": BrugerFactory()} | felter
    return Uddrag.objects.create(**felter)


def to_sletninger():
    sletning()
    sletning()


def to_uddrag():
    sag = SagFactory()
    uddrag(sag=sag)
    uddrag(sag=sag)


def to_ens_dele():
    hele = uddrag()
    for _ in range(2):
        Uddragsdel.objects.create(uddrag=hele, nr=0, indhold=b"x")


BRUD = {
    "sag_bevares_har_grund": lambda: SagFactory(bevares=True),
    "bevaringsregel_valg_kendte": lambda: regel(enhed="uger"),
    "bevaringsregel_antal": lambda: regel(antal=0),
    "bevaringsregel_slut_efter_start": lambda: regel(gyldig_til=i_dag() - timedelta(days=1)),
    "bevaringsregel_en_gaeldende": lambda: regel(gyldig_til=None),
    "sletning_standset_hel": lambda: sletning(standset_den=timezone.now()),
    "sletning_en_varslet": to_sletninger,
    "uddrag_art_kendt": lambda: uddrag(art="alt"),
    "uddrag_fremdrift_hoejst_100": lambda: uddrag(fremdrift=101),
    "uddrag_faerdigt_har_aftryk": lambda: uddrag(faerdig_den=timezone.now(), antal_byte=1),
    "uddrag_toemt_efter_faerdigt": lambda: uddrag(toemt_den=timezone.now()),
    "uddrag_et_ad_gangen": to_uddrag,
    "uddragsdel_nr_entydigt": to_ens_dele,
}
