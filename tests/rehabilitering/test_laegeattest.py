"""LÆ 265: asked for, received, current, sent back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from opfoelgning.udledning import udled
from rehabilitering.models import Laegeattest
from rehabilitering.services import laegeattest as services
from rehabilitering.services.kvalitetssikring import godkend, indsend
from rehabilitering.services.moede import saet_paa_dagsorden
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    BrugerFactory,
    DokumentFactory,
    LaegeattestFactory,
    SagFactory,
    TeammoedeFactory,
)
from tests.rehabilitering.klargoering import PDF, fil, klar_sag

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def attest(sag, maja):
    return LaegeattestFactory(sag=sag, anmodet_dato=i_dag() - timedelta(days=10), anmodet_af=maja)


def test_a_request_is_recorded_with_its_questions(sag, maja):
    attest = services.anmod(sag, spoergsmaal="Hvad kan hun?", af=maja)

    assert (attest.anmodet_dato, attest.anmodet_af) == (i_dag(), maja)
    assert Haendelse.objects.get(kode="laegeattest.anmodet").sag_id == sag.pk


def test_one_request_at_a_time(sag, attest, maja):
    with pytest.raises(ValidationError, match="allerede bestilt"):
        services.anmod(sag, spoergsmaal="Igen", af=maja)


def test_a_request_is_not_made_tomorrow(sag, maja):
    with pytest.raises(ValidationError, match="fremtiden"):
        services.anmod(sag, spoergsmaal="?", dato=i_dag() + timedelta(days=1), af=maja)


def test_a_case_in_screening_needs_no_certificate(maja):
    with pytest.raises(ValidationError, match="trinnet screening"):
        services.anmod(SagFactory(), spoergsmaal="?", af=maja)


@time_machine.travel("2026-08-31 12:00+02:00", tick=False)
def test_a_received_certificate_is_current_for_the_rule_sets_months(maja):
    sag = SagFactory(fase="forberedelse")
    attest = services.anmod(sag, spoergsmaal="?", af=maja)

    attest = services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)

    assert attest.gyldig_til == date(2027, 2, 28)
    aktuelle = Laegeattest.objects.aktuelle
    assert aktuelle(date(2027, 2, 28)).get() == attest
    assert not aktuelle(date(2027, 3, 1)).exists()
    assert attest.er_aktuel(date(2027, 2, 28))
    assert not attest.er_aktuel(date(2027, 3, 1))


def test_the_file_is_kept_as_a_document(sag, attest, maja):
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)

    dokument = sag.dokumenter.get()
    assert (bytes(dokument.indhold), dokument.indholdstype) == (PDF, "application/pdf")
    assert (dokument.art, dokument.laegeattest) == ("laegeattest", attest)


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"modtaget_dato": timedelta(days=1)}, "modtaget_dato"),
        ({"modtaget_dato": timedelta(days=-11)}, "modtaget_dato"),
        ({"modtaget_dato": timedelta(), "konsultation_dato": timedelta(1)}, "konsultation_dato"),
    ],
)
def test_impossible_dates_are_refused_on_their_field(sag, attest, maja, felter, felt):
    datoer = {navn: i_dag() + skridt for navn, skridt in felter.items()}

    with pytest.raises(ValidationError) as fejl:
        services.modtag(attest, fil(), **datoer, af=maja)

    assert list(fejl.value.message_dict) == [felt]
    assert not sag.dokumenter.exists()


@pytest.mark.parametrize(
    ("upload", "besked"),
    [
        (fil("attest.exe", b"MZ\x90"), "Filen er et program"),
        (fil("attest.png", PDF), "navn passer ikke"),
        (fil("attest.pdf", b""), "tom"),
    ],
)
def test_other_files_are_refused(sag, attest, maja, upload, besked):
    with pytest.raises(ValidationError, match=besked):
        services.modtag(attest, upload, modtaget_dato=i_dag(), af=maja)


def test_a_certificate_is_received_once(sag, attest, maja):
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)

    with pytest.raises(ValidationError, match="allerede modtaget"):
        services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)


def test_an_insufficient_certificate_is_no_longer_current(sag, attest, maja):
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)

    services.returner(attest, begrundelse="Uddyb funktionsevnen.", af=maja)

    assert not Laegeattest.objects.aktuelle(i_dag()).exists()
    assert services.anmod(sag, spoergsmaal="Uddyb", af=maja).pk != attest.pk
    with pytest.raises(ValidationError, match="allerede sendt retur"):
        services.returner(attest, begrundelse="Igen", af=maja)


def test_the_certificate_that_was_sent_back_is_not_the_new_one(sag, attest, maja):
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)
    services.returner(attest, begrundelse="Intet om timer", af=maja)
    ny = services.anmod(sag, spoergsmaal="Timer?", af=maja)

    with pytest.raises(ValidationError) as fejl:
        services.modtag(ny, fil(), modtaget_dato=i_dag(), af=maja)

    assert "Vælg den nye attest" in fejl.value.message_dict["fil"][0]


def test_sending_back_needs_a_reason_and_a_certificate(attest, maja):
    with pytest.raises(ValidationError, match="ikke modtaget endnu"):
        services.returner(attest, begrundelse="Uddyb", af=maja)
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)
    with pytest.raises(ValidationError, match="hvad lægen skal uddybe"):
        services.returner(attest, begrundelse=" ", af=maja)


def test_a_cancelled_request_is_kept_and_makes_room_for_another(sag, attest, maja):
    with pytest.raises(ValidationError, match="hvorfor attesten"):
        services.annuller(attest, begrundelse=" ", af=maja)

    services.annuller(attest, begrundelse="Borgeren har skiftet læge.", af=maja)

    assert Haendelse.objects.get(kode="laegeattest.annulleret").sag_id == sag.pk
    assert services.anmod(sag, spoergsmaal="?", af=maja).pk != attest.pk
    for igen in (
        lambda: services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja),
        lambda: services.annuller(attest, begrundelse="Igen", af=maja),
    ):
        with pytest.raises(ValidationError, match="annulleret"):
            igen()


def test_a_received_certificate_is_not_cancelled(attest, maja):
    services.modtag(attest, fil(), modtaget_dato=i_dag(), af=maja)

    with pytest.raises(ValidationError, match="allerede modtaget"):
        services.annuller(attest, begrundelse="Fejl", af=maja)


@time_machine.travel("2026-08-31 12:00+02:00", tick=False)
def test_a_case_approved_in_time_is_stopped_at_the_agenda_when_the_certificate_grows_old(maja):
    konsulent = BrugerFactory(roller=["faglig_konsulent"])
    sag = klar_sag(af=maja)
    godkend(indsend(sag, af=maja), af=konsulent)
    # Current until 28 February 2027.
    for_sent = TeammoedeFactory(dato=date(2027, 3, 2))
    i_tide = TeammoedeFactory(dato=date(2027, 2, 26))
    koordinator = BrugerFactory(roller=["moedekoordinator"])

    with pytest.raises(ValidationError, match=r"kun aktuel til 28\.02\.2027"):
        saet_paa_dagsorden(for_sent, sag, af=koordinator)

    assert saet_paa_dagsorden(i_tide, sag, af=koordinator).sag == sag


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("laegeattest_annulleret_har_grund", {"annulleret_dato": date(2026, 11, 2)}),
        ("laegeattest_modtagelse_hel", {"modtaget_dato": date(2026, 11, 2)}),
        (
            "laegeattest_modtaget_efter_anmodet",
            {"modtaget_dato": date(2026, 10, 1), "gyldig_til": date(2026, 12, 1), "dokument": True},
        ),
        ("laegeattest_retur_har_grund", {"returneret_dato": date(2026, 11, 2)}),
    ],
)
def test_the_database_refuses_a_certificate_that_cannot_be(sag, navn, felter):
    if felter.get("dokument"):
        felter = felter | {"dokument": DokumentFactory(sag=sag)}

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        LaegeattestFactory(sag=sag, anmodet_dato=date(2026, 11, 1), **felter)


def test_the_whole_way_on_the_page(som, sag, maja):
    klient = som(maja)
    side = reverse("rehabilitering:laegeattest", args=[sag.pk])
    assert "ingen aktuel attest" in klient.get(side).text

    klient.post(
        reverse("rehabilitering:laegeattest_anmod", args=[sag.pk]), {"anmod-spoergsmaal": "Hvad?"}
    )
    attest = sag.laegeattester.get()
    assert "Venter på lægen" in klient.get(side).text
    data = {
        "modtag-fil": SimpleUploadedFile("attest.pdf", PDF),
        "modtag-modtaget_dato": dato(i_dag()),
    }
    modtag = reverse("rehabilitering:laegeattest_modtag", args=[sag.pk, attest.pk])
    assert klient.post(modtag, data).status_code == 302
    assert "Aktuel til" in klient.get(side).text

    retur = reverse("rehabilitering:laegeattest_retur", args=[sag.pk, attest.pk])
    klient.post(retur, {"retur-begrundelse": "Uddyb."})
    assert "Sendt retur" in klient.get(side).text


def test_after_a_return_the_new_request_begins_with_what_was_missing(som, sag, maja):
    LaegeattestFactory(
        sag=sag,
        modtaget=True,
        spoergsmaal="Hvor mange timer?",
        returneret_dato=i_dag(),
        returneret_begrundelse="Skriv om funktionsevnen.",
    )

    form = som(maja).get(reverse("rehabilitering:laegeattest", args=[sag.pk])).context["anmod"]

    assert form["spoergsmaal"].value() == "Skriv om funktionsevnen.\n\nHvor mange timer?"


def test_the_page_shows_the_deadline_with_its_rule_and_that_it_has_passed(som, sag, maja):
    LaegeattestFactory(sag=sag, anmodet_dato=i_dag() - timedelta(days=31), anmodet_af=maja)
    udled(sager=[sag.pk])

    side = som(maja).get(reverse("rehabilitering:laegeattest", args=[sag.pk])).text

    assert f"senest {dato(i_dag() - timedelta(days=1))}" in side
    assert "30 dage efter bestillingen" in side
    assert "Lægen har ikke svaret til tiden" in side


def test_cancelling_on_the_page_asks_for_a_reason(som, sag, attest, maja):
    klient = som(maja)
    url = reverse("rehabilitering:laegeattest_annuller", args=[sag.pk, attest.pk])

    assert klient.post(url, {"annuller-begrundelse": ""}).status_code == 422
    assert klient.post(url, {"annuller-begrundelse": "Skiftet læge."}).status_code == 302
    side = klient.get(reverse("rehabilitering:laegeattest", args=[sag.pk])).text
    assert "Skiftet læge." in side
    assert "Bestil en ny attest" in side


def test_a_refused_upload_keeps_the_dates(som, sag, attest, maja):
    url = reverse("rehabilitering:laegeattest_modtag", args=[sag.pk, attest.pk])
    data = {
        "modtag-fil": SimpleUploadedFile("attest.pdf", b"MZ"),
        "modtag-modtaget_dato": dato(i_dag()),
        "modtag-konsultation_dato": "01.01.2026",
    }

    svar = som(maja).post(url, data)

    assert svar.status_code == 422
    assert "Filen er et program" in svar.text
    assert 'value="01.01.2026"' in svar.text


def test_another_cases_certificate_is_not_found(som, sag, maja):
    fremmed = LaegeattestFactory()
    url = reverse("rehabilitering:laegeattest_modtag", args=[sag.pk, fremmed.pk])

    assert som(maja).post(url, {}).status_code == 404


def test_the_konsulent_reads_and_does_not_write(som, sag, attest):
    konsulent = BrugerFactory(roller=["faglig_konsulent"])
    sag.tildelinger.create(bruger=konsulent, art="medvirkende")
    klient = som(konsulent)

    side = klient.get(reverse("rehabilitering:laegeattest", args=[sag.pk]))

    assert side.status_code == 200
    assert "Registrér attesten" not in side.text
    url = reverse("rehabilitering:laegeattest_anmod", args=[sag.pk])
    assert klient.post(url, {"anmod-spoergsmaal": "?"}).status_code == 403


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_takes_the_same_statements(som, sag, maja, antal, django_assert_num_queries):
    for nr in range(antal):
        LaegeattestFactory(sag=sag, modtaget=True, anmodet_dato=i_dag() - timedelta(days=40 + nr))
    klient = som(maja)

    with django_assert_num_queries(9):
        klient.get(reverse("rehabilitering:laegeattest", args=[sag.pk]))
