"""Every refusal stands in the look-up log once, with the case it was about."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from borgere.models import Tildeling
from ressource import opslag
from ressource.adgang import HANDLINGER
from ressource.afvisning import AfvisningMiddleware
from ressource.models import Opslag
from tests.factories import DokumentFactory, SagFactory, TildelingFactory

pytestmark = pytest.mark.django_db


def afviste():
    """What the log holds: action, object, case, citizen, and the outcome."""
    felter = ("handling", "objekt", "sag_id", "borger_noegle", "formaal")
    return list(Opslag.objects.values_list(*felter))


@pytest.mark.parametrize("handling", sorted(HANDLINGER))
def test_what_a_refusal_is_logged_under_has_words(handling):
    kode = handling.partition(".")[0]

    assert opslag.tekst(kode) != kode


def test_somebody_elses_case_is_named(som):
    sag = SagFactory()

    svar = som("sagsbehandler").get(reverse("borgere:journal", args=[sag.pk]))

    assert svar.status_code == 404
    noegle = sag.borger.noegle
    assert afviste() == [("afvist", "journal", sag.pk, noegle, "Findes ikke for brugeren")]


def test_something_of_somebody_elses_case_names_the_case(som):
    dokument = DokumentFactory()

    som("sagsbehandler").get(reverse("borgere:dokument", args=[dokument.pk]))

    assert [raekke[1:3] for raekke in afviste()] == [("dokument", dokument.sag_id)]


def test_a_role_that_may_not_is_logged_with_the_case(som):
    sag = SagFactory()
    klient = som("mentor")
    TildelingFactory(sag=sag, bruger=klient.bruger, art=Tildeling.Art.MENTOR)

    svar = klient.get(reverse("borgere:journal", args=[sag.pk]))

    assert svar.status_code == 403
    noegle = sag.borger.noegle
    assert afviste() == [("afvist", "journal", sag.pk, noegle, "Ikke tilladt")]


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_refused_forms_are_logged_whoever_sends_them(som, htmx):
    sag = SagFactory()

    svar = som("sagsbehandler").post(reverse("borgere:tildel", args=[sag.pk]), headers=htmx)

    assert svar.status_code == 404
    assert [raekke[2] for raekke in afviste()] == [sag.pk]


@pytest.mark.parametrize("pk", [987654321, 10**30])
def test_what_does_not_exist_is_logged_without_a_case(som, pk):
    som("sagsbehandler").get(reverse("borgere:dokument", args=[pk]))

    assert [raekke[1:4] for raekke in afviste()] == [("dokument", None, None)]


def test_the_page_says_the_same_of_a_strange_case_and_of_none(som):
    klient = som("sagsbehandler")
    sag = SagFactory()

    fremmed = klient.get(reverse("sag", args=[sag.pk]))
    ingen = klient.get(reverse("sag", args=[sag.pk + 1]))

    assert fremmed.status_code == ingen.status_code == 404
    assert _uden_brik(fremmed) == _uden_brik(ingen)
    koder = {"X-Request-ID", "Content-Security-Policy"}
    assert {n: v for n, v in fremmed.items() if n not in koder} == {
        n: v for n, v in ingen.items() if n not in koder
    }


def test_a_role_that_may_not_learns_nothing_of_what_exists(som):
    klient = som("mentor")
    sag = SagFactory()

    fremmed = klient.get(reverse("borgere:journal", args=[sag.pk]))
    ingen = klient.get(reverse("borgere:journal", args=[sag.pk + 1]))

    assert fremmed.status_code == ingen.status_code == 403
    assert _uden_brik(fremmed) == _uden_brik(ingen)


def _uden_brik(svar):
    """The page's lines without the one that holds the form token."""
    linjer = svar.content.decode().splitlines()
    return [linje for linje in linjer if "csrf" not in linje.lower()]


def test_a_form_too_old_to_be_sent_is_no_refusal(som):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(som("sagsbehandler").bruger)

    svar = klient.post(reverse("borgere:tildel", args=[SagFactory().pk]))

    assert svar.status_code == 403
    assert afviste() == []


def test_signed_out_and_unknown_addresses_are_not_logged(som, client):
    client.get(reverse("sag", args=[SagFactory().pk]))
    som("sagsbehandler").get("/findes-ikke/")

    assert afviste() == []


def test_a_page_that_is_shown_costs_no_statement_more(rf, django_assert_num_queries):
    request = rf.get("/")
    request.handling, request.resolver_match = "journal.se", resolve("/sager/1/journal/")
    middleware = AfvisningMiddleware(lambda _request: HttpResponse("vist"))

    with django_assert_num_queries(0):
        assert middleware(request).content == b"vist"
