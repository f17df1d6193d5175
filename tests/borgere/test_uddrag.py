"""Archives: opened and read, every row and every byte, nobody else's data, one worker at a time."""

import hashlib
import html
import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader

from borgere import sagsgraf, services
from borgere.models import Dokument, Uddrag
from borgere.sagsgraf import Ejer
from borgere.uddrag import beskrivelser, koersel
from borgere.uddrag.indsigt import UDELADT
from borgere.uddrag.raekker import IKKE_I_UDDRAG, felter_i
from opfoelgning.models import Progressionsindikator
from ressource import pdf
from ressource.models import Haendelse, Opslag
from ressource.pdf import PdfUtilgaengelig
from tests.borgere import helsag
from tests.borgere.helsag import hel_sag
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    ForberedendeDelFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def aegte_pdf():
    """Ask for it to have the index made by WeasyPrint."""


@pytest.fixture(autouse=True)
def hurtigt_indeks(request, monkeypatch):
    """Two seconds a document: but for where the PDF itself is looked at, its words are enough."""
    if "aegte_pdf" not in request.fixturenames:
        monkeypatch.setattr(pdf, "skriv_pdf", lambda side, **_: side.encode())


def bestil(sag, art="sagsmappe", af=None):
    return Uddrag.objects.create(
        sag=sag, art=art, bestilt_af=af or BrugerFactory(navn="Bent Olsen")
    )


def aabn(uddrag):
    """The archive of a finished order, opened."""
    uddrag.refresh_from_db()
    assert uddrag.fejl == ""
    byte = b"".join(koersel.stykker(uddrag))
    assert (len(byte), hashlib.sha256(byte).hexdigest()) == (uddrag.antal_byte, uddrag.sha256)
    return zipfile.ZipFile(io.BytesIO(byte))


def dan(sag, art="sagsmappe"):
    uddrag = bestil(sag, art)
    assert koersel.koer(uddrag.pk)
    return aabn(uddrag)


def tabeller(arkiv):
    return {t["tabel"]: t["raekker"] for t in json.loads(arkiv.read("data.json"))["tabeller"]}


def pdf_tekst(arkiv):
    byte = arkiv.read("indeks.pdf")
    if not byte.startswith(b"%PDF"):
        return " ".join(html.unescape(strip_tags(byte.decode())).split())
    laeser = PdfReader(io.BytesIO(byte))
    return " ".join(" ".join(side.extract_text() for side in laeser.pages).split())


def test_the_archive_holds_every_row_of_every_table():
    sag = hel_sag()
    ejere = {Ejer.SAG: sag.pk, Ejer.BORGER: sag.borger_id}

    arkiv = dan(sag)

    fundne = tabeller(arkiv)
    for tabel in sagsgraf.tabeller():
        if tabel.model._meta.label in IKKE_I_UDDRAG:
            assert tabel.navn not in fundne
            continue
        noegle = tabel.model._meta.pk.attname
        ventet = list(tabel.raekker([ejere[tabel.ejer]]).values_list(noegle, flat=True))
        assert [r[noegle] for r in fundne[tabel.navn]] == ventet, tabel.navn
        kolonner = {f.attname for f in felter_i(tabel.model)}
        assert all(kolonner <= set(r) for r in fundne[tabel.navn])


def test_the_archive_holds_every_documents_bytes_under_a_name_that_tells_nothing():
    sag = hel_sag()

    arkiv = dan(sag)

    dokumenter = {r["id"]: r for r in tabeller(arkiv)["borgere_dokument"]}
    assert len(dokumenter) == sag.dokumenter.count() == 2
    for dokument in Dokument.objects.filter(sag=sag):
        fil = dokumenter[dokument.pk]["original"]
        assert arkiv.read(fil) == bytes(dokument.indhold)
        assert hashlib.sha256(arkiv.read(fil)).hexdigest() == dokument.sha256
    for navn in arkiv.namelist():
        assert helsag.EFTERNAVN.lower() not in navn.lower()
        assert helsag.NUMMER not in navn


def test_the_sums_are_those_of_the_files():
    arkiv = dan(hel_sag())

    for linje in arkiv.read("SHA256SUMS").decode().splitlines():
        sum_, fil = linje.split("  ")
        assert hashlib.sha256(arkiv.read(fil)).hexdigest() == sum_
    manifest = json.loads(arkiv.read("manifest.json"))
    assert {f["fil"] for f in manifest["filer"]} == set(arkiv.namelist()) - {
        "manifest.json",
        "SHA256SUMS",
    }


