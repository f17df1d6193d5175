import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ressource.htmx import skabelon, svar


def anmodning(**overskrifter) -> HttpRequest:
    request = RequestFactory().get("/", headers=overskrifter)
    request.htmx = HtmxDetails(request)
    return request


def test_skabelon_gives_the_part_to_htmx():
    request = anmodning(**{"HX-Request": "true"})

    assert skabelon(request, "sager/liste.html", delvis="svar") == "sager/liste.html#svar"


@pytest.mark.parametrize("ekstra", [None, "HX-Boosted", "HX-History-Restore-Request"])
def test_skabelon_gives_the_whole_page_otherwise(ekstra):
    overskrifter = {"HX-Request": "true", ekstra: "true"} if ekstra else {}

    assert skabelon(anmodning(**overskrifter), "sager/liste.html") == "sager/liste.html"


def test_svar_varies_by_htmx_only_when_there_is_a_part():
    hel = svar(anmodning(), "ressource/_besked.html", {"ikon_navn": "info"}, status=422)

    assert (hel.status_code, hel.has_header("Vary")) == (422, False)


def test_svar_with_a_part_sets_vary():
    delt = svar(anmodning(), "ressource/_besked.html", {"ikon_navn": "info"}, delvis="svar")

    assert delt["Vary"] == "HX-Request"
