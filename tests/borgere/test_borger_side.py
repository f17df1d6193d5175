"""What the citizen's page shows, and what nobody can write there."""

import pytest
from django import forms
from django.urls import reverse

from borgere.forms import borger as borgerformularer
from borgere.models import Borger
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    LaegepraksisFactory,
    NetvaerkspersonFactory,
    PersonnummerFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db

# Session, user, case, log row, circle, facts; the network's four; numbers; reminders.
BORGERSIDE = 12


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(sag, navn="borger"):
    return reverse(f"borgere:{navn}", args=[sag.pk])


def ret(sag, **felter):
    borger = Borger.objects.get(pk=sag.borger_id)
    return {
        "fornavn": borger.fornavn,
        "efternavn": borger.efternavn,
        "antal_hjemmeboende_boern": "0",
        "laas": borger.laas,
    } | felter


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    sag.borger.laegepraksis = LaegepraksisFactory()
    sag.borger.boernesag_fulgt_op_dato = i_dag()
    sag.borger.boernesag_fulgt_op_af = maja.bruger
    sag.borger.har_boernesag = True
    sag.borger.save()
    for nr in range(antal):
        NetvaerkspersonFactory(borger=sag.borger)
        PersonnummerFactory(borger=sag.borger, til_dato=i_dag() if nr else None)

    with django_assert_num_queries(BORGERSIDE):
        maja.get(side(sag))


def test_children_and_education_are_asked_and_shown(maja, sag):
    data = ret(
        sag,
        antal_hjemmeboende_boern="2",
        boern_har_vanskeligheder="nej",
        har_boernesag="on",
        boernesag_fulgt_op_dato=f"{i_dag():%d.%m.%Y}",
        har_uddannelse="ja",
        uddannelse="frisør",
    )

    html = maja.post(side(sag, "borger_ret"), data, follow=True).content.decode()

    borger = Borger.objects.get(pk=sag.borger_id)
    assert (borger.boern_har_vanskeligheder, borger.har_boernesag) == (False, True)
    assert (borger.har_uddannelse, borger.uddannelse) == (True, "frisør")
    assert f"Fulgt op {i_dag():%d.%m.%Y} af {maja.bruger.navn}" in html
    assert "<dd>Frisør</dd>" in html


def test_not_yet_asked_is_not_no(maja, sag):
    Borger.objects.update(har_uddannelse=None, antal_hjemmeboende_boern=1)

    assert maja.get(side(sag)).content.decode().count("Ikke spurgt endnu") == 2


def test_childrens_case_not_followed_up_says_so(maja, sag):
    Borger.objects.update(har_boernesag=True)

    assert "Ikke fulgt op endnu" in maja.get(side(sag)).content.decode()


def test_interpreter_letters_and_doctor_are_shown(maja, sag):
    laegehus = LaegepraksisFactory(navn="Lægehuset Torvet", by="Egelund", telefon="70002030")
    Borger.objects.update(
        tolkesprog="dari",
        har_laesevanskeligheder=True,
        er_fritaget_digital_post=True,
        laegepraksis=laegehus,
    )

    html = maja.get(side(sag)).content.decode()

    for tekst in ("Dari", "Gennemgå breve mundtligt", "almindelig post", "Lægehuset Torvet"):
        assert tekst in html
    assert "70002030" in html


def test_origin_is_shown_as_imported(maja, sag):
    assert "Ikke importeret" in maja.get(side(sag)).content.decode()
    Borger.objects.update(herkomst="efterkommer")

    html = maja.get(side(sag)).content.decode()

    assert "Efterkommer<span>Importeret</span>" in html


def test_no_form_has_the_origin():
    formularer = [
        f
        for f in vars(borgerformularer).values()
        if isinstance(f, type) and issubclass(f, forms.BaseForm)
    ]

    assert formularer
    assert [f for f in formularer if "herkomst" in f.base_fields] == []


def test_origin_that_is_sent_along_is_not_taken(maja, sag):
    Borger.objects.update(herkomst="efterkommer")

    maja.post(side(sag, "borger_ret"), ret(sag, telefon="70002030", herkomst="dansk"))
    maja.post(
        reverse("borgere:sag_ny"),
        {
            "art": "dansk",
            "nummer": "720583-1234",
            "fornavn": "Ny",
            "efternavn": "Borger",
            "antal_hjemmeboende_boern": "0",
            "herkomst": "dansk",
        },
    )

    assert list(Borger.objects.order_by("pk").values_list("telefon", "herkomst")) == [
        ("70002030", "efterkommer"),
        ("", "uoplyst"),
    ]


def test_protected_contact_is_shown_after_one_asked_and_says_until_when(maja, sag):
    Borger.objects.update(
        er_adressebeskyttet=True, adressebeskyttet_til=i_dag(), telefon="70002030"
    )

    masket = maja.get(side(sag)).content.decode()
    vist = maja.post(side(sag, "borger_adresse")).content.decode()

    assert f"Beskyttet til {i_dag():%d.%m.%Y}" in masket
    assert "70002030" not in masket
    assert "70002030" in vist
    assert list(Opslag.objects.order_by("pk").values_list("handling", flat=True)) == [
        "se",
        "vis_adresse",
    ]


def test_citizen_without_a_number_is_shown_with_what_to_do(maja, sag):
    assert "Der er ikke registreret noget nummer." in maja.get(side(sag)).content.decode()