def test_the_index_can_be_read_by_people(aegte_pdf):
    sag = hel_sag()

    arkiv = dan(sag)
    tekst = pdf_tekst(arkiv)

    for ventet in (
        helsag.FORNAVN,
        "Journalnotat (internt): Samtale",
        "Journalnotat (rettelse af et notat, delt med borgeren)",
        "Delt tekst",
        "Teamets indstilling: ressourceforløb",
        "Afgørelse: ressourceforløb",
        "Indsatsplan, version 1",
        "Opfølgning nr.",
        "Afsnit: ",
        "Jeg kan lide ro",
        "Sagen er oprettet",
        "originaler/0001-",
    ):
        assert ventet in tekst
    laeser = PdfReader(io.BytesIO(arkiv.read("indeks.pdf")))
    assert laeser.metadata.title == f"Sagsmappe {sag.sagsnummer}"
    assert laeser.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_case_gives_the_same_rows_in_the_same_order():
    sag = hel_sag()
    foerste, anden = tabeller(dan(sag)), tabeller(dan(sag))

    # The second order is itself a row of the case.
    del foerste["borgere_uddrag"], anden["borgere_uddrag"]
    assert list(foerste) == list(anden)
    assert foerste == anden


def test_the_extract_of_article_15_is_all_the_citizens_cases():
    sag = hel_sag()
    anden = helsag.afslut(SagFactory(borger=sag.borger), BrugerFactory(), dage_siden=10)

    arkiv = dan(sag, "indsigt")

    assert {r["id"] for r in tabeller(arkiv)["borgere_sag"]} == {sag.pk, anden.pk}
    assert f"Sag {anden.sagsnummer}" in pdf_tekst(arkiv)
    assert {r["id"] for r in tabeller(dan(sag))["borgere_sag"]} == {sag.pk}


def test_the_extract_leaves_out_what_is_about_others():
    sag = hel_sag()
    Progressionsindikator.objects.update(skjult_for_borger=True)
    arkiv = dan(sag, "indsigt")

    rader = tabeller(arkiv)
    # An assessment of the citizen is the citizen's, also what the papers keep back (article 15).
    assert None not in {r["fagperson_score"] for r in rader["opfoelgning_progressionsmaaling"]}
    [person] = rader["borgere_netvaerksperson"]
    assert (person["telefon"], person["barrierer"]) == (UDELADT, UDELADT)
    [adgang] = rader["borgere_saerligadgang"]
    assert adgang["bruger_id"] is None
    alt = arkiv.read("data.json").decode() + pdf_tekst(arkiv)
    for andres in (helsag.ANDRES_TELEFON, helsag.BARRIERE, "Naboer i ti år", "730580-1234"):
        assert andres not in alt
    # The whole case file has them: it is for those who decide an appeal.
    assert helsag.BARRIERE in dan(sag).read("data.json").decode()


def test_the_extract_keeps_the_citizens_own_number_and_internal_notes():
    arkiv = dan(hel_sag(), "indsigt")

    assert [r["nummer"] for r in tabeller(arkiv)["borgere_personnummer"]] == [helsag.NUMMER]
    assert "Journalnotat (internt): Samtale" in pdf_tekst(arkiv)


def test_the_extract_says_what_article_15_asks_for_and_who_looked_without_names():
    sag = hel_sag()
    Opslag.objects.create(
        bruger=BrugerFactory(navn="Nysgerrig Nielsen"),
        roller="sagsbehandler",
        organisation="kommune",
        handling="se",
        objekt="journal",
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
    )

    arkiv = dan(sag, "indsigt")
    tekst = pdf_tekst(arkiv)

    for overskrift in ("Formål", "Retsgrundlag", "Modtagere", "Hvor længe", "Dine rettigheder"):
        assert overskrift in tekst
    assert "5 år, efter at den er afsluttet" in tekst
    assert "Opslag i din sag" in tekst
    assert "journalen" in tekst
    assert "Nysgerrig" not in tekst + arkiv.read("data.json").decode()


