"""Documents of a case: put on, found again, replaced by a newer edition, shown or downloaded."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse

from borgere import services
from borgere.models import Dokument
from ressource.filtype import MAKS_MB
from ressource.generator import TOM_PDF
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import DokumentFactory, SagFactory, TildelingFactory
from tests.ressource import filer
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

# Session, user, case, log row, circle, facts; documents and their number; reminders.
DOKUMENTSIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(navn, objekt):
    return reverse(f"borgere:{navn}", args=[objekt.pk])


def upload(indhold=TOM_PDF, navn="attest.pdf", **felter):
    return {
        "art": "helbred",
        "titel": "Epikrise",
        "dato": "01.11.2026",
        "fil": SimpleUploadedFile(navn, indhold),
    } | felter


def log():
    return list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "sag_id"))


def gem(sag, bruger, **felter):
    standard = {
        "art": Dokument.Art.HELBRED,
        "titel": "Epikrise",
        "indhold": TOM_PDF,
        "indholdstype": "application/pdf",
        "dato": i_dag(),
    }
    return services.gem_dokument(sag, **standard | felter, af=bruger)


def titler(svar):
    return [d.titel for d in svar.context["side"].object_list]


# Putting one on the case


def test_document_is_stored_with_its_hash(sag, maja):
    dokument = gem(sag, maja.bruger)

    dokument.refresh_from_db()
    assert bytes(dokument.indhold) == TOM_PDF
    assert dokument.antal_byte == len(TOM_PDF)
    assert dokument.sha256 == hashlib.sha256(TOM_PDF).hexdigest()
    assert list(Haendelse.objects.values_list("kode", flat=True)) == ["dokument.tilfoejet"]


@pytest.mark.parametrize(
    "indhold", [b"<script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\n", filer.pdf_med_javascript()]
)
def test_no_path_stores_an_unchecked_upload(sag, maja, indhold):
    with pytest.raises(ValidationError):
        gem(sag, maja.bruger, indhold=indhold)
    assert Dokument.objects.count() == 0


def test_content_decides_and_not_the_stated_type(sag, maja):
    with pytest.raises(ValidationError, match="passer ikke til dens type"):
        gem(sag, maja.bruger, indholdstype="image/png")


def test_document_is_uploaded_and_listed(maja, sag):
    svar = maja.post(side("dokument_nyt", sag), upload())

    [dokument] = sag.dokumenter.all()
    assert (svar.status_code, svar["Location"]) == (302, side("dokumenter", sag))
    assert dokument.indholdstype == "application/pdf"
    assert side("dokument", dokument) in maja.get(side("dokumenter", sag)).content.decode()


@pytest.mark.parametrize(
    ("indhold", "navn", "besked"),
    [
        (b"", "a.pdf", "Filen er tom. Vælg en anden fil."),
        (b"MZ\x90", "a.pdf", "Filen er et program"),
        (filer.HTML, "a.pdf", "Filen er en webside"),
        (filer.SVG, "a.svg", "SVG-tegning"),
        (filer.ogsaa_zip(TOM_PDF), "a.pdf", "to ting på én gang"),
        (TOM_PDF, "a.png", "navn passer ikke"),
        (TOM_PDF + bytes(MAKS_MB * 1024 * 1024), "a.pdf", "fylder mere end 10 MB"),
    ],
    ids=["empty", "program", "html", "svg", "polyglot", "name", "size"],
)
def test_wrong_file_is_refused_with_the_rest_kept(maja, sag, indhold, navn, besked):
    svar = maja.post(side("dokument_nyt", sag), upload(indhold, navn))

    html = svar.content.decode()
    assert svar.status_code == 422
    assert besked in html
    assert 'value="Epikrise"' in html
    assert 'value="01.11.2026"' in html
    assert Dokument.objects.count() == 0


def test_good_file_must_be_chosen_again_when_something_else_is_wrong(maja, sag):
    svar = maja.post(side("dokument_nyt", sag), upload(titel=""))

    assert svar.status_code == 422
    assert "Vælg filen igen." in svar.content.decode()


def test_upload_sent_twice_is_one_document(maja, sag):
    maja.post(side("dokument_nyt", sag), upload())
    igen = maja.post(side("dokument_nyt", sag), upload())

    assert igen.status_code == 422
    assert "ligger allerede på sagen" in igen.content.decode()
    assert sag.dokumenter.count() == 1


def test_consultant_reads_documents_but_uploads_none(sag, som):
    klient = som("faglig_konsulent")
    TildelingFactory(sag=sag, bruger=klient.bruger, art="medvirkende")

    assert "Læg et dokument på" not in klient.get(side("dokumenter", sag)).content.decode()
    assert klient.post(side("dokument_nyt", sag), upload()).status_code == 403


# Newer editions


def test_newer_edition_replaces_the_old_which_stays(maja, sag):
    gammel = gem(sag, maja.bruger)

    start = maja.get(side("dokument_udgave", gammel)).context["form"].initial
    svar = maja.post(side("dokument_udgave", gammel), upload(filer.pdf(), titel="Epikrise 2"))

    ny = sag.dokumenter.get(erstatter=gammel)
    assert svar.status_code == 302
    assert start == {"art": "helbred", "titel": "Epikrise"}
    assert Haendelse.objects.latest("pk").kode == "dokument.ny_udgave"
    liste = maja.get(side("dokumenter", sag))
    assert titler(liste) == ["Epikrise 2"]
    assert side("dokument", gammel) in liste.content.decode()
    alle = maja.get(side("dokumenter", sag), {"vis": "alle"})
    assert set(titler(alle)) == {"Epikrise", "Epikrise 2"}
    assert "Erstattet" in alle.content.decode()
    assert maja.get(side("dokument", gammel)).status_code == 200
    assert ny.titel == "Epikrise 2"


def test_only_the_newest_edition_of_an_upload_is_replaced(maja, sag):
    gammel = gem(sag, maja.bruger)
    maja.post(side("dokument_udgave", gammel), upload(filer.pdf()))

    igen = maja.post(side("dokument_udgave", gammel), upload(filer.pdf(), titel="Tredje"))

    assert igen.status_code == 422
    assert "allerede lagt en nyere udgave" in igen.content.decode()


def test_letters_of_the_system_and_other_cases_get_no_editions(maja, sag):
    brev = DokumentFactory(sag=sag, er_dannet=True)
    fremmed = DokumentFactory()

    assert maja.get(side("dokument_udgave", brev)).status_code == 404
    assert maja.get(side("dokument_udgave", fremmed)).status_code == 404
    for gammel in (brev, fremmed):
        with pytest.raises(ValidationError, match="kan ikke få en ny udgave"):
            gem(sag, maja.bruger, erstatter=gammel)


@pytest.mark.django_db(transaction=True)
def test_two_editions_at_once_are_one(maja, sag):
    gammel = gem(sag, maja.bruger)

    udfald = paa_een_gang(
        [proev(gem, sag, maja.bruger, titel=f"Ny {nr}", erstatter=gammel) for nr in (1, 2)]
    )

    assert sorted(udfald) == ["ValidationError", "ok"]
    assert sag.dokumenter.filter(erstatter=gammel).count() == 1


@pytest.mark.parametrize("goer", ["update", "delete"])
def test_database_refuses_to_change_or_remove_one(sag, goer):
    fundne = Dokument.objects.filter(pk=DokumentFactory(sag=sag).pk)

    with pytest.raises(ProgrammingError, match="annot"), transaction.atomic():
        fundne.update(titel="Andet") if goer == "update" else fundne._raw_delete("default")


# Finding one


def test_list_filters_sorts_and_searches(maja, sag):
    DokumentFactory(sag=sag, titel="Børneattest", art="laegeattest")
    DokumentFactory(sag=sag, titel="Fuldmagt til bror", art="fuldmagt")
    liste = side("dokumenter", sag)

    assert titler(maja.get(liste, {"art": "fuldmagt"})) == ["Fuldmagt til bror"]
    assert titler(maja.get(liste, {"sorter": "titel"})) == ["Børneattest", "Fuldmagt til bror"]
    assert titler(maja.get(liste, {"sorter": "art"})) == ["Fuldmagt til bror", "Børneattest"]
    assert titler(maja.post(liste, {"q": "ATTEST"})) == ["Børneattest"]
    assert "Ingen dokumenter passer" in maja.post(liste, {"q": "findes ikke"}).content.decode()


def test_search_is_logged_once_with_its_words_and_never_in_the_address(maja, sag):
    maja.post(side("dokumenter", sag), {"q": "epikrise"})
    maja.get(side("dokumenter", sag), {"q": "epikrise"})

    assert list(Opslag.objects.order_by("pk").values_list("handling", "sag_id", "formaal")) == [
        ("soeg", sag.pk, "Søgning: «epikrise»"),
        ("se", sag.pk, ""),
    ]


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


# The bytes


@pytest.mark.parametrize(
    ("indhold", "type_", "endelse"),
    [
        (TOM_PDF, "application/pdf", "pdf"),
        (filer.billede(), "image/png", "png"),
        (filer.billede("JPEG"), "image/jpeg", "jpg"),
    ],
)
def test_document_is_shown_without_any_right(maja, sag, indhold, type_, endelse):
    dokument = gem(sag, maja.bruger, titel="Lægeattest", indhold=indhold, indholdstype=type_)

    svar = maja.get(side("dokument", dokument))

    assert svar.content == indhold
    assert svar["Content-Type"] == type_
    assert svar["Content-Disposition"] == f'inline; filename="dokument-{dokument.pk}.{endelse}"'
    assert svar["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in svar["Cache-Control"]
    assert log() == [("se", "dokument", sag.pk)]


@pytest.mark.parametrize(
    ("indhold", "endelse"), [(filer.docx(), "docx"), (filer.xlsx(), "xlsx"), (filer.odt(), "odt")]
)
def test_what_browsers_do_not_show_is_downloaded_and_logged_as_exported(
    maja, sag, indhold, endelse
):
    maja.post(side("dokument_nyt", sag), upload(indhold, f"notat.{endelse}"))
    dokument = sag.dokumenter.get()

    svar = maja.get(side("dokument", dokument))

    assert svar.content == indhold
    assert svar["Content-Disposition"] == f'attachment; filename="dokument-{dokument.pk}.{endelse}"'
    assert svar["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert log() == [("eksport", "dokument", sag.pk)]


def test_head_and_range_give_no_more_than_get(maja, sag):
    dokument = DokumentFactory(sag=sag)

    hoved = maja.head(side("dokument", dokument))
    stykke = maja.get(side("dokument", dokument), headers={"Range": "bytes=0-3"})

    assert (hoved.status_code, hoved.content) == (200, b"")
    assert (stykke.status_code, stykke.content) == (200, TOM_PDF)
    assert "Accept-Ranges" not in stykke
    assert maja.head(side("dokument", DokumentFactory())).status_code == 404
