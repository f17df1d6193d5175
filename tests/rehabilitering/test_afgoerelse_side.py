"""The decision's page: draft, decide, send back, and two at once."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase
from rehabilitering import dokumenter, tekststykker
from rehabilitering.models import Afgoerelse
from ressource.models import Rolle
from tests.factories import (
    BrugerFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    SagFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

# Statements of the page.
ANTAL = 12


@pytest.fixture(autouse=True)
def tirsdag(time_machine, monkeypatch):
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=False)
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", lambda _: b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def klient(som):
    return som(BrugerFactory(roller=[Rolle.KOORDINERENDE]))


@pytest.fixture
def sag(klient):
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=klient.bruger)
    IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__behandlet_den=timezone.now(),
        moede_dato=date(2026, 11, 20),
    )
    return sag


def adresse(sag):
    return reverse("rehabilitering:afgoerelse", args=[sag.pk])


def data(handling="gem", laas=0, **felter):
    return {
        "handling": handling,
        "laas": laas,
        "foelger_indstilling": "ja",
        "virkning_fra": "01.12.2026",
        "maalgruppebetingelse": "1",
        "faktum": "Du er 43 år og har arbejdet i butik",
        "uden_partshoering_grund": "Alt blev drøftet på mødet",
        "begrundelse": "Du kan udvikle din arbejdsevne",
        "hjemmel": "§ 112",
        "klagevejledning": "Du kan klage inden fire uger",
    } | felter


def tekst(response):
    return " ".join(response.content.decode().split())


def test_page_proposes_the_texts_of_the_rule_set_without_saving(klient, sag):
    side = tekst(klient.get(adresse(sag)))

    assert "§§ 112-115 i lov om en aktiv beskæftigelsesindsats" in side
    assert "Tomt felt: 24.11.2026 (Digital Post)" in side
    assert "Intet er gemt endnu" in side
    assert "DatabaseDefault" not in side
    assert not Afgoerelse.objects.exists()


def test_saving_the_draft_works_out_the_end_date(klient, sag):
    assert klient.post(adresse(sag), data()).url == adresse(sag)

    assert "30.11.2028" in tekst(klient.get(adresse(sag)))


def test_afgoerelse_is_made_once(klient, sag):
    assert klient.post(adresse(sag), data("afslut")).url == adresse(sag)

    side = tekst(klient.get(adresse(sag)))
    afgoerelse = Afgoerelse.objects.get()
    assert "Truffet" in side
    assert reverse("borgere:dokument", args=[afgoerelse.brev_id]) in side
    igen = klient.post(adresse(sag), data("afslut", laas=1))
    assert igen.status_code == 422
    assert "allerede truffet" in tekst(igen)


def test_lacks_are_said_on_the_fields_and_the_input_kept(klient, sag):
    response = klient.post(
        adresse(sag), data("afslut", hjemmel="", virkning_fra="", begrundelse="Mit udkast")
    )

    assert response.status_code == 422
    side = tekst(response)
    assert "hvilken lov afgørelsen bygger på" in side
    assert "hvornår afgørelsen får virkning" in side
    assert "Mit udkast" in side
    assert not Afgoerelse.objects.exists()


def test_empty_form_is_refused(klient, sag):
    assert klient.post(adresse(sag), {}).status_code == 422


def test_departure_sends_the_case_back_and_cannot_be_made_final(klient, sag):
    nej = {
        "foelger_indstilling": "nej",
        "udfald": "fleksjob",
        "afvigelse_begrundelse": "Arbejdsevnen er afklaret",
    }
    truffet = klient.post(adresse(sag), data("afslut", **nej))
    assert truffet.status_code == 422
    assert "kan ikke træffes, før teamet" in tekst(truffet)

    uden_grund = klient.post(adresse(sag), data(**nej | {"afvigelse_begrundelse": ""}))
    assert uden_grund.status_code == 422

    assert klient.post(adresse(sag), data(**nej)).url == adresse(sag)
    side = tekst(klient.get(adresse(sag)))
    assert "sendt tilbage til teamet" in side
    assert "Arbejdsevnen er afklaret" in side
    sag.refresh_from_db()
    assert sag.fase == Fase.MOEDE


def test_two_who_save_at_once_keep_both_texts(klient, sag):
    klient.post(adresse(sag), data(begrundelse="Den første"))

    response = klient.post(
        adresse(sag), data("afslut", begrundelse="Den anden", virkning_fra="02.12.2026")
    )

    assert response.status_code == 409
    side = tekst(response)
    for stykke in ("første", "anden", "01.12.2026", "02.12.2026", klient.bruger.navn):
        assert stykke in side
    assert 'name="handling"' not in side
    assert Afgoerelse.objects.get().begrundelse == "Den første"


def test_same_draft_sent_twice_is_no_conflict(klient, sag):
    for _ in range(2):
        assert klient.post(adresse(sag), data(slut_dato="30.11.2028")).status_code == 302

    assert Afgoerelse.objects.get().laas == 1


def test_another_in_the_circle_reads_but_does_not_write(som, sag):
    kollega = som("sagsbehandler")
    TildelingFactory(sag=sag, bruger=kollega.bruger, art="medvirkende")

    assert "den ansvarlige sagsbehandler, der skriver" in tekst(kollega.get(adresse(sag)))
    assert kollega.post(adresse(sag), data()).status_code == 403


def test_without_indstilling_there_is_nothing_to_decide(klient):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=klient.bruger)

    assert "når teamets mødeleder har afsluttet" in tekst(klient.get(adresse(sag)))
    response = klient.post(adresse(sag), data())
    assert response.status_code == 422
    assert "ingen afsluttet indstilling" in tekst(response)


def test_ready_sentence_goes_last_in_the_reasons_and_nothing_is_saved(klient, sag):
    stykke = tekststykker.til("afgoerelse")[0]
    sendt = data(f"stykke-{stykke.pk}", foelger_indstilling="nej", udfald="fleksjob")

    response = klient.post(adresse(sag), sendt)

    assert response.status_code == 200
    assert response.context["form"]["begrundelse"].value() == (
        f"Du kan udvikle din arbejdsevne\n\n{stykke.tekst}"
    )
    assert response.context["form"]["udfald"].value() == "fleksjob"
    assert not Afgoerelse.objects.exists()
    fremmed = tekststykker.til("indstilling")[0]
    assert klient.post(adresse(sag), data(f"stykke-{fremmed.pk}")).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same(klient, sag, django_assert_num_queries, antal):
    for nr in range(antal):
        IndstillingslinjeFactory(indstilling=sag.indstillinger.get(), nr=nr + 1)

    with django_assert_num_queries(ANTAL):
        klient.get(adresse(sag))


@pytest.mark.parametrize("felt", ["virkning_fra", "slut_dato", "modtaget_dato"])
@pytest.mark.parametrize("aar", ["0001", "2926", "9999"])
def test_mistyped_year_is_refused(klient, sag, felt, aar):
    response = klient.post(adresse(sag), data(**{felt: f"31.12.{aar}"}))

    assert response.status_code == 422
    assert "kan ikke passe" in tekst(response)
    assert not Afgoerelse.objects.exists()


def test_lock_number_never_given_out_loses_nothing(sag, klient):
    response = klient.post(adresse(sag), data(laas=7))

    assert response.status_code == 302
    assert Afgoerelse.objects.get().begrundelse