def test_what_a_case_lacks_is_said():
    sag = SagFactory()
    ForberedendeDelFactory(sag=sag)
    # As a case that was dealt with before the database asked for it.
    AfgoerelseFactory(
        indstilling__punkt=DagsordenspunktFactory(sag=sag, behandlet_den=timezone.now())
    )

    mangler = " ".join(beskrivelser.mangler(sag))

    for mangel in (
        "ingen afgjort screening",
        "ikke gennemgået med borgeren",
        "uden en godkendt kvalitetssikring",
        "ingen modtaget lægeattest LÆ 265",
        "ingen afgørelse efter teamets indstilling",
        "ingen notater i journalen",
    ):
        assert mangel in mangler


def test_a_decision_without_its_letter_is_missed():
    sag = SagFactory()
    AfgoerelseFactory(truffet=True, indstilling__punkt=DagsordenspunktFactory(sag=sag))

    mangler = " ".join(beskrivelser.mangler(sag))

    assert "har intet brev på sagen" in mangler
    assert "sendt til eller modtaget af borgeren" in mangler
    assert "intet ressourceforløb efter afgørelsen" in mangler


def test_a_document_whose_bytes_were_changed_is_said():
    sag = hel_sag()
    helsag.f.DokumentFactory(sag=sag, titel="Ændret fil")

    assert "«Ændret fil»" in pdf_tekst(dan(sag))


def test_a_finished_order_is_not_made_again():
    uddrag = bestil(hel_sag())

    assert [koersel.koer(uddrag.pk), koersel.koer(uddrag.pk)] == [True, False]
    assert koersel.ventende() == []


