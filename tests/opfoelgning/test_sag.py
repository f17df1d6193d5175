"""The case page: what it shows to whom, what it costs, and that nobody gets lost on it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Fase, Netvaerksperson, Samtykke
from opfoelgning.naeste_skridt import naeste_skridt
from opfoelgning.sagsfakta import hent
from rehabilitering.models import Drejebogspunkt, Pakkeudlevering
from rehabilitering.services.drejebog import fjern_flueben, saet_flueben
from ressource import haendelser
from ressource.models import Opslag
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    DokumentFactory,
    LaegeattestFactory,
    OpfoelgningsmoedeFactory,
    PersonnummerFactory,
    SagFactory,
    SagspakkeFactory,
    SparringsbookingFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import efter_teammoede, frist, i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
# Session, user, case, facts, log, circle, header facts, calendar, deadlines, events, network,
# consents, own reminders, reminders in the header.
FORESPOERGSLER = 15


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende")


def side(klient, sag, **sporg):
    return klient.get(reverse("sag", args=[sag.pk]), sporg)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same_however_much_there_is(klient, django_assert_num_queries, antal):
    sag = i_forloeb(klient.bruger)
    for nr in range(antal):
        frist(sag, nr + 1, anker=nr)
        haendelser.log(sag, "journal.notat", af=BrugerFactory(), sag_id=sag.pk)
        OpfoelgningsmoedeFactory(
            sag=sag, nr=nr + 10, tidspunkt=klokken(IDAG + timedelta(days=nr + 1))
        )
        Netvaerksperson.objects.create(borger=sag.borger, navn=f"Laila {nr}", relation="ven")

    with django_assert_num_queries(FORESPOERGSLER):
        svar = side(klient, sag)

    assert len(svar.context["frister"]) == antal


def test_new_case_is_full_of_next_steps_and_never_blank(klient):
    sag = SagFactory(ansvarlig=klient.bruger)

    html = side(klient, sag).content.decode()

    assert "Næste skridt: skriv screeningsnotat" in html
    assert "Screeningsnotatet er ikke sendt" in html
    assert "Ingen frister endnu" in html
    assert "Ingen aftaler." in html
    assert "Der er ikke sket noget endnu" in html
    assert "Ingen er skrevet på endnu" in html
    assert "Trin 1 af 9" in html


def test_every_step_can_be_shown(klient):
    for fase in Fase:
        slut = (
            {"afsluttet_dato": IDAG, "afsluttet_af": klient.bruger, "afslutningsaarsag": "andet"}
            if fase == Fase.AFSLUTNING
            else {}
        )
        sag = SagFactory(fase=fase, ansvarlig=klient.bruger, **slut)

        assert side(klient, sag).status_code == 200, fase


def test_deadline_explains_itself_on_the_page_without_javascript(klient):
    sag = efter_teammoede(klient.bruger, 11)
    en = sag.frister.get(regel__kode="FOERSTE_OPFOELGNING")

    html = side(klient, sag, hvorfor=en.pk).content.decode()

    assert "13.11. + 1 uge = 20.11." in html
    assert "4 dage over" in html
    assert f'href="?hvorfor={en.pk}#frister"' not in html


def test_all_deadlines_are_a_link_away(klient):
    sag = i_forloeb(klient.bruger)
    for nr in range(15):
        frist(sag, -nr - 1, anker=nr, opfyldt_dato=IDAG - timedelta(days=nr + 2))

    kort = side(klient, sag)

    assert "Alle 15 frister" in kort.text
    assert reverse("opfoelgning:sag_frister", args=[sag.pk]) in kort.text
    assert len(kort.context["frister"]) == 12


def test_events_are_told_in_sentences_with_who_and_when(klient):
    sag = SagFactory(ansvarlig=klient.bruger, fase=Fase.PLAN)
    haendelser.log(
        sag, "sag.fase", af=BrugerFactory(navn="Ida Holm"), sag_id=sag.pk, fra="moede", til="plan"
    )
    haendelser.log(sag, "journal.notat", af=None, sag_id=sag.pk)

    html = side(klient, sag).content.decode()

    assert "Sagen er gået til trinnet plan" in html
    assert "Ida Holm" in html
    assert "Systemet" in html
    assert "24.11.2026" in html


def test_people_around_the_citizen_come_with_what_they_may_hear(klient):
    sag = SagFactory(ansvarlig=klient.bruger)
    laila = Netvaerksperson.objects.create(
        borger=sag.borger, navn="Laila", relation="ægtefælle", holdning="medspiller"
    )
    Netvaerksperson.objects.create(borger=sag.borger, navn="Farid", relation="bror")
    Samtykke.objects.create(
        borger=sag.borger,
        modtager="netvaerk",
        netvaerksperson=laila,
        informationstyper=["forberedende_del", "helbred"],
        fra_dato=IDAG,
        til_dato=IDAG + timedelta(days=30),
        registreret_af=klient.bruger,
    )

    html = side(klient, sag).content.decode()

    assert "Må få den forberedende del, helbredsoplysninger til 24.12.2026" in html
    assert html.count("Må ikke få oplysninger") == 1


@pytest.mark.parametrize("rolle", ["virksomhedskonsulent", "teammedlem"])
def test_others_in_the_circle_see_the_course_but_nothing_of_health(som, rolle):
    klient = som(rolle)
    sag = i_forloeb(BrugerFactory(), moede=IDAG)
    TildelingFactory(sag=sag, bruger=klient.bruger, art="medvirkende")
    LaegeattestFactory(sag=sag)
    SparringsbookingFactory(sag=sag, tid__start=klokken(IDAG + timedelta(days=1)))
    frist(sag, 2)

    html = side(klient, sag).content.decode()

    assert "Trin 8 af 9" in html
    assert "Opfølgning nr. 2" in html
    for skjult in ("Lægeattest", "Helbred", "Sparring kl.", "Frister", "Mennesker omkring"):
        assert skjult not in html
    assert "Næste skridt" not in html


def test_stranger_finds_nothing_and_deputy_everything(som):
    kollega = BrugerFactory()
    sag = SagFactory(ansvarlig=kollega)
    klient = som("sagsbehandler")

    assert side(klient, sag).status_code == 404
    kollega.stedfortraedere.create(vikar=klient.bruger)
    assert side(klient, sag).status_code == 200


def test_showing_the_case_is_logged_once(klient):
    sag = SagFactory(ansvarlig=klient.bruger)
    PersonnummerFactory(borger=sag.borger)

    side(klient, sag)

    assert Opslag.objects.get().sag_id == sag.pk


@pytest.mark.parametrize("htmx", [True, False])
def test_explanation_opens_as_a_row_or_as_a_page(klient, htmx):
    sag = efter_teammoede(klient.bruger, 11)
    en = sag.frister.get(regel__kode="FOERSTE_OPFOELGNING")
    hoved = {"HX-Request": "true"} if htmx else {}

    svar = klient.get(
        reverse("opfoelgning:frist_hvorfor", args=[en.pk]), {"fra": "sag"}, headers=hoved
    )

    html = svar.content.decode()
    assert ("<html" in html) is not htmx
    assert ('<td colspan="3">' in html) is htmx
    assert "Guide til gode ressourceforløb" in html
    assert Opslag.objects.get().sag_id == sag.pk


def test_explanation_is_for_those_who_see_the_case(som, klient):
    en = frist(SagFactory(ansvarlig=klient.bruger), 3)
    adresse = reverse("opfoelgning:frist_hvorfor", args=[en.pk])

    assert som("sagsbehandler").get(adresse).status_code == 404
    assert som("mentor").get(adresse).status_code == 403


def test_case_on_the_agenda_asks_for_the_drejebog_and_then_for_the_packet_of_that_meeting(klient):
    sag, bruger = SagFactory(fase=Fase.MOEDE, ansvarlig=klient.bruger), klient.bruger
    koder = [punkt.kode for punkt in Drejebogspunkt.objects.gaeldende(IDAG)]
    punkt = DagsordenspunktFactory(sag=sag)
    gammel = Pakkeudlevering.objects.create(
        sag=sag, dokument=DokumentFactory(sag=sag), aftryk="a" * 64, udleveret_af=bruger
    )
    Pakkeudlevering.objects.filter(pk=gammel.pk).update(
        udleveret_den=punkt.sat_paa_den - timedelta(days=1)
    )

    assert hent(sag, IDAG).drejebog_mangler == len(koder)
    flueben = saet_flueben(sag, koder, dato=IDAG, initialer="MK", af=bruger)
    assert naeste_skridt(hent(sag, IDAG), IDAG).url_navn == "rehabilitering:borgerpakke"
    Pakkeudlevering.objects.create(
        sag=sag, dokument=DokumentFactory(sag=sag), aftryk="b" * 64, udleveret_af=bruger
    )
    assert naeste_skridt(hent(sag, IDAG), IDAG).label == "Send sagspakke"
    SagspakkeFactory(punkt=punkt)
    assert naeste_skridt(hent(sag, IDAG), IDAG).label == "Se teammødet"
    fjern_flueben(flueben[0], af=bruger)
    assert naeste_skridt(hent(sag, IDAG), IDAG).url_navn == "rehabilitering:drejebog"
