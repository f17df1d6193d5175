"""The tabs Borger og netværk, Dokumenter and Journal, and what each look at them leaves behind."""

import pytest
from django.urls import reverse

from borgere.models import Borger
from ressource.models import Haendelse, Opslag
from tests.factories import SagFactory, TildelingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(
        ansvarlig=maja.bruger,
        borger__telefon="10203040",
        borger__adresse="Skovvej 1",
        borger__postnummer="8600",
        borger__by="Silkeborg",
    )


def side(navn, sag, *flere):
    return reverse(f"borgere:{navn}", args=[sag.pk, *flere])


def log():
    return list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "sag_id"))


def ret(sag, **felter):
    borger = sag.borger
    return {
        "fornavn": borger.fornavn,
        "efternavn": borger.efternavn,
        "antal_hjemmeboende_boern": "0",
        "laas": borger.laas,
    } | felter


# Every page leaves one row in the look-up log, and a GET nothing else


@pytest.mark.parametrize(
    ("navn", "objekt"),
    [
        ("borger", "borger"),
        ("borger_ret", "borger"),
        ("netvaerk", "netvaerk"),
        ("netvaerk_ny", "netvaerk"),
        ("samtykker", "samtykker"),
        ("samtykke_ny", "samtykker"),
        ("samtykkeark_underskrevet", "samtykker"),
        ("repraesentation", "repraesentation"),
        ("fuldmagt_ny", "repraesentation"),
        ("bisidder_ny", "repraesentation"),
        ("forsendelser", "forsendelser"),
        ("dokumenter", "dokumenter"),
        ("journal", "journal"),
        ("sag_afslut", "overblik"),
        ("tildel", "kreds"),
    ],
)
def test_case_page_is_logged_once_and_writes_nothing_else(maja, sag, navn, objekt):
    svar = maja.get(side(navn, sag))

    assert svar.status_code == 200
    assert log() == [("se", objekt, sag.pk)]
    assert Opslag.objects.get().anmodningsid is not None
    assert Haendelse.objects.count() == 0


def test_unseen_case_leaves_only_the_refusal(maja):
    sag = SagFactory()

    assert maja.get(side("borger", sag)).status_code == 404
    assert log() == [("afvist", "borger", sag.pk)]


# The citizen


def test_address_is_there_when_it_is_not_protected(maja, sag):
    html = maja.get(side("borger", sag)).content.decode()

    assert "Skovvej 1" in html
    assert "10203040" in html


def test_protected_address_is_hidden_until_somebody_asks(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True)

    skjult = maja.get(side("borger", sag)).content.decode()
    vist = maja.post(side("borger_adresse", sag))

    assert "Skovvej 1" not in skjult
    assert "10203040" not in skjult
    assert "Vis adresse (logges)" in skjult
    assert "Skovvej 1" in vist.content.decode()
    assert "no-store" in vist["Cache-Control"]
    assert log() == [("se", "borger", sag.pk), ("vis_adresse", "borger", sag.pk)]


def test_correcting_a_protected_citizen_is_logged_as_seeing_the_address(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True)

    maja.get(side("borger_ret", sag))

    assert log() == [("vis_adresse", "borger", sag.pk)]


def test_correction_is_saved(maja, sag):
    svar = maja.post(
        side("borger_ret", sag),
        ret(sag, telefon="50607080", har_uddannelse="ja", boernesag_fulgt_op_dato="03.11.2025"),
    )

    borger = Borger.objects.get()
    assert svar["Location"] == side("borger", sag)
    assert (borger.telefon, borger.har_uddannelse) == ("50607080", True)
    assert borger.boernesag_fulgt_op_af == maja.bruger


def test_known_answers_are_filled_in(maja, sag):
    Borger.objects.update(har_uddannelse=None)
    assert maja.get(side("borger_ret", sag)).context["form"]["har_uddannelse"].value() == ""
    Borger.objects.update(har_uddannelse=False)
    assert maja.get(side("borger_ret", sag)).context["form"]["har_uddannelse"].value() == "nej"


def test_refused_correction_changes_nothing(maja, sag):
    svar = maja.post(
        side("borger_ret", sag), ret(sag, fornavn="Ny", adressebeskyttet_til="01.01.2030")
    )

    assert svar.status_code == 422
    assert "En slutdato kræver" in svar.content.decode()
    assert 'value="Ny"' in svar.content.decode()
    assert Borger.objects.get().fornavn == "Bo"


def test_second_of_two_corrections_meets_the_first_and_loses_nothing(maja, sag, som):
    lene = som("sagsbehandler", navn="Lene Krog")
    TildelingFactory(sag=sag, bruger=lene.bruger, art="medvirkende")
    lene.post(side("borger_ret", sag), ret(sag, telefon="11111111", er_fritaget_digital_post="on"))

    svar = maja.post(side("borger_ret", sag), ret(sag, telefon="22222222"))

    assert svar.status_code == 409
    assert Borger.objects.get().telefon == "11111111"
    for ventet in ("Lene Krog", "11111111", "22222222", "Fritaget for Digital Post"):
        assert ventet in svar.content.decode()

    valgt = ret(sag, telefon="22222222", er_fritaget_digital_post="on") | {"laas": 1}
    assert maja.post(side("borger_ret", sag), valgt).status_code == 302
    borger = Borger.objects.get()
    assert (borger.telefon, borger.er_fritaget_digital_post) == ("22222222", True)


def test_same_correction_sent_twice_is_no_conflict(maja, sag):
    data = ret(sag, telefon="50607080", har_uddannelse="ja")

    maja.post(side("borger_ret", sag), data)
    igen = maja.post(side("borger_ret", sag), data, follow=True)

    assert "allerede gemt med det samme indhold" in igen.content.decode()


def test_conflict_over_a_protected_citizen_is_logged_as_seeing_the_address(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True, laas=7)

    maja.post(side("borger_ret", sag), ret(sag, telefon="22222222", laas="6"))

    assert log() == [("vis_adresse", "borger", sag.pk)]


@pytest.mark.parametrize("postnummer", ["²²²²", "٨٦٠٠", "860", "860a"])
def test_postal_code_is_four_plain_digits(maja, sag, postnummer):
    svar = maja.post(side("borger_ret", sag), ret(sag, postnummer=postnummer))

    assert svar.status_code == 422
    assert "fire cifre" in svar.content.decode()


def test_consultant_reads_but_does_not_correct(sag, som):
    klient = som("faglig_konsulent")
    TildelingFactory(sag=sag, bruger=klient.bruger, art="medvirkende")

    assert "Ret oplysninger" not in klient.get(side("borger", sag)).content.decode()
    assert klient.get(side("borger_ret", sag)).status_code == 403
