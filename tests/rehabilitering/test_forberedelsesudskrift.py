"""The citizen's paper: plain words, the right recipient, PDF/UA, and logged as printed."""

import re
from io import BytesIO

import page
import pypdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from rehabilitering import forberedelsesudskrift as udskrift
from rehabilitering.models import Forberedelsesversion
from rehabilitering.services import forberedelse, forberedelsesversion
from ressource import pdf
from ressource.laesbarhed import maal
from ressource.models import Opslag
from tests.factories import BrugerFactory, SagFactory
from tests.rehabilitering.klargoering import gem_afsnit, gem_del

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard", telefon="12 34 56 78")


@pytest.fixture
def sag(maja):
    felter = {"borger__er_adressebeskyttet": True, "borger__adresse": "Hemmelig vej 1"}
    return SagFactory(fase="forberedelse", ansvarlig=maja, **felter)


@pytest.fixture
def del_(sag, maja):
    del_ = forberedelse.begynd_del(sag, af=maja)
    felter = {
        "egne_ord": "Jeg vil sortere bøger.",
        "beskrivelse": "Rie vil arbejde i ro.",
        "skrevet_sammen": "ja",
        "uenig": "Ikke før klokken 9",
    }
    gem_afsnit(del_, "oensker_job_uddannelse", felter, laas=0, af=maja)
    hjemme = {"egne_ord": "Jeg har gæld."}
    gem_afsnit(del_, "udfordringer_social", hjemme, laas=0, af=maja)
    return gem_del(del_, {"maal": "Medhjælper på bibliotek"}, laas=0, af=maja)


def tekst(bytes_):
    sider = pypdf.PdfReader(BytesIO(bytes_)).pages
    return " ".join(" ".join(side.extract_text() for side in sider).split())


def kladde(sag, del_, maja, **felter):
    valg = {"stor_skrift": False, "tidspunkt": timezone.now(), "af": maja} | felter
    return udskrift.kladde(sag, del_, **valg)


@pytest.fixture
def version(del_, maja):
    return forberedelsesversion.tag(del_, Forberedelsesversion.Anledning.GODKENDT, af=maja)


def test_draft_says_what_the_citizen_told_and_what_the_caseworker_wrote(sag, del_, maja):
    lagt = tekst(kladde(sag, del_, maja))

    for stykke in (
        "Det her er en kladde",
        "Hvad kunne du tænke dig at arbejde med?",
        "Jeg vil sortere bøger.",
        "Rie vil arbejde i ro.",
        "Ikke før klokken 9",
        "Dit mål: Medhjælper på bibliotek",
        "Derhjemme og socialt Det har du fortalt: Jeg har gæld.",
        "Her har vi ikke skrevet noget endnu.",
        "Maja Kirkegaard på 12 34 56 78",
    ):
        assert stykke in lagt
    assert "Hemmelig vej" not in lagt


def test_the_words_of_the_paper_itself_are_easy(sag, del_, maja, monkeypatch):
    fanget = {}
    monkeypatch.setattr(pdf, "skabelon_til_pdf", lambda _s, kontekst, **_k: fanget.update(kontekst))
    kladde(sag, del_, maja)
    for emne in fanget["emner"]:
        emne.steder.clear()

    html = render_to_string(udskrift.SKABELON, fanget | {"titel": "Det har vi skrevet sammen"})

    krop = html.split("<h1>")[1].split("Hvis noget ikke passer")[0]
    assert not maal(re.sub(r"<[^>]+>", "\n", krop)).over_maal


@pytest.mark.parametrize("profil", ["ua1", "2a"])
def test_large_draft_satisfies_pdf_ua_and_pdf_a(sag, del_, maja, profil):
    stor = kladde(sag, del_, maja, stor_skrift=True)

    svar = page.validate_pdf_bytes(stor, profile=page.ValidationProfile(profil))

    assert svar.is_compliant, svar


def test_a_version_prints_as_it_was_kept(sag, del_, version, maja):
    foer = udskrift.version(version, stor_skrift=False)
    gemt = del_.afsnit.get(kode="udfordringer_social")
    gem_afsnit(del_, gemt.kode, {"egne_ord": "Rettet"}, laas=gemt.laas, af=maja)

    efter = udskrift.version(version, stor_skrift=False)

    assert foer == efter
    assert "Jeg har gæld." in tekst(efter)
    assert "Version 1.1, kvalitetssikret" in tekst(efter)
    assert "kladde" not in tekst(efter)


def test_a_version_from_before_the_parts_prints_its_text(sag, version):
    version.indhold["afsnit"] = [
        {"kode": "udfordringer", "titel": "Udfordringer", "egne_ord": "Gæld og ryg"}
    ]

    assert "Gæld og ryg" in tekst(udskrift.version(version, stor_skrift=False))


def test_paper_is_downloaded_and_logged_as_printed(som, sag, version, maja):
    klient = som(maja)
    kladde_url = reverse("rehabilitering:forberedende_kladde_pdf", args=[sag.pk])
    version_url = reverse("rehabilitering:forberedende_version_pdf", args=[sag.pk, version.pk])

    for url in (kladde_url, version_url + "?skrift=stor"):
        svar = klient.get(url)
        assert svar["Content-Type"] == "application/pdf"
        raekke = Opslag.objects.latest("id")
        assert (raekke.objekt, raekke.handling) == ("forberedende_udskrift", "udskriv")


def test_the_page_warns_of_descriptions_that_are_hard_to_read(som, sag, del_, maja):
    svaer = "Arbejdsmarkedsrettede foranstaltninger forudsætter helbredsmæssig afklaring. " * 3
    gem_afsnit(del_, "helbred", {"beskrivelse": svaer}, laas=0, af=maja)

    svar = som(maja).get(reverse("rehabilitering:forberedende_udskriv", args=[sag.pk]))

    assert "5. Helbred</a>: LIX" in svar.text
    assert "Prøv kortere ord." in svar.text
    assert "4. Ønsker" not in svar.text


def test_no_paper_before_something_is_written_or_without_pango(som, sag, maja, monkeypatch):
    klient = som(maja)
    url = reverse("rehabilitering:forberedende_kladde_pdf", args=[sag.pk])
    assert klient.get(url).status_code == 404
    forberedelse.begynd_del(sag, af=maja)

    def mangler(*_a, **_k):
        raise pdf.PdfUtilgaengelig(pdf.MANGLER_PANGO)

    monkeypatch.setattr(pdf, "skabelon_til_pdf", mangler)
    assert "mangler Pango" in klient.get(url, follow=True).text
