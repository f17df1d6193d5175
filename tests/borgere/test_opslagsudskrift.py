"""«Opslag i din sag»: what a citizen learns of who looked, and what not."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from borgere import opslagsudskrift
from ressource import pdf
from ressource.kalender import i_dag
from ressource.models import Opslag, Organisation, Rolle
from tests.factories import BrugerFactory, SagFactory, TeamFactory, klokken

pytestmark = pytest.mark.django_db

EN_TIRSDAG = klokken(date(2026, 11, 24), 9, 5)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(EN_TIRSDAG, tick=False):
        yield


def opslag(sag, bruger, *, siden=0, minutter=0, **felter):
    standard = {
        "roller": ",".join(bruger.roller),
        "organisation": bruger.organisation,
        "handling": "se",
        "objekt": "sag",
        "sag_id": sag.pk,
        "borger_noegle": sag.borger.noegle,
    }
    with time_machine.travel(
        timezone.now() - timedelta(days=siden) + timedelta(minutes=minutter), tick=False
    ):
        return Opslag.objects.create(bruger=bruger, **standard | felter)


def linjer(sag, *, dage=365):
    fra = i_dag() - timedelta(days=dage)
    return opslagsudskrift.linjer(opslagsudskrift.grupperet(sag.borger, fra=fra, til=i_dag()))


def test_look_ups_of_a_day_are_counted_together_without_names():
    team = TeamFactory(navn="Team Nord")
    en, to = BrugerFactory.create_batch(2, team=team)
    sag = SagFactory(ansvarlig=en)
    opslag(sag, en)
    opslag(sag, to, minutter=70)
    opslag(sag, en, objekt="journal")
    opslag(sag, en, siden=1)

    fundne = linjer(sag)

    assert [(x.dag.day, x.klokken, x.hvad, x.antal) for x in fundne] == [
        (24, "9.05", "journalen", 1),
        (24, "9.05–10.15", "sagen", 2),
        (23, "9.05", "sagen", 1),
    ]
    assert {x.hvem for x in fundne} == {"Sagsbehandler, Team Nord"}
    assert {x.formaal for x in fundne} == {"Behandling af sagen"}


def test_what_was_done_and_why_is_said():
    bruger = BrugerFactory(roller=[Rolle.KOORDINERENDE], team=None)
    udefra = BrugerFactory(
        roller=[Rolle.SUNDHEDSKOORDINATOR], organisation=Organisation.REGION, team=None
    )
    sag = SagFactory()
    opslag(sag, bruger, handling="afvist", formaal="nødadgang")
    opslag(sag, udefra, handling="vis_personnummer", objekt="ukendt_kode")

    fundne = linjer(sag)

    assert [(x.hvem, x.handling, x.hvad, x.formaal) for x in fundne] == [
        (
            "Koordinerende sagsbehandler, Egelund Kommune",
            "Forsøgt, men afvist",
            "sagen",
            "Nødadgang",
        ),
        (
            "Sundhedskoordinator, regionen",
            "Set hele personnummeret",
            "ukendt_kode",
            "Behandling af sagen",
        ),
    ]


def test_all_the_citizens_cases_and_nobody_elses_in_the_period_only():
    bruger = BrugerFactory()
    sag = SagFactory(fase="screening")
    gammel = SagFactory(
        borger=sag.borger,
        fase="afslutning",
        afsluttet_dato=i_dag(),
        afsluttet_af=bruger,
        afslutningsaarsag="andet",
    )
    opslag(gammel, bruger, borger_noegle=None)
    opslag(sag, bruger, sag_id=None)
    opslag(SagFactory(), bruger)
    opslag(sag, bruger, siden=400)

    assert sum(x.antal for x in linjer(sag)) == 2
    assert sum(x.antal for x in linjer(sag, dage=500)) == 3


def test_the_letter_joins_a_day_to_one_line():
    bruger = BrugerFactory()
    sag = SagFactory()
    for objekt in ("sag", "sag", "journal"):
        opslag(sag, bruger, objekt=objekt)

    [linje] = opslagsudskrift.samlet(linjer(sag))

    assert (linje.hvad, linje.antal) == ("journalen, sagen (2 gange)", 3)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_costs_the_same_whatever_the_rows(som, antal, django_assert_num_queries):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    for nr in range(antal):
        opslag(sag, klient.bruger, siden=nr + 1)

    with django_assert_num_queries(9):
        svar = klient.get(reverse("borgere:opslag_i_sagen", args=[sag.pk]))

    assert svar.content.decode().count("Behandling af sagen") == min(antal, 24)


def test_the_page_keeps_a_wrong_period_and_is_paginated(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    for nr in range(30):
        opslag(sag, klient.bruger, siden=nr)
    url = reverse("borgere:opslag_i_sagen", args=[sag.pk])

    forkert = klient.get(url, {"fra": "1.1.2020", "til": "24.11.2026"})
    anden_side = klient.get(url, {"side": 2})

    assert forkert.status_code == 422
    assert "Vælg højst to år" in forkert.content.decode()
    assert "1.1.2020" in forkert.content.decode()
    assert "side 2 af 2" in anden_side.content.decode()
    assert klient.bruger.navn not in anden_side.content.decode().split('<table class="table">')[1]


def test_the_letter_is_made_logged_as_printed_and_names_no_employee(som):
    klient = som("sagsbehandler")
    kollega = BrugerFactory(navn="Ove Hemmelig")
    sag = SagFactory(ansvarlig=klient.bruger)
    opslag(sag, kollega, objekt="journal")

    svar = klient.get(reverse("borgere:opslag_udskrift", args=[sag.pk]))

    tekst = " ".join(side.extract_text() for side in PdfReader(BytesIO(svar.content)).pages)
    assert svar["Content-Type"] == "application/pdf"
    assert "journalen" in tekst
    assert "artikel 15" in tekst
    assert klient.bruger.navn in tekst
    assert "Hemmelig" not in tekst
    sidste = Opslag.objects.latest("pk")
    assert (sidste.handling, sidste.objekt, sidste.sag_id) == ("udskriv", "opslag_udskrift", sag.pk)


def test_too_long_for_one_letter_and_a_wrong_period_are_refused_on_the_page(som, monkeypatch):
    monkeypatch.setattr(opslagsudskrift, "HOEJST_LINJER", 1)
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    opslag(sag, klient.bruger)
    opslag(sag, klient.bruger, siden=1)
    url = reverse("borgere:opslag_udskrift", args=[sag.pk])

    for_langt = klient.get(url)
    forkert = klient.get(url, {"fra": "x"})

    assert (for_langt.status_code, forkert.status_code) == (422, 422)
    assert "for mange opslag til ét brev" in for_langt.content.decode()


def test_without_pango_the_page_says_so(som, monkeypatch):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)

    def mangler(*args, **kwargs):
        raise pdf.PdfUtilgaengelig(pdf.MANGLER_PANGO)

    monkeypatch.setattr(pdf, "skriv_pdf", mangler)
    svar = klient.get(reverse("borgere:opslag_udskrift", args=[sag.pk]), follow=True)

    assert "serveren mangler Pango" in svar.content.decode()


def test_a_stranger_learns_nothing_and_a_refusal_is_on_the_list_afterwards(som):
    sag = SagFactory(ansvarlig=BrugerFactory())
    fremmed = som("sagsbehandler")
    for navn in ("borgere:opslag_i_sagen", "borgere:opslag_udskrift"):
        assert fremmed.get(reverse(navn, args=[sag.pk])).status_code == 404
        assert som("teamleder").get(reverse(navn, args=[sag.pk])).status_code == 403

    assert {linje.handling for linje in linjer(sag)} == {"Forsøgt, men afvist"}
    assert sum(linje.antal for linje in linjer(sag)) == 4