def test_an_order_whose_worker_died_is_taken_up_again(monkeypatch):
    uddrag = bestil(hel_sag())

    def doe(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(koersel, "_gem", doe)
        with pytest.raises(KeyboardInterrupt):
            koersel.koer(uddrag.pk)

    assert koersel.ventende() == [uddrag.pk]
    assert not uddrag.dele.exists()
    assert koersel.koer(uddrag.pk)
    aabn(uddrag)


def test_an_order_that_kills_every_worker_is_given_up():
    uddrag = bestil(hel_sag())
    Uddrag.objects.filter(pk=uddrag.pk).update(forsoeg=koersel.HOEJST_FORSOEG)

    assert not koersel.koer(uddrag.pk)

    uddrag.refresh_from_db()
    assert uddrag.fejl == koersel.OPGIVET


@pytest.mark.parametrize("fejl", [PdfUtilgaengelig("Pango mangler"), ValueError("x" * 300)])
def test_what_goes_wrong_is_said_and_another_can_be_ordered(monkeypatch, fejl):
    sag = hel_sag()
    uddrag = bestil(sag)

    def fejler(*_):
        raise fejl

    monkeypatch.setattr(koersel.indeks, "dan", fejler)

    assert not koersel.koer(uddrag.pk)
    uddrag.refresh_from_db()
    assert uddrag.fejl
    assert "xxx" not in uddrag.fejl
    assert bestil(sag).er_undervejs


def test_two_workers_never_make_the_same_archive():
    uddrag = bestil(hel_sag())
    anden = connection.copy()
    try:
        with anden.cursor() as markoer:
            markoer.execute("SELECT pg_advisory_lock(%s, %s)", [koersel._LAAS, uddrag.pk])
        assert not koersel.koer(uddrag.pk)
    finally:
        anden.close()

    # The other one died, and with its connection its lock, as soon as the server has noticed.
    with connection.cursor() as markoer:
        noegle = [koersel._LAAS, uddrag.pk]
        markoer.execute("SELECT pg_advisory_lock(%s, %s)", noegle)
        markoer.execute("SELECT pg_advisory_unlock(%s, %s)", noegle)
    assert koersel.koer(uddrag.pk)


def test_ordering_is_logged_and_one_of_a_kind_is_under_way_at_a_time():
    sag, bruger = SagFactory(), BrugerFactory()

    services.bestil_uddrag(sag, art="indsigt", af=bruger)

    assert Haendelse.objects.filter(sag_id=sag.pk, kode="uddrag.bestilt", af=bruger).exists()
    with pytest.raises(services.uddrag.ValidationError, match="på vej"):
        services.bestil_uddrag(sag, art="indsigt", af=bruger)
    services.bestil_uddrag(sag, art="sagsmappe", af=bruger)


def test_the_case_worker_orders_follows_and_fetches(
    som, django_capture_on_commit_callbacks, monkeypatch
):
    klient = som("sagsbehandler")
    sag = hel_sag(ansvarlig=klient.bruger)
    vakte = []
    monkeypatch.setattr("borgere.tasks.lav_uddrag.delay", vakte.append)

    with django_capture_on_commit_callbacks(execute=True):
        svar = klient.post(reverse("borgere:uddrag", args=[sag.pk]), {"art": "sagsmappe"})

    uddrag = Uddrag.objects.latest("pk")
    assert svar["Location"] == reverse("borgere:uddrag_status", args=[uddrag.pk])
    assert vakte == [uddrag.pk]
    assert "Venter på at blive lavet" in klient.get(svar["Location"]).content.decode()
    tidlig = klient.get(reverse("borgere:uddrag_hent", args=[uddrag.pk]))
    assert tidlig["Location"] == svar["Location"]
    koersel.koer(uddrag.pk)
    uddrag.refresh_from_db()
    assert uddrag.sha256 in klient.get(svar["Location"]).content.decode()
    foer = Opslag.objects.count()
    hentet = klient.get(reverse("borgere:uddrag_hent", args=[uddrag.pk]))
    assert b"".join(hentet.streaming_content) == b"".join(koersel.stykker(uddrag))
    [log] = Opslag.objects.order_by("pk")[foer:]
    assert (log.handling, log.sag_id, log.borger_noegle) == ("eksport", sag.pk, sag.borger.noegle)


def test_htmx_gets_the_progress_alone_and_stops_asking_when_it_is_done(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    uddrag = bestil(sag)
    url = reverse("borgere:uddrag_fremdrift", args=[uddrag.pk])

    undervejs = klient.get(url, headers={"HX-Request": "true"}).content.decode()
    Uddrag.objects.filter(pk=uddrag.pk).update(fejl="Det gik galt.")
    slut = klient.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in undervejs
    assert "every 2s" in undervejs
    assert "every 2s" not in slut
    assert "Det gik galt." in slut


def test_a_second_order_of_a_kind_is_refused_on_the_page(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    bestil(sag)

    svar = klient.post(reverse("borgere:uddrag", args=[sag.pk]), {"art": "sagsmappe"})

    assert svar.status_code == 422
    assert "er på vej" in svar.content.decode()


def test_an_order_without_a_kind_is_refused(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)

    assert klient.post(reverse("borgere:uddrag", args=[sag.pk]), {}).status_code == 422


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_costs_the_same_whatever_its_length(som, django_assert_num_queries, antal):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    for _ in range(antal):
        Uddrag.objects.create(sag=sag, art="indsigt", bestilt_af=BrugerFactory(), fejl="x")

    with django_assert_num_queries(10):
        klient.get(reverse("borgere:uddrag", args=[sag.pk]))


def test_only_those_in_the_circle_reach_an_archive(som):
    uddrag = bestil(SagFactory())

    assert (
        som("sagsbehandler").get(reverse("borgere:uddrag_hent", args=[uddrag.pk])).status_code
        == 404
    )


def test_the_job_takes_up_what_was_left_behind(monkeypatch):
    from borgere import tasks

    uddrag = bestil(SagFactory())
    vakte = []
    monkeypatch.setattr("borgere.tasks.lav_uddrag.delay", vakte.append)

    tasks.genoptag_uddrag()

    assert vakte == [uddrag.pk]


def test_a_large_archive_is_kept_in_pieces(monkeypatch):
    monkeypatch.setattr(koersel, "STYKKE", 1000)
    sag = hel_sag()

    uddrag = bestil(sag)
    koersel.koer(uddrag.pk)

    assert uddrag.dele.count() > 10
    aabn(uddrag)


def test_an_archive_is_emptied_after_its_time():
    from borgere.services import sletning

    sag = hel_sag()
    uddrag = bestil(sag)
    koersel.koer(uddrag.pk)

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert sletning.koer(timezone.localdate()).uddrag == 1
        assert sletning.koer(timezone.localdate()).uddrag == 0

    uddrag.refresh_from_db()
    assert not uddrag.dele.exists()
    assert not uddrag.kan_hentes
    assert uddrag.sha256
