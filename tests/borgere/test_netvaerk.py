"""The network map and its people."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere import services
from borgere.models import Netvaerksperson, Samtykke
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.borgere.delingsdata import paaroerende, samtykke
from tests.factories import NetvaerkspersonFactory, SagFactory

pytestmark = pytest.mark.django_db

# Session, user, case, look-up, circle, facts; consents, people; reminders.
SIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(navn, sag, *flere):
    return reverse(f"borgere:{navn}", args=[sag.pk, *flere])


def person(**felter):
    return {"navn": "Laila", "relation": "ægtefælle", "holdning": "medspiller"} | felter


def test_map_groups_people_and_says_what_they_may_be_told_and_what_is_only_wished(maja, sag):
    laila, _ = paaroerende(
        sag,
        navn="Laila",
        holdning="medspiller",
        telefon="20304050",
        oensket_deling=["moeder", "plan"],
        deltager_i=["teammoede"],
    )
    paaroerende(sag, navn="Kurt", holdning="modspiller", barrierer="Tror ikke på det")
    samtykke(sag, "netvaerk", ["moeder"], netvaerksperson=laila)
    samtykke(sag, "netvaerk", ["helbred"], netvaerksperson=laila, trukket_dato=i_dag())

    svar = maja.get(side("netvaerk", sag))

    grupper = {navn: [k.person.navn for k in linjer] for navn, linjer in svar.context["grupper"]}
    assert grupper == {"Medspillere": ["Laila"], "Uafklarede": [], "Modspillere": ["Kurt"]}
    [linje] = svar.context["grupper"][0][1]
    assert linje.maa_faa == ["mødeindkaldelser og mødetider"]
    assert linje.mangler == ["indsatsplan og opfølgninger"]
    html = svar.content.decode()
    for ventet in ("20304050", "Tror ikke på det", "teammødet", "informationstyper=plan"):
        assert ventet in html
    assert list(Opslag.objects.values_list("handling", "objekt")) == [("se", "netvaerk")]


def test_person_is_added_once(maja, sag):
    data = person(oensket_deling=["plan", "moeder"], deltager_i=["samtaler"])

    assert maja.post(side("netvaerk_ny", sag), data).status_code == 302
    igen = maja.post(side("netvaerk_ny", sag), data)

    assert igen.status_code == 422
    assert "Personen står allerede i netværket." in igen.content.decode()
    [laila] = sag.borger.netvaerk.all()
    assert laila.oensket_deling == ["moeder", "plan"]


def test_refused_person_keeps_the_text(maja, sag):
    svar = maja.post(side("netvaerk_ny", sag), {"navn": "Laila", "holdning": "medspiller"})

    assert svar.status_code == 422
    assert 'value="Laila"' in svar.content.decode()


def test_person_is_corrected_with_what_was_there(maja, sag):
    laila = NetvaerkspersonFactory(borger=sag.borger, navn="Laila", oensket_deling=["plan"])
    assert "checked" in maja.get(side("netvaerk_ret", sag, laila.pk)).content.decode()

    svar = maja.post(side("netvaerk_ret", sag, laila.pk), person(telefon="11", laas="0"))

    assert svar.status_code == 302
    laila.refresh_from_db()
    assert (laila.telefon, laila.oensket_deling, laila.laas) == ("11", [], 1)
    assert Haendelse.objects.get(kode="netvaerk.rettet").sag_id == sag.pk


def test_two_who_correct_a_person_both_see_both(maja, sag, som):
    laila = NetvaerkspersonFactory(borger=sag.borger, navn="Laila")
    maja.post(side("netvaerk_ret", sag, laila.pk), person(telefon="11111111", laas="0"))

    svar = maja.post(side("netvaerk_ret", sag, laila.pk), person(telefon="22222222", laas="0"))

    assert svar.status_code == 409
    for ventet in ("11111111", "22222222"):
        assert ventet in svar.content.decode()
    assert Netvaerksperson.objects.get().telefon == "11111111"


def test_person_who_leaves_takes_the_consents_along(maja, sag):
    laila, _ = paaroerende(sag, navn="Laila")
    aftale = samtykke(sag, "netvaerk", netvaerksperson=laila)
    til_laegen = samtykke(sag)
    assert (
        "trukket tilbage fra i dag"
        in maja.get(side("netvaerk_udgaa", sag, laila.pk)).content.decode()
    )

    maja.post(side("netvaerk_udgaa", sag, laila.pk))

    aftale.refresh_from_db()
    til_laegen.refresh_from_db()
    assert (aftale.trukket_dato, til_laegen.trukket_dato) == (i_dag(), None)
    assert "Ikke længere i netværket" in maja.get(side("netvaerk", sag)).content.decode()
    assert maja.post(side("netvaerk_udgaa", sag, laila.pk)).status_code == 404
    with pytest.raises(ValidationError, match="ikke længere i netværket"):
        services.udgaa_netvaerksperson(laila, sag=sag, af=maja.bruger)
    # Somebody may come back.
    assert maja.post(side("netvaerk_ny", sag), person(relation="mor")).status_code == 302


def test_somebody_elses_relative_is_not_there(maja, sag):
    fremmed = NetvaerkspersonFactory()

    for navn in ("netvaerk_ret", "netvaerk_udgaa"):
        assert maja.get(side(navn, sag, fremmed.pk)).status_code == 404
        assert maja.post(side(navn, sag, fremmed.pk)).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_map_costs_the_same_however_many_there_are(maja, sag, antal, django_assert_num_queries):
    for _ in range(antal):
        ny, _ = paaroerende(sag, oensket_deling=["plan"])
        samtykke(sag, "netvaerk", netvaerksperson=ny)

    with django_assert_num_queries(SIDE):
        maja.get(side("netvaerk", sag))


def test_citizens_page_shows_the_network_in_short(maja, sag):
    paaroerende(sag, navn="Laila")
    samtykke(sag, til_dato=i_dag())
    samtykke(sag)

    html = maja.get(side("borger", sag)).content.decode()

    for ventet in ("Laila", "2 gælder i dag", "1 udløber inden 30 dage", side("netvaerk", sag)):
        assert ventet in html
    assert Samtykke.objects.count() == 2
