"""The register of general practices, and the choice of one for a citizen."""

import pytest
from django.urls import reverse

from borgere.models import Borger, Laegepraksis
from ressource.models import Haendelse, Opslag
from tests.borgere.brud_borger import praksis
from tests.factories import BorgerFactory, SagFactory

pytestmark = pytest.mark.django_db

LISTE = reverse("borgere:laegepraksis_liste")
# Session, user, number of practices, the page of them, their citizens, reminders.
LISTESIDE = 6


@pytest.fixture
def admin(som):
    return som("administrator")


def ret(p):
    return reverse("borgere:laegepraksis_ret", args=[p.pk])


def felter(p, **andre):
    return {
        "ydernummer": p.ydernummer,
        "navn": p.navn,
        "adresse": p.adresse,
        "postnummer": p.postnummer,
        "by": p.by,
        "telefon": p.telefon,
        "er_aktiv": "on" if p.er_aktiv else "",
        "laas": p.laas,
    } | andre


def fundne(svar):
    return [p.navn for p, _ in svar.context["raekker"]]


def test_practice_is_added_and_logged_as_an_event_not_as_a_look_up(admin):
    svar = admin.post(
        reverse("borgere:laegepraksis_ny"), {"ydernummer": "123456", "navn": "Lægerne Torvet"}
    )

    assert (svar.status_code, svar["Location"]) == (302, LISTE)
    [haendelse] = Haendelse.objects.all()
    assert (haendelse.kode, haendelse.af) == ("laegepraksis.oprettet", admin.bruger)
    assert Opslag.objects.count() == 0


@pytest.mark.parametrize(
    ("sendt", "besked"),
    [
        ({"ydernummer": "12345"}, "Et ydernummer har 6 cifre."),
        ({"ydernummer": "²²²²²²"}, "Et ydernummer har 6 cifre."),
        ({"ydernummer": "123456"}, "Ydernummeret er i registret."),
        ({"postnummer": "86"}, "fire cifre"),
        ({"navn": ""}, "navn"),
    ],
)
def test_wrong_practice_is_refused_and_kept(admin, sendt, besked):
    praksis(ydernummer="123456")

    svar = admin.post(
        reverse("borgere:laegepraksis_ny"),
        {"ydernummer": "654321", "navn": "Lægerne", "adresse": "Torvet 4"} | sendt,
    )

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="Torvet 4"' in svar.content.decode()


def test_closed_practice_stays_where_it_is_and_cannot_be_chosen(admin, som):
    maja = som("sagsbehandler")
    lukket, aaben = praksis(navn="Gamle Læger"), praksis(ydernummer="222222", navn="Nye Læger")
    sag = SagFactory(ansvarlig=maja.bruger, borger__laegepraksis=lukket)
    anden = SagFactory(ansvarlig=maja.bruger)

    admin.post(ret(lukket), felter(lukket, er_aktiv=""))

    assert (
        "Praksissen er lukket"
        in maja.get(reverse("borgere:borger", args=[sag.pk])).content.decode()
    )
    egen = maja.get(reverse("borgere:borger_ret", args=[sag.pk])).content.decode()
    andens = maja.get(reverse("borgere:borger_ret", args=[anden.pk])).content.decode()
    assert "Gamle Læger (lukket)" in egen
    assert "Nye Læger" in egen
    assert "Gamle Læger" not in andens
    valgt = {
        "fornavn": "Bo",
        "efternavn": "Skov",
        "antal_hjemmeboende_boern": "0",
        "laegepraksis": lukket.pk,
    }
    igen = maja.post(
        reverse("borgere:borger_ret", args=[sag.pk]),
        valgt | {"laas": Borger.objects.get(pk=sag.borger_id).laas},
    )
    nej = maja.post(reverse("borgere:borger_ret", args=[anden.pk]), valgt | {"laas": 0})
    assert (igen.status_code, nej.status_code) == (302, 422)
    assert aaben.er_aktiv


def test_same_again_writes_nothing(admin):
    p = praksis()

    admin.post(ret(p), felter(p))

    assert Haendelse.objects.count() == 0
    assert Laegepraksis.objects.get().laas == 0


def test_two_administrators_see_both_versions(admin, som):
    p = praksis(navn="Lægehuset")
    admin.post(ret(p), felter(p, telefon="11111111"))

    svar = som("administrator").post(ret(p), felter(p, telefon="22222222"))

    assert svar.status_code == 409
    html = svar.content.decode()
    assert "11111111" in html
    assert "22222222" in html
    assert admin.bruger.navn in html
    assert Laegepraksis.objects.get().telefon == "11111111"


@pytest.mark.parametrize(
    ("valg", "navne"),
    [
        ({}, ["Lægerne i Nørregade", "Åhavens Læger"]),
        ({"q": "noerregade"}, ["Lægerne i Nørregade"]),
        ({"q": "ohaven"}, []),
        ({"q": "aahaven"}, ["Åhavens Læger"]),
        ({"q": "2222"}, ["Åhavens Læger"]),
        ({"q": "%"}, []),
        ({"q": "silkeborg laeger"}, ["Åhavens Læger"]),
        ({"vis": "lukkede"}, ["Lukkede Læger"]),
        ({"vis": "alle", "q": "læger"}, ["Lukkede Læger", "Lægerne i Nørregade", "Åhavens Læger"]),
        ({"vis": "ukendt"}, ["Lægerne i Nørregade", "Åhavens Læger"]),
        ({"q": "\x00"}, ["Lægerne i Nørregade", "Åhavens Læger"]),
        ({"side": "999"}, ["Lægerne i Nørregade", "Åhavens Læger"]),
    ],
)
def test_register_is_searched_and_filtered(admin, valg, navne):
    praksis(ydernummer="111111", navn="Lægerne i Nørregade")
    praksis(ydernummer="222222", navn="Åhavens Læger", by="Silkeborg")
    praksis(ydernummer="333333", navn="Lukkede Læger", er_aktiv=False)

    assert sorted(fundne(admin.get(LISTE, valg))) == sorted(navne)


def test_empty_register_says_what_to_do(admin):
    assert "opret praksissen" in admin.get(LISTE).content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_register_costs_the_same_for_any_number(admin, antal, django_assert_num_queries):
    for nr in range(antal):
        BorgerFactory(laegepraksis=praksis(ydernummer=f"{nr:06}", navn=f"Lægehus {nr}"))

    with django_assert_num_queries(LISTESIDE):
        svar = admin.get(LISTE)

    assert [tal for _, tal in svar.context["raekker"]] == [1] * antal


def test_pages_of_25_keep_the_filter(admin):
    for nr in range(27):
        praksis(ydernummer=f"{nr:06}", navn=f"Lægehus {nr}")

    svar = admin.get(LISTE, {"q": "lægehus", "side": 2})

    assert len(fundne(svar)) == 2
    assert "?q=l%C3%A6gehus&amp;side=1" in svar.content.decode()


def test_menu_leads_there_for_the_administrator_alone(admin, som):
    assert LISTE in admin.get(LISTE).content.decode()
    assert LISTE not in som("sagsbehandler").get(reverse("borgere:sag_liste")).content.decode()
