"""The administrator's pages: who can see a case and why, and the matrix."""

import pytest
from django.urls import reverse

from borgere.models import Fase
from ressource.adgang import HANDLINGER
from ressource.models import Opslag, Rolle
from tests.factories import BrugerFactory, InhabilitetFactory, SagFactory

pytestmark = pytest.mark.django_db

SIDE = "/adgang/"


def test_page_names_people_and_grounds_and_no_citizen(som):
    ulla = som("administrator")
    maja = BrugerFactory(navn="Maja Kirkegaard")
    sag = SagFactory(ansvarlig=maja, fase=Fase.PLAN, borger__efternavn="Hemmelighuset")
    InhabilitetFactory(borger=sag.borger, bruger=BrugerFactory(navn="Jonas Holt"))

    html = ulla.post(SIDE, {"sagsnummer": f" {sag.sagsnummer.lower()} "}).content.decode()

    assert "Maja Kirkegaard" in html
    assert "Ansvarlig sagsbehandler" in html
    assert "Jonas Holt" in html
    assert HANDLINGER["sag.afslut"].hvad in html
    assert "Hemmelighuset" not in html
    [opslag] = Opslag.objects.all()
    assert (opslag.objekt, opslag.sag_id) == ("adgang_forklar", sag.pk)


def test_unknown_number_is_refused_with_the_input_kept(som):
    svar = som("administrator").post(SIDE, {"sagsnummer": "RF-1999-0001"})

    assert svar.status_code == 422
    assert 'value="RF-1999-0001"' in svar.content.decode()
    assert not Opslag.objects.exists()


def test_administrator_is_told_and_does_not_see_the_case(som):
    sag = SagFactory()

    assert som("administrator").get(reverse("sag", args=[sag.pk])).status_code == 403


def test_matrix_page_is_the_matrix(som):
    svar = som("administrator").get(reverse("borgere:adgang_matrix"))

    vist = dict(svar.context["raekker"])
    assert len(vist) == len(HANDLINGER)
    for handling in HANDLINGER.values():
        assert vist[handling.hvad] == [rolle in handling.roller for rolle in Rolle]


def test_every_row_of_the_matrix_says_what_it_lets_one_do():
    saetninger = [h.hvad for h in HANDLINGER.values()]

    assert [s for s in saetninger if len(s) < 10 or not s[0].isupper() or s.endswith(".")] == []
    assert len(set(saetninger)) == len(saetninger)


def test_every_row_of_the_matrix_lets_somebody():
    assert [navn for navn, h in HANDLINGER.items() if not h.roller] == []
