"""The drejebog: ticks with date and initials, kept when taken off, and the agreement of the meeting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from rehabilitering.drejebog import drejebog
from rehabilitering.models import Drejebogspunkt, Flueben, Moedeforberedelse
from rehabilitering.services.drejebog import fjern_flueben, saet_flueben
from rehabilitering.services.moedeforberedelse import gem_moedeforberedelse
from rehabilitering.services.skabelon import ret_tekst, tag_ud
from ressource.kalender import i_dag
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db
ALT = ["materiale", "spoergsmaal"]


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


def url(navn, sag, *flere):
    return reverse(f"rehabilitering:{navn}", args=[sag.pk, *flere])


def linje(sag, kode):
    return next(linje for linje in drejebog(sag).linjer if linje.punkt.kode == kode)


def test_points_are_ticked_with_date_and_initials(sag, maja):
    igaar = i_dag() - timedelta(days=1)

    saet_flueben(sag, ALT, dato=igaar, initialer="MK", af=maja)
    saet_flueben(sag, [*ALT, "netvaerk"], initialer="JH", af=maja)

    bog = drejebog(sag)
    assert (bog.gjort, bog.er_gjort) == (3, False)
    flueben = linje(sag, "materiale").flueben
    assert (flueben.dato, flueben.initialer, flueben.sat_af) == (igaar, "MK", maja)
    assert Haendelse.objects.filter(kode="drejebog.sat", sag_id=sag.pk).count() == 2


def test_a_tick_taken_off_is_kept_and_the_point_can_be_ticked_again(sag, maja):
    [flueben] = saet_flueben(sag, ["materiale"], initialer="MK", af=maja)

    fjern_flueben(flueben, af=maja)

    assert linje(sag, "materiale").flueben is None
    assert [f.fjernet_af for f in drejebog(sag).fjernede] == [maja]
    with pytest.raises(ValidationError, match="allerede fjernet"):
        fjern_flueben(flueben, af=maja)
    assert saet_flueben(sag, ["materiale"], initialer="MK", af=maja)


@pytest.mark.parametrize(
    ("koder", "felter", "felt"),
    [
        ([], {}, "punkter"),
        (["ukendt"], {}, "punkter"),
        (["materiale"], {"dato": date(2099, 1, 1)}, "dato"),
        (["materiale"], {"initialer": ""}, "initialer"),
    ],
)
def test_impossible_ticks_are_afvist_on_their_field(sag, maja, koder, felter, felt):
    with pytest.raises(ValidationError) as fejl:
        saet_flueben(sag, koder, **{"initialer": "MK"} | felter, af=maja)

    assert list(fejl.value.message_dict) == [felt]


def test_after_the_meeting_nothing_changes(maja):
    sag = SagFactory(fase="afgoerelse")

    with pytest.raises(ValidationError, match="trinnet"):
        saet_flueben(sag, ["materiale"], initialer="MK", af=maja)
    with pytest.raises(ValidationError, match="trinnet"):
        gem_moedeforberedelse(sag, {"ventetid": "ti minutter"}, laas=0, af=maja)


def test_a_tick_keeps_its_words_when_the_point_gets_new_ones(sag, maja):
    saet_flueben(sag, ALT, initialer="MK", af=maja)
    gammel = Drejebogspunkt.objects.get(kode="materiale").tekst

    ret_tekst(Drejebogspunkt, "materiale", {"tekst": "Nyt", "vejledning": ""}, laas=None, af=maja)
    tag_ud(Drejebogspunkt, "spoergsmaal", af=maja)

    assert linje(sag, "materiale").tekst == gammel
    assert linje(sag, "spoergsmaal").flueben
    assert saet_flueben(sag, ["materiale"], initialer="MK", af=maja) == []
    anden = SagFactory()
    assert linje(anden, "materiale").tekst == "Nyt"
    assert "spoergsmaal" not in {linje.punkt.kode for linje in drejebog(anden).linjer}


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("flueben_har_initialer", {"initialer": ""}),
        ("flueben_fjernet_helt", {"fjernet_den": timezone.now()}),
        ("flueben_et_pr_punkt", {}),
    ],
)
def test_each_constraint_is_violated_once(sag, maja, navn, felter):
    standard = {
        "sag": sag,
        "punkt": Drejebogspunkt.objects.first(),
        "initialer": "MK",
        "sat_af": maja,
    }
    Flueben.objects.create(**standard)

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Flueben.objects.create(**standard | felter)


def test_the_page_ticks_and_takes_off_without_javascript(som, sag, maja):
    klient = som(maja)
    data = {"punkter": ALT, "dato": "01.10.2026", "initialer": "mk"}

    assert klient.post(url("drejebog_saet", sag), data).status_code == 302

    side = klient.get(url("drejebog", sag)).text
    assert "2 af 17 er gjort" in side
    assert "Gjort 01.10.2026, mk" in side
    assert 'value="MK"' in side
    flueben = sag.flueben.first()
    klient.post(url("drejebog_fjern", sag, flueben.pk))
    assert "Fjernede flueben (1)" in klient.get(url("drejebog", sag)).text


def test_a_afvist_tick_keeps_what_was_chosen(som, sag, maja):
    data = {"punkter": ["materiale"], "dato": "31.02.2026", "initialer": "MK"}

    svar = som(maja).post(url("drejebog_saet", sag), data)

    assert svar.status_code == 422
    assert 'value="31.02.2026"' in svar.text
    assert 'value="materiale" checked' in svar.text


def test_another_cases_tick_is_not_found(som, sag, maja):
    [fremmed] = saet_flueben(SagFactory(), ["materiale"], initialer="MK", af=maja)

    assert som(maja).post(url("drejebog_fjern", sag, fremmed.pk)).status_code == 404


def test_the_konsulent_reads_and_does_not_write(som, sag):
    konsulent = BrugerFactory(roller=["faglig_konsulent"])
    sag.tildelinger.create(bruger=konsulent, art="medvirkende")

    side = som(konsulent).get(url("drejebog", sag)).text

    assert "Sæt flueben" not in side
    assert "Skriv aftalen" not in side


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_takes_the_same_statements(som, sag, maja, antal, django_assert_num_queries):
    for nr in range(antal):
        Drejebogspunkt.objects.create(kode=f"p{nr}", tekst=f"Punkt {nr}")
    saet_flueben(sag, [f"p{nr}" for nr in range(antal)], initialer="MK", af=maja)
    klient = som(maja)

    with django_assert_num_queries(12):
        klient.get(url("drejebog", sag))


def test_the_agreement_is_saved_and_nothing_is_written_for_nothing(som, sag, maja):
    klient = som(maja)
    data = {"laas": 0, "fortaeller_selv": "Om mine katte", "ventetid": "ti minutter"}

    assert klient.post(url("drejebog_aftale", sag), data).status_code == 302
    klient.post(url("drejebog_aftale", sag), data | {"laas": 1})

    aftale = Moedeforberedelse.objects.get(sag=sag)
    assert (aftale.fortaeller_selv, aftale.laas, aftale.rettet_af) == ("Om mine katte", 1, maja)
    assert Haendelse.objects.filter(kode="moedeforberedelse.gemt").count() == 1
    assert "Om mine katte" in klient.get(url("drejebog", sag)).text


def test_two_at_once_see_both_texts(som, sag, maja):
    gem_moedeforberedelse(sag, {"fortaeller_selv": "Om børnene"}, laas=0, af=maja)
    data = {"laas": 0, "fortaeller_selv": "Om kattene"}

    svar = som(maja).post(url("drejebog_aftale", sag), data)

    assert svar.status_code == 409
    assert "kattene" in svar.text
    assert "børnene" in svar.text
    with pytest.raises(ForaeldetVersionError):
        gem_moedeforberedelse(sag, data, laas=0, af=maja)


def test_an_agreement_that_is_too_long_is_afvist_with_its_input(som, sag, maja):
    svar = som(maja).post(url("drejebog_aftale", sag), {"laas": 0, "ventetid": "x" * 101})

    assert svar.status_code == 422
    assert "x" * 101 in svar.text


def test_the_agreement_saves_itself_while_one_types(som, sag, maja):
    klient, data = som(maja), {"laas": 0, "fortaeller_selv": "Om kat"}

    def gem(**nyt):
        headers = {"HX-Request": "true"}
        return klient.post(url("drejebog_aftale", sag), data | nyt, headers=headers)

    assert 'name="laas" id="id_laas" value="1"' in gem().text
    # Sent again because the answer was lost: stored already, and no conflict with oneself.
    assert "Gemt kl." in gem().text
    afvist = gem(laas=1, ventetid="x" * 101)
    assert (afvist.status_code, "Ikke gemt" in afvist.text) == (422, True)
    anden = gem(fortaeller_selv="Om hunden")
    assert (anden.status_code, "En anden gemte" in anden.text) == (409, True)
    assert Moedeforberedelse.objects.get(sag=sag).fortaeller_selv == "Om kat"
