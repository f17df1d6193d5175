"""The letters of the floor address themselves, and leave only by the one way."""

from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere.models import Dokument, Forsendelse
from rehabilitering import dokumenter
from rehabilitering.services.indstillingsbrev import dan_brev
from ressource import pdf
from tests.factories import (
    AfgoerelseFactory,
    FuldmagtFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    LaegepraksisFactory,
    SagFactory,
    SamtykkeFactory,
)

pytestmark = pytest.mark.django_db

HEMMELIG = {
    "borger__er_adressebeskyttet": True,
    "borger__adresse": "Hemmelig vej 1",
    "borger__telefon": "10203040",
}


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger, **HEMMELIG)


def indstillet(sag):
    indstilling = IndstillingFactory(punkt__sag=sag, afsluttet=True)
    IndstillingslinjeFactory(indstilling=indstilling, nr=1)
    return indstilling


def tekst(indhold):
    return "".join(side.extract_text() for side in pypdf.PdfReader(BytesIO(indhold)).pages)


def brevene(sag):
    """Both letters of the case as text."""
    indstilling = indstillet(sag)
    afgoerelse = AfgoerelseFactory(indstilling=indstilling, truffet=True)
    return (
        tekst(dokumenter.indstillingsbrev(indstilling)),
        tekst(dokumenter.afgoerelsesbrev(afgoerelse)),
    )


@pytest.mark.parametrize("er_beskyttet", [True, False])
def test_letters_go_to_the_citizen_and_never_carry_a_protected_address(sag, er_beskyttet):
    sag.borger.er_adressebeskyttet = er_beskyttet
    sag.borger.save()

    for brev in brevene(sag):
        assert sag.borger.navn in brev
        assert ("Hemmelig vej 1" in brev) is not er_beskyttet
        assert "Vedrørende" not in brev


def test_letters_go_to_who_acts_for_the_citizen_and_tell_no_protected_address(sag):
    FuldmagtFactory(borger=sag.borger, navn="Advokat Holm", adresse="Torvet 2")

    for brev in brevene(sag):
        assert "Advokat Holm" in brev
        assert f"Vedrørende {sag.borger.navn}" in brev
        assert "Hemmelig" not in brev
        assert "10203040" not in brev


def test_fuldmagt_for_something_else_moves_no_letter(sag):
    FuldmagtFactory(borger=sag.borger, navn="Holm", omfang="dele", emner=["moeder"])

    for brev in brevene(sag):
        assert "Holm" not in brev


def test_letter_about_the_indstilling_is_made_once_and_again_when_it_has_changed(sag, maja):
    indstilling = indstillet(sag)

    foerste = dan_brev(indstilling, af=maja.bruger)
    assert dan_brev(indstilling, af=maja.bruger) == foerste
    FuldmagtFactory(borger=sag.borger)
    assert dan_brev(indstilling, af=maja.bruger) != foerste


def test_draft_and_a_machine_without_pdfs_give_no_letter(sag, maja, monkeypatch):
    kladde = IndstillingFactory(punkt__sag=sag)
    with pytest.raises(ValidationError, match="ikke afsluttet"):
        dan_brev(kladde, af=maja.bruger)
    with pytest.raises(ValueError, match="afsluttet indstilling"):
        dokumenter.indstillingsbrev(kladde)

    def uden_pango(*args, **kwargs):
        raise pdf.PdfUtilgaengelig(pdf.MANGLER_PANGO)

    monkeypatch.setattr(pdf, "skabelon_til_pdf", uden_pango)
    indstilling = IndstillingFactory(punkt__sag=SagFactory(ansvarlig=maja.bruger), afsluttet=True)
    svar = maja.post(reverse("rehabilitering:indstilling_brev", args=[indstilling.pk]), follow=True)
    assert "mangler Pango" in svar.content.decode()
    assert not Dokument.objects.filter(art="indstilling").exists()


def test_indstilling_goes_to_the_gp_from_the_cases_page_only_by_consent(sag, maja):
    sag.borger.laegepraksis = LaegepraksisFactory()
    sag.borger.save()
    indstilling = indstillet(sag)
    adresse = reverse("rehabilitering:indstilling_brev", args=[indstilling.pk])
    assert adresse in maja.get(reverse("rehabilitering:sag_moede", args=[sag.pk])).content.decode()

    send = maja.post(adresse)["Location"]
    assert maja.post(send, {"modtagere": ["egen_laege"]}).status_code == 422
    assert not Forsendelse.objects.exists()

    SamtykkeFactory(borger=sag.borger, informationstyper=["indstilling"])
    assert maja.post(send, {"modtagere": ["egen_laege"]}).status_code == 302
    assert Forsendelse.objects.get().informationstype == "indstilling"


def test_decision_letter_is_sent_from_its_page(sag, maja):
    indstilling = indstillet(sag)
    brev = dan_brev(indstilling, af=maja.bruger)
    AfgoerelseFactory(indstilling=indstilling, truffet=True, brev=brev)

    html = maja.get(reverse("rehabilitering:afgoerelse", args=[sag.pk])).content.decode()

    assert reverse("borgere:dokument_send", args=[brev.pk]) in html
