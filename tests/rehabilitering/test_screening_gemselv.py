"""The screening note saves itself while one types: the status is the answer, not the page."""

import re

import pytest
from django.urls import reverse

from ressource.models import Haendelse
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def maja():
    return BrugerFactory()


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja)


@pytest.fixture
def gem(som, sag, maja):
    """`gem(tekst, laas)`: what the page sends by itself as the case's caseworker."""
    klient = som(maja)
    url = reverse("rehabilitering:screening", args=[sag.pk])
    return lambda tekst, laas: klient.post(url, {"laas": laas, "hvorfor_nu": tekst}, headers=HTMX)


def laas(svar):
    """The lock number that the page gets for its next save."""
    return int(re.search(r'id="id_laas" value="(\d+)" hx-swap-oob="true"', svar.text)[1])


def test_each_save_brings_the_number_for_the_next_and_one_sitting_is_one_event(gem, sag):
    foerste = gem("Syg", 0)
    andet = gem("Sygemeldt", laas(foerste))

    assert (foerste.status_code, andet.status_code) == (200, 200)
    assert "Gemt kl. " in andet.text
    assert "<html" not in andet.text
    notat = sag.screeningsnotater.get()
    assert (notat.hvorfor_nu, notat.laas) == ("Sygemeldt", laas(andet))
    assert Haendelse.objects.filter(kode="screening.gemt").count() == 1


def test_save_whose_answer_was_lost_is_answered_when_it_comes_again(gem):
    foerste = gem("Syg", 0)

    assert laas(gem("Syg", 0)) == laas(foerste)


def test_save_on_somebody_elses_text_says_so_and_overwrites_nothing(gem, som, sag):
    jonas = BrugerFactory()
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    url = reverse("rehabilitering:screening", args=[sag.pk])
    som(jonas).post(url, {"laas": 0, "hvorfor_nu": "Hans"})

    svar = gem("Hendes", 0)

    assert svar.status_code == 409
    assert "En anden gemte, mens du skrev" in svar.text
    assert sag.screeningsnotater.get().hvorfor_nu == "Hans"
    assert Haendelse.objects.filter(kode="screening.gemt").count() == 1


def test_save_of_a_note_that_may_no_longer_be_written_says_why(gem, sag):
    sag.fase = "forberedelse"
    sag.save()

    svar = gem("For sent", 0)

    assert svar.status_code == 422
    assert "Ikke gemt. " in svar.text
    assert "<html" not in svar.text
