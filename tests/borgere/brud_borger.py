"""Each constraint of the citizen, the citizen's numbers and the practices, violated once."""

from datetime import date

from borgere.models import Laegepraksis
from tests.factories import BorgerFactory, PersonnummerFactory


def praksis(**felter):
    return Laegepraksis.objects.create(**{"ydernummer": "123456", "navn": "Lægehuset"} | felter)


def to_ens_praksisser():
    praksis()
    praksis()


def to_ens_skrevet_hver_for_sig():
    PersonnummerFactory(nummer="AB 12-34", art="udenlandsk")
    PersonnummerFactory(nummer="ab1234", art="udenlandsk")


def to_gaeldende_numre():
    borger = BorgerFactory()
    PersonnummerFactory(borger=borger)
    PersonnummerFactory(borger=borger)


BRUD = {
    "borgere_borger_noegle_key": lambda: BorgerFactory(noegle=BorgerFactory().noegle),
    "borger_koen_kendt": lambda: BorgerFactory(koen="x"),
    "borger_boernesag_hel": lambda: BorgerFactory(boernesag_fulgt_op_dato=date(2026, 1, 1)),
    "borger_beskyttelse_har_aarsag": lambda: BorgerFactory(adressebeskyttet_til=date(2027, 1, 1)),
    "personnummer_entydigt": to_ens_skrevet_hver_for_sig,
    "personnummer_et_gaeldende": to_gaeldende_numre,
    "personnummer_ti_cifre": lambda: PersonnummerFactory(nummer="74038712"),
    "personnummer_slut_efter_start": lambda: PersonnummerFactory(til_dato=date(2019, 1, 1)),
    "personnummer_aarsag_kendt": lambda: PersonnummerFactory(aarsag="koen"),
    "personnummer_art_kendt": lambda: PersonnummerFactory(art="pas"),
    "personnummer_har_tegn": lambda: PersonnummerFactory(nummer="-- --", art="udenlandsk"),
    "borgere_laegepraksis_ydernummer_key": to_ens_praksisser,
    "laegepraksis_ydernummer_seks_cifre": lambda: praksis(ydernummer="12345"),
}
