"""From the Overblik to a booked sparring slot, with the clicks counted."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from borgere.models import Fase
from rehabilitering.models import Sparringsbooking
from ressource.kalender import i_dag, ugens_mandag
from tests.browser.conftest import brud
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
from tests.rehabilitering.sparringsdata import giv_samtykke

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KLIK = 5


@pytest.mark.parametrize(("javascript", "bredde"), [(True, 390), (False, 1440)])
def test_a_slot_is_booked_within_five_clicks_from_the_overblik(ny_side, javascript, bredde):
    maja = BrugerFactory(roller=["sagsbehandler"], navn="Maja Kirkegaard")
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag)
    # Free in the week the calendar opens on, whatever day it is today.
    mandag = ugens_mandag(i_dag() + timedelta(days=2))
    for dag in range(5):
        SparringstidFactory(start=klokken(mandag + timedelta(days=dag), 23))
    side = ny_side(maja, bredde=bredde, javascript=javascript)
    side.goto("/")
    klik = 0

    def klik_paa(element):
        nonlocal klik
        klik += 1
        element.click()

    klik_paa(side.get_by_role("link", name="Book sparring"))
    klik_paa(side.locator("a.tid-slot.ledig").last)
    expect(side.get_by_label("Sag", exact=True)).to_be_visible()
    klik += 1
    side.get_by_label("Sag", exact=True).select_option(str(sag.pk))
    if javascript:
        assert brud(side) == []
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde
    klik_paa(side.get_by_label("Er jobønsket forsvarligt?"))
    klik_paa(side.get_by_role("button", name="Book tiden"))

    expect(side.locator("main")).to_contain_text("er booket.")
    assert klik <= KLIK
    assert Sparringsbooking.objects.get().sag == sag
    assert side.klager == []
