"""The tabs Borger og netværk, Dokumenter and Journal, and what each look at them leaves behind."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from borgere.models import Borger, Dokument, Journalnotat, Samtykke
from ressource.models import Haendelse, Opslag
from tests.borgere.test_models import notat, samtykke
from tests.factories import DokumentFactory, SagFactory, TildelingFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"
# Session, user, case, log row, circle, facts; documents and their number; reminders.
DOKUMENTSIDE = 9
# … ; count and page of notes; reminders.
JOURNALSIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(
        ansvarlig=maja.bruger,
        borger__telefon="10203040",
        borger__adresse="Skovvej 1",
        borger__postnummer="8600",
        borger__by="Silkeborg",
    )


def side(navn, sag, *flere):
    return reverse(f"borgere:{navn}", args=[sag.pk, *flere])


def log():
    return list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "sag_id"))


def ret(sag, **felter):
    borger = sag.borger
    return {
        "fornavn": borger.fornavn,
        "efternavn": borger.efternavn,
        "antal_hjemmeboende_boern": "0",
        "laas": borger.laas,
    } | felter


# Every page leaves one row in the look-up log, and a GET nothing else


@pytest.mark.parametrize(
    ("navn", "objekt"),
    [
        ("borger", "borger"),
        ("borger_ret", "borger"),
        ("netvaerk_ny", "borger"),
        ("samtykke_ny", "borger"),
        ("dokumenter", "dokumenter"),
        ("journal", "journal"),
        ("sag_afslut", "overblik"),
        ("tildel", "overblik"),
    ],
)
def test_case_page_is_logged_once_and_writes_nothing_else(maja, sag, navn, objekt):
    svar = maja.get(side(navn, sag))

    assert svar.status_code == 200
    assert log() == [("se", objekt, sag.pk)]
    assert Opslag.objects.get().anmodningsid is not None
    assert Haendelse.objects.count() == 0


def test_unseen_case_leaves_no_trace_of_itself(maja):
    assert maja.get(side("borger", SagFactory())).status_code == 404
    assert log() == []


# The citizen


def test_address_is_there_when_it_is_not_protected(maja, sag):
    html = maja.get(side("borger", sag)).content.decode()

    assert "Skovvej 1" in html
    assert "10203040" in html


def test_protected_address_is_hidden_until_somebody_asks(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True)

    skjult = maja.get(side("borger", sag)).content.decode()
    vist = maja.post(side("borger_adresse", sag))

    assert "Skovvej 1" not in skjult
    assert "10203040" not in skjult
    assert "Vis adresse (logges)" in skjult
    assert "Skovvej 1" in vist.content.decode()
    assert "no-store" in vist["Cache-Control"]
    assert log() == [("se", "borger", sag.pk), ("vis_adresse", "borger", sag.pk)]


def test_correcting_a_protected_citizen_is_logged_as_seeing_the_address(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True)

    maja.get(side("borger_ret", sag))

    assert log() == [("vis_adresse", "borger", sag.pk)]


def test_correction_is_saved(maja, sag):
    svar = maja.post(
        side("borger_ret", sag),
        ret(sag, telefon="50607080", har_uddannelse="ja", boernesag_fulgt_op_dato="03.11.2025"),
    )

    borger = Borger.objects.get()
    assert svar["Location"] == side("borger", sag)
    assert (borger.telefon, borger.har_uddannelse) == ("50607080", True)
    assert borger.boernesag_fulgt_op_af == maja.bruger


def test_known_answers_are_filled_in(maja, sag):
    Borger.objects.update(har_uddannelse=None)
    assert maja.get(side("borger_ret", sag)).context["form"]["har_uddannelse"].value() == ""
    Borger.objects.update(har_uddannelse=False)
    assert maja.get(side("borger_ret", sag)).context["form"]["har_uddannelse"].value() == "nej"


def test_refused_correction_changes_nothing(maja, sag):
    svar = maja.post(
        side("borger_ret", sag), ret(sag, fornavn="Ny", adressebeskyttet_til="01.01.2030")
    )

    assert svar.status_code == 422
    assert "En slutdato kræver" in svar.content.decode()
    assert 'value="Ny"' in svar.content.decode()
    assert Borger.objects.get().fornavn == "Bo"


def test_second_of_two_corrections_meets_the_first_and_loses_nothing(maja, sag, som):
    lene = som("sagsbehandler", navn="Lene Krog")
    TildelingFactory(sag=sag, bruger=lene.bruger, art="medvirkende")
    lene.post(side("borger_ret", sag), ret(sag, telefon="11111111", er_fritaget_digital_post="on"))

    svar = maja.post(side("borger_ret", sag), ret(sag, telefon="22222222"))

    assert svar.status_code == 409
    assert Borger.objects.get().telefon == "11111111"
    for ventet in ("Lene Krog", "11111111", "22222222", "Fritaget for Digital Post"):
        assert ventet in svar.content.decode()

    valgt = ret(sag, telefon="22222222", er_fritaget_digital_post="on") | {"laas": 1}
    assert maja.post(side("borger_ret", sag), valgt).status_code == 302
    borger = Borger.objects.get()
    assert (borger.telefon, borger.er_fritaget_digital_post) == ("22222222", True)


def test_same_correction_sent_twice_is_no_conflict(maja, sag):
    data = ret(sag, telefon="50607080", har_uddannelse="ja")

    maja.post(side("borger_ret", sag), data)
    igen = maja.post(side("borger_ret", sag), data, follow=True)

    assert "allerede gemt med det samme indhold" in igen.content.decode()


def test_conflict_over_a_protected_citizen_is_logged_as_seeing_the_address(maja, sag):
    Borger.objects.update(er_adressebeskyttet=True, laas=7)

    maja.post(side("borger_ret", sag), ret(sag, telefon="22222222", laas="6"))

    assert log() == [("vis_adresse", "borger", sag.pk)]


@pytest.mark.parametrize("postnummer", ["²²²²", "٨٦٠٠", "860", "860a"])
def test_postal_code_is_four_plain_digits(maja, sag, postnummer):
    svar = maja.post(side("borger_ret", sag), ret(sag, postnummer=postnummer))

    assert svar.status_code == 422
    assert "fire cifre" in svar.content.decode()


def test_consultant_reads_but_does_not_correct(sag, som):
    klient = som("faglig_konsulent")
    TildelingFactory(sag=sag, bruger=klient.bruger, art="medvirkende")

    assert "Ret oplysninger" not in klient.get(side("borger", sag)).content.decode()
    assert klient.get(side("borger_ret", sag)).status_code == 403


# Network and consents


def test_person_and_consent_are_added(maja, sag):
    maja.post(
        side("netvaerk_ny", sag),
        {"navn": "Laila", "relation": "ægtefælle", "holdning": "medspiller"},
    )
    [laila] = sag.borger.netvaerk.all()
    svar = maja.post(
        side("samtykke_ny", sag),
        {
            "modtager": "netvaerk",
            "netvaerksperson": laila.pk,
            "oplysninger": "Planen",
            "fra_dato": "01.01.2026",
            "til_dato": "01.01.2036",
            "givet_hvordan": "Mundtligt",
        },
    )

    assert svar.status_code == 302
    html = maja.get(side("borger", sag)).content.decode()
    assert "Laila, ægtefælle. Medspiller" in html
    assert "Gælder" in html


def test_refused_network_person_keeps_the_text(maja, sag):
    svar = maja.post(side("netvaerk_ny", sag), {"navn": "Laila", "holdning": "medspiller"})

    assert svar.status_code == 422
    assert 'value="Laila"' in svar.content.decode()


def test_consent_with_dates_in_the_wrong_order_is_refused(maja, sag):
    svar = maja.post(
        side("samtykke_ny", sag),
        {
            "modtager": "egen_laege",
            "oplysninger": "Helbred",
            "fra_dato": "02.01.2026",
            "til_dato": "01.01.2026",
            "givet_hvordan": "Mundtligt",
        },
    )

    assert svar.status_code == 422
    assert "Slutdatoen ligger før startdatoen." in svar.content.decode()
    assert 'value="Helbred"' in svar.content.decode()
    assert Samtykke.objects.count() == 0


def test_consent_is_withdrawn_once(maja, sag):
    givet = samtykke(sag.borger)

    foerste = maja.post(side("samtykke_traek", sag, givet.pk), follow=True).content.decode()
    anden = maja.post(side("samtykke_traek", sag, givet.pk), follow=True).content.decode()

    assert "Trukket tilbage" in foerste
    assert "Samtykket er allerede trukket tilbage." in anden


def test_somebody_elses_consent_is_not_there(maja, sag):
    assert maja.post(side("samtykke_traek", sag, samtykke().pk)).status_code == 404


# Documents


def upload(indhold=PDF, navn="attest.pdf"):
    return {
        "art": "helbred",
        "titel": "Epikrise",
        "dato": "01.11.2026",
        "fil": SimpleUploadedFile(navn, indhold),
    }


def test_document_is_uploaded_and_listed(maja, sag):
    svar = maja.post(side("dokumenter", sag), upload())

    [dokument] = sag.dokumenter.all()
    assert svar.status_code == 302
    assert dokument.indholdstype == "application/pdf"
    html = maja.get(side("dokumenter", sag)).content.decode()
    assert reverse("borgere:dokument", args=[dokument.pk]) in html


@pytest.mark.parametrize(
    ("indhold", "navn", "besked"),
    [
        (b"", "a.pdf", "tom"),
        (b"MZ\x90", "a.pdf", "hverken PDF, PNG eller JPEG"),
        (b"<html>", "a.png", "hverken PDF, PNG eller JPEG"),
        (PDF, "a.png", "navn passer ikke"),
    ],
)
def test_wrong_file_is_refused_with_the_title_kept(maja, sag, indhold, navn, besked):
    svar = maja.post(side("dokumenter", sag), upload(indhold, navn))

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="Epikrise"' in svar.content.decode()
    assert Dokument.objects.count() == 0


def test_document_is_shown_without_any_right(maja, sag):
    dokument = DokumentFactory(sag=sag, titel="Lægeattest for Bo")

    svar = maja.get(reverse("borgere:dokument", args=[dokument.pk]))

    assert svar.content == b"%PDF-1.7\n%%EOF"
    assert svar["Content-Type"] == "application/pdf"
    assert svar["Content-Disposition"] == f'inline; filename="dokument-{dokument.pk}.pdf"'
    assert svar["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in svar["Cache-Control"]
    assert log() == [("se", "dokument", sag.pk)]


def test_consultant_reads_documents_but_uploads_none(sag, som):
    klient = som("faglig_konsulent")
    TildelingFactory(sag=sag, bruger=klient.bruger, art="medvirkende")

    assert "Læg på sagen" not in klient.get(side("dokumenter", sag)).content.decode()
    assert klient.post(side("dokumenter", sag), upload()).status_code == 403


def test_upload_sent_twice_is_one_document(maja, sag):
    maja.post(side("dokumenter", sag), upload())
    igen = maja.post(side("dokumenter", sag), upload())

    assert igen.status_code == 422
    assert "ligger allerede på sagen" in igen.content.decode()
    assert sag.dokumenter.count() == 1


def test_documents_come_25_to_a_page(maja, sag):
    DokumentFactory.create_batch(27, sag=sag)

    anden = maja.get(side("dokumenter", sag), {"side": 2})

    assert len(anden.context["side"].object_list) == 2
    assert "Forrige side" in anden.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_documents_cost_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    DokumentFactory.create_batch(antal, sag=sag)

    with django_assert_num_queries(DOKUMENTSIDE) as forespoergsler:
        maja.get(side("dokumenter", sag))

    assert not any('"indhold"' in f["sql"] for f in forespoergsler.captured_queries)


# Journal


def skriv(**felter):
    return {
        "er_delt": "nej",
        "dato": "01.11.2026",
        "overskrift": "Samtale",
        "tekst": "Vil gerne i køkken",
    } | felter


def test_internal_and_shared_notes_cannot_be_mistaken(maja, sag):
    maja.post(side("journal", sag), skriv())
    maja.post(side("journal", sag), skriv(er_delt="ja"))

    html = maja.get(side("journal", sag)).content.decode()

    assert list(Journalnotat.objects.order_by("pk").values_list("er_delt", flat=True)) == [
        False,
        True,
    ]
    assert html.count("notat--internt") == html.count("notat--delt") == 1
    assert "Delt med borgeren" in html


def test_note_sent_twice_stands_once(maja, sag):
    maja.post(side("journal", sag), skriv())
    igen = maja.post(side("journal", sag), skriv())

    assert igen.status_code == 422
    assert "står allerede i journalen" in igen.content.decode()
    assert Journalnotat.objects.count() == 1


def test_nobody_shares_a_note_by_not_choosing(maja, sag):
    svar = maja.post(side("journal", sag), skriv(er_delt=""))

    assert svar.status_code == 422
    assert "Vil gerne i køkken" in svar.content.decode()
    assert Journalnotat.objects.count() == 0


def test_note_of_the_future_is_refused(maja, sag):
    svar = maja.post(side("journal", sag), skriv(dato="01.01.2099"))

    assert svar.status_code == 422
    assert "fremtiden" in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_journal_costs_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    for _ in range(antal):
        notat(sag)

    with django_assert_num_queries(JOURNALSIDE):
        maja.get(side("journal", sag))
