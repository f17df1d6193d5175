"""Own dated reminders: written, moved, done, covered by a deputy, taken over from who left."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from borgere import services
from borgere.models import Fase, Huskeseddel, Tildeling
from ressource.models import Haendelse, Opslag, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    HuskeseddelFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
DAG = timedelta(days=1)
# Session, user, case; own, those left behind and whether responsible; log row, circle, facts;
# number; reminders in the header.
SIDE = 11


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger, borger__fornavn="Eva", borger__efternavn="Lindholt")


def side(navn, objekt):
    return reverse(f"borgere:{navn}", args=[objekt.pk])


def seddel(sag, bruger, **felter):
    return HuskeseddelFactory(**{"sag": sag, "bruger": bruger, "dato": IDAG} | felter)


def vist(svar):
    return [s.tekst for s in svar.context["side"].object_list]


# Writing, moving, done


def test_reminder_is_written_and_leaves_no_trace_in_the_case(maja, sag):
    svar = maja.post(side("huskesedler", sag), {"dato": "01.12.2026", "tekst": "Ring til Laila"})

    en = Huskeseddel.objects.get()
    assert svar.status_code == 302
    assert (en.bruger, en.dato, en.tekst) == (maja.bruger, date(2026, 12, 1), "Ring til Laila")
    assert list(Haendelse.objects.values_list("kode", "sag_id", "data")) == [
        ("huskeseddel.skrevet", None, {})
    ]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"dato": "23.11.2026"}, "Datoen er passeret"),
        ({"dato": "32.11.2026"}, "Skriv datoen som"),
        ({"tekst": " "}, "Dette felt"),
        ({"tekst": "x" * 201}, "200"),
    ],
)
def test_reminder_that_cannot_be_is_refused_with_the_text_kept(maja, sag, felter, besked):
    data = {"dato": "01.12.2026", "tekst": "Ring"} | felter

    svar = maja.post(side("huskesedler", sag), data)

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert data["tekst"] in svar.content.decode()
    assert Huskeseddel.objects.count() == 0


def test_reminder_sent_twice_is_one(maja, sag):
    data = {"dato": "01.12.2026", "tekst": "Ring"}
    maja.post(side("huskesedler", sag), data)

    igen = maja.post(side("huskesedler", sag), data)

    assert igen.status_code == 422
    assert "Du har allerede skrevet den huskeseddel." in igen.content.decode()


def test_ended_case_takes_no_reminders(sag, maja):
    services.afslut_sag(sag, aarsag="andet", dato=IDAG, af=maja.bruger)

    with pytest.raises(ValidationError, match="Sagen er afsluttet"):
        services.skriv_huskeseddel(sag, dato=IDAG, tekst="Ring", af=maja.bruger)


def test_done_once_and_said_twice(maja, sag):
    en = seddel(sag, maja.bruger)

    foerste = maja.post(side("huskeseddel_klaret", en), follow=True).content.decode()
    anden = maja.post(side("huskeseddel_klaret", en), follow=True).content.decode()

    en.refresh_from_db()
    assert (en.klaret_af, en.klaret_den) == (maja.bruger, timezone.now())
    assert "Huskesedlen er klaret." in foerste
    assert "allerede klaret" in anden
    assert vist(maja.get(side("huskesedler", sag))) == []


@pytest.mark.parametrize(
    ("tilbage", "sted"),
    [
        ("overblik", "/"),
        ("paamindelser", "/paamindelser/"),
        ("https://ond.dk/", None),
        ("", None),
    ],
)
def test_button_leads_back_to_where_it_stands(maja, sag, tilbage, sted):
    en = seddel(sag, maja.bruger)

    svar = maja.post(side("huskeseddel_klaret", en), {"tilbage": tilbage})

    assert svar["Location"] == (sted or side("huskesedler", sag))


def test_moved_to_another_day(maja, sag):
    en = seddel(sag, maja.bruger, dato=IDAG - 3 * DAG)

    foreslaaet = maja.get(side("huskeseddel_flyt", en)).context["form"].initial["dato"]
    afvist = maja.post(side("huskeseddel_flyt", en), {"dato": "01.11.2026"})
    maja.post(side("huskeseddel_flyt", en), {"dato": "02.12.2026"})

    en.refresh_from_db()
    assert foreslaaet == IDAG
    assert (afvist.status_code, en.dato) == (422, date(2026, 12, 2))


def test_moved_onto_its_twin_is_refused(sag, maja):
    en = seddel(sag, maja.bruger, tekst="Ring")
    seddel(sag, maja.bruger, tekst="Ring", dato=IDAG + DAG)

    with pytest.raises(ValidationError, match="allerede skrevet"):
        services.flyt_huskeseddel(en, dato=IDAG + DAG, af=maja.bruger)


@pytest.mark.django_db(transaction=True)
def test_done_by_two_at_once_is_done_once(sag, maja):
    en = seddel(sag, maja.bruger)

    udfald = paa_een_gang([proev(services.klar_huskeseddel, en, af=maja.bruger)] * 2)

    assert sorted(udfald) == ["ValidationError", "ok"]


# Whose they are


def test_they_are_ones_own(maja, sag, som):
    kollega = som("sagsbehandler")
    TildelingFactory(sag=sag, bruger=kollega.bruger, art=Tildeling.Art.MEDVIRKENDE)
    en = seddel(sag, maja.bruger)

    assert vist(kollega.get(side("huskesedler", sag))) == []
    assert kollega.post(side("huskeseddel_klaret", en)).status_code == 404
    assert kollega.get(side("huskeseddel_flyt", en)).status_code == 404


def test_deputy_sees_and_does_those_of_the_absent(sag, maja, som):
    vikar = som("sagsbehandler")
    vikariat = Stedfortraeder.objects.create(
        for_bruger=maja.bruger, vikar=vikar.bruger, fra_dato=IDAG, til_dato=IDAG + DAG
    )
    en = seddel(sag, maja.bruger, tekst="Ring til Laila")

    svar = vikar.get(side("huskesedler", sag))
    vikar.post(side("huskeseddel_klaret", en))

    assert vist(svar) == ["Ring til Laila"]
    assert "for Maja Kirkegaard" in svar.content.decode()
    en.refresh_from_db()
    assert en.klaret_af == vikar.bruger
    Stedfortraeder.objects.filter(pk=vikariat.pk).update(
        fra_dato=IDAG - 2 * DAG, til_dato=IDAG - DAG
    )
    assert vikar.get(side("huskesedler", sag)).status_code == 404


def test_they_are_hidden_when_one_leaves_and_taken_over_by_the_new_responsible(sag, maja, som):
    en = seddel(sag, maja.bruger, tekst="Ring til Laila")
    Tildeling.objects.filter(sag=sag).update(til_dato=IDAG - DAG)
    ny = som("sagsbehandler")
    TildelingFactory(sag=sag, bruger=ny.bruger, fra_dato=IDAG)
    medvirkende = som("sagsbehandler")
    TildelingFactory(sag=sag, bruger=medvirkende.bruger, art=Tildeling.Art.MEDVIRKENDE)

    assert "Ring til Laila" not in medvirkende.get(side("huskesedler", sag)).content.decode()
    html = ny.get(side("huskesedler", sag)).content.decode()
    assert "Efterladt" in html
    assert "Skrevet af Maja Kirkegaard" in html
    medvirkende.post(side("huskeseddel_overtag", en))
    en.refresh_from_db()
    assert en.bruger == maja.bruger

    ny.post(side("huskeseddel_overtag", en))

    en.refresh_from_db()
    assert en.bruger == ny.bruger
    assert vist(ny.get(side("huskesedler", sag))) == ["Ring til Laila"]
    assert "kan ikke overtages" in (
        ny.post(side("huskeseddel_overtag", en), follow=True).content.decode()
    )


# Where they are shown


def antal(klient):
    return klient.get(reverse("opfoelgning:paamindelser")).context["ramme"].antal_paamindelser


def test_they_count_and_are_listed_from_their_day_on(maja, sag):
    seddel(sag, maja.bruger, tekst="I morgen", dato=IDAG + DAG)
    seddel(sag, maja.bruger, tekst="I dag")
    seddel(sag, maja.bruger, tekst="I går", dato=IDAG - DAG)
    seddel(sag, maja.bruger, tekst="Klaret", klaret_den=timezone.now(), klaret_af=maja.bruger)
    seddel(SagFactory(), maja.bruger, tekst="Ikke min sag")

    for sti in ("/", reverse("opfoelgning:paamindelser")):
        svar = maja.get(sti)
        assert [s.tekst for s in svar.context["huskesedler"]] == ["I går", "I dag"]
        assert 'name="tilbage"' in svar.content.decode()
    assert antal(maja) == 2


def test_those_of_ended_cases_ask_no_more(maja, sag):
    seddel(sag, maja.bruger)
    services.afslut_sag(sag, aarsag="andet", dato=IDAG, af=maja.bruger)
    sag.refresh_from_db()

    assert sag.fase == Fase.AFSLUTNING
    assert antal(maja) == 0
    assert list(maja.get("/").context["huskesedler"]) == []


def test_case_page_shows_the_next_ones(maja, sag, som):
    seddel(sag, maja.bruger, tekst="Ring til Laila", dato=IDAG + 9 * DAG)

    html = maja.get(reverse("sag", args=[sag.pk])).content.decode()

    assert "Ring til Laila" in html
    mentor = som("mentor")
    TildelingFactory(sag=sag, bruger=mentor.bruger, art=Tildeling.Art.MENTOR)
    assert "Mine huskesedler" not in mentor.get(reverse("sag", args=[sag.pk])).content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    HuskeseddelFactory.create_batch(antal, sag=sag, bruger=maja.bruger)
    HuskeseddelFactory.create_batch(antal, sag=sag, bruger=BrugerFactory())

    with django_assert_num_queries(SIDE):
        svar = maja.get(side("huskesedler", sag))

    assert len(vist(svar)) == len(svar.context["efterladte"]) == antal
    assert list(Opslag.objects.values_list("handling", "objekt", "sag_id")) == [
        ("se", "huskesedler", sag.pk)
    ]
