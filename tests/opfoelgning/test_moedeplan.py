"""Follow-ups moved and planned several at a time, and the mentor's answers before a talk."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase
from opfoelgning import services
from opfoelgning.models import Mentorsvar, Opfoelgningsmoede, Opfoelgningspunkt, Opfoelgningsserie
from opfoelgning.services.serier import seriedage
from ressource.models import Haendelse, Lukkedag
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    OpfoelgningsmoedeFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
OM_EN_UGE = klokken(IDAG + timedelta(days=7), 13)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 14), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende", navn="Maja Kirkegaard")


@pytest.fixture
def sag(klient):
    return SagFactory(fase=Fase.OPFOELGNING, ansvarlig=klient.bruger)


@pytest.fixture
def moede(sag):
    return OpfoelgningsmoedeFactory(sag=sag, nr=1, tidspunkt=OM_EN_UGE, sted="Rådhuset")


def adresse(navn, pk):
    return reverse(f"opfoelgning:{navn}", args=[pk])


NY_TID = {"laas": "0", "dato": "03.12.2026", "kl": "9.30", "sted": "Kantinen", "aarsag": "Syg"}


def test_moved_meeting_has_its_old_time_beside_the_new(klient, moede):
    svar = klient.post(adresse("moede_flyt", moede.pk), NY_TID, follow=True)

    html = svar.content.decode()
    assert "er flyttet til 03.12.2026 kl. 9.30" in html
    assert "Flyttet fra 01.12.2026 kl. 13.00: Syg" in html
    moede.refresh_from_db()
    assert (moede.sted, moede.aarsag, moede.laas) == ("Kantinen", "Syg", 1)
    haendelse = Haendelse.objects.get(kode="opfoelgning.flyttet")
    assert datetime.fromisoformat(haendelse.data["fra"]) == OM_EN_UGE


def test_moved_to_a_day_gone_by_goes_on_to_its_form(klient, moede):
    svar = klient.post(adresse("moede_flyt", moede.pk), NY_TID | {"dato": "23.11.2026"})

    assert svar.url == adresse("moede", moede.pk)


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"dato": "25.12.2026"}, "Der er lukket 25.12.2026"),
        ({"aarsag": ""}, "Dette felt er påkrævet"),
        ({"dato": "01.12.2026", "kl": "13.00", "sted": "Rådhuset"}, "der er aftalt nu"),
        ({"dato": "08.12.2026", "kl": "13.00"}, "allerede aftalt et møde på det tidspunkt"),
        ({"dato": "01.12.2062"}, "Kontrollér årstallet"),
    ],
)
def test_move_that_cannot_be_is_refused_with_the_input_kept(klient, sag, moede, felter, fejl):
    OpfoelgningsmoedeFactory(sag=sag, nr=2, tidspunkt=OM_EN_UGE + timedelta(days=7))

    svar = klient.post(adresse("moede_flyt", moede.pk), NY_TID | felter)

    assert svar.status_code == 422
    assert fejl in svar.content.decode()
    moede.refresh_from_db()
    assert (moede.tidspunkt, moede.laas) == (OM_EN_UGE, 0)


def test_move_on_an_old_page_says_so_and_keeps_the_input(klient, moede):
    Opfoelgningsmoede.objects.filter(pk=moede.pk).update(laas=4)

    svar = klient.post(adresse("moede_flyt", moede.pk), NY_TID)

    html = svar.content.decode()
    assert svar.status_code == 422
    assert "Mødet er ændret, mens du skrev" in html
    assert 'value="4"' in html
    assert 'value="Kantinen"' in html


def test_series_moves_a_closed_day_to_the_next_open_one_and_no_other():
    Lukkedag.objects.create(dato=date(2027, 1, 5), aarsag="personaledag")

    dage = seriedage(klokken(date(2026, 12, 1), 10), antal=4, uger=5)

    assert [(d.tidspunkt, d.fordi) for d in dage] == [
        (klokken(date(2026, 12, 1), 10), ""),
        (klokken(date(2027, 1, 6), 10), "personaledag"),
        (klokken(date(2027, 2, 9), 10), ""),
        (klokken(date(2027, 3, 16), 10), ""),
    ]


def test_series_keeps_its_hour_across_summer_time():
    dage = seriedage(klokken(date(2027, 3, 23), 10), antal=2, uger=2)

    assert [d.tidspunkt for d in dage] == [
        klokken(date(2027, 3, 23), 10),
        klokken(date(2027, 4, 6), 10),
    ]


def test_long_closing_gives_each_meeting_of_a_series_a_day_of_its_own():
    for nr in range(14):
        Lukkedag.objects.create(dato=date(2026, 12, 21) + timedelta(days=nr), aarsag="juleferie")

    dage = seriedage(klokken(date(2026, 12, 17), 10), antal=4, uger=1)

    assert [timezone.localdate(d.tidspunkt) for d in dage] == [
        date(2026, 12, 17),
        date(2027, 1, 4),
        date(2027, 1, 5),
        date(2027, 1, 7),
    ]


def test_move_past_the_drafts_next_meeting_lets_the_form_save_itself(klient, moede):
    moede.naeste_tidspunkt, moede.naeste_sted = OM_EN_UGE + timedelta(days=1), "Rådhuset"
    moede.save()

    klient.post(adresse("moede_flyt", moede.pk), NY_TID)

    moede.refresh_from_db()
    assert (moede.naeste_tidspunkt, moede.naeste_sted) == (None, "Rådhuset")


SERIE = {"dato": "01.12.2026", "kl": "10.00", "antal": "3", "uger": "6"}
SERIE |= {"sted": "Rådhuset", "form": "personligt"}


def test_series_is_seen_before_it_is_agreed(klient, sag):
    vist = klient.post(adresse("serie_ny", sag.pk), SERIE | {"trin": "vis"})
    assert "Det bliver 3 møder" in vist.content.decode()
    assert not Opfoelgningsmoede.objects.exists()

    svar = klient.post(adresse("serie_ny", sag.pk), SERIE | {"trin": "aftal"}, follow=True)

    html = svar.content.decode()
    assert "3 møder er aftalt." in html
    assert "Aflys resten af serien" in html
    serie = Opfoelgningsserie.objects.get()
    assert [m.nr for m in serie.moeder.all()] == [1, 2, 3]
    assert Haendelse.objects.filter(kode="opfoelgning.serie").count() == 1


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"dato": "23.11.2026"}, "Det første møde skal ligge fra i dag og frem."),
        ({"antal": "12", "uger": "26"}, "mere end et år ude"),
        ({"uger": "0"}, "større end eller lig"),
        ({"kl": "13.00"}, "allerede aftalt et møde"),
    ],
)
def test_series_that_cannot_be_is_refused(klient, sag, moede, felter, fejl):
    svar = klient.post(adresse("serie_ny", sag.pk), SERIE | felter | {"trin": "aftal"})

    assert svar.status_code == 422
    assert fejl in svar.content.decode()
    assert not Opfoelgningsserie.objects.exists()


def test_rest_of_a_series_is_called_off_and_what_was_held_stands(klient, sag):
    serie = services.opret_serie(
        sag,
        foerste=klokken(IDAG, 14, 10),
        antal=3,
        uger=6,
        sted="Rådhuset",
        form="personligt",
        af=klient.bruger,
    )
    with time_machine.travel(klokken(IDAG, 14, 15), tick=False):
        uden = klient.post(adresse("serie_aflys", serie.pk), {"afbud": "borger", "aarsag": ""})
        med = klient.post(adresse("serie_aflys", serie.pk), {"afbud": "borger", "aarsag": "I job"})
        igen = klient.post(adresse("serie_aflys", serie.pk), {"afbud": "borger", "aarsag": "x"})

    assert (uden.status_code, med.status_code, igen.status_code) == (422, 302, 422)
    assert [m.status for m in serie.moeder.all()] == ["planlagt", "aflyst", "aflyst"]


def test_mentor_answers_on_the_own_page_until_the_talk_is_held(som, klient, moede):
    mentor = som("mentor")
    TildelingFactory(sag=moede.sag, bruger=mentor.bruger, art="mentor")
    side = reverse("indsatsplan:mentor", args=[moede.sag_id])
    svaradresse = adresse("mentorsvar", moede.sag_id)
    svar = {"laas": "0", "godt": "Kantinen", "svaert": "Mandage", "oever": ""}

    assert "Hvad går godt?" in mentor.get(side).content.decode()
    foerste = mentor.post(svaradresse, svar, follow=True)
    gammel = mentor.post(svaradresse, svar | {"godt": "Andet"})
    tomt = mentor.post(svaradresse, {"laas": "1", "godt": "", "svaert": "", "oever": ""})

    assert "Kantinen" in foerste.content.decode()
    assert (gammel.status_code, tomt.status_code) == (409, 422)
    assert "Mandage" in klient.get(adresse("moede", moede.pk)).content.decode()
    services.aflys_moede(moede, afbud="borger", aarsag="Syg", af=klient.bruger)
    assert mentor.post(svaradresse, svar).status_code == 404
    assert "Hvad går godt?" not in mentor.get(side).content.decode()


def test_stranger_meets_neither_series_nor_move(som, sag, moede, klient):
    serie = Opfoelgningsserie.objects.create(sag=sag, uger=6, oprettet_af=klient.bruger)
    fremmed = som("koordinerende")

    for navn, pk in (("moede_flyt", moede.pk), ("serie_aflys", serie.pk), ("serie_ny", sag.pk)):
        assert fremmed.get(adresse(navn, pk)).status_code == 404


def test_a_meeting_no_longer_agreed_is_not_moved(klient, moede):
    services.aflys_moede(moede, afbud="kommune", aarsag="Sygdom", af=klient.bruger)

    with pytest.raises(ValidationError, match="allerede aflyst"):
        services.flyt_moede(
            moede, tidspunkt=klokken(IDAG), sted="Her", aarsag="Nu", af=klient.bruger
        )


@pytest.mark.parametrize(
    ("begraensning", "bryd"),
    [
        (
            "opfoelgningsserie_uger",
            lambda: Opfoelgningsserie.objects.create(
                sag=SagFactory(), uger=27, oprettet_af=BrugerFactory()
            ),
        ),
        (
            "opfoelgningsmoede_afbud_helt",
            lambda: OpfoelgningsmoedeFactory(nr=9, status="aflyst", afgjort_dato=None),
        ),
        (
            "mentorsvar_ikke_tomt",
            lambda: Mentorsvar.objects.create(
                moede=OpfoelgningsmoedeFactory(nr=9), skrevet_af=BrugerFactory()
            ),
        ),
        (
            "opfoelgningspunkt_status_kendt",
            lambda: Opfoelgningspunkt.objects.create(
                moede=OpfoelgningsmoedeFactory(nr=9), indsats=IndsatsFactory(), status_nu="væk"
            ),
        ),
    ],
)
def test_database_refuses(begraensning, bryd):
    with pytest.raises(IntegrityError, match=begraensning), transaction.atomic():
        bryd()
