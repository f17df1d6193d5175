"""The plan page of five years and sixty efforts in a real Chromium: read and walked by keyboard."""

import re

import pytest
import time_machine

from borgere.models import Fase
from tests.browser.conftest import brud
from tests.factories import (
    BrugerFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    RessourceforloebFactory,
    SagFactory,
    klokken,
)
from tests.indsatsplan import storplan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_long_plan_is_accessible_and_walked_by_keyboard_without_javascript(ny_side):
    with time_machine.travel(klokken(storplan.I_DAG, 9)):
        bruger = BrugerFactory(roller=["koordinerende"])
        forloeb = RessourceforloebFactory(
            sag=SagFactory(fase=Fase.OPFOELGNING, ansvarlig=bruger),
            start_dato=storplan.START,
            slut_dato=storplan.START.replace(year=storplan.START.year + storplan.AAR),
        )
        IndsatsplanFactory(forloeb=forloeb)
        linje = IndstillingslinjeFactory(indstilling=forloeb.afgoerelse.indstilling, nr=1)
        storplan.fyld(forloeb)
        sti = f"/sager/{forloeb.sag_id}/plan/"

        # The checker itself needs JavaScript; the walk below does without.
        for bredde in (390, 1440):
            side = ny_side(bruger, bredde=bredde)
            side.goto(f"{sti}?zoom=aar&aaben=linje-{linje.pk}")
            assert brud(side) == [], bredde
            assert side.evaluate("document.documentElement.scrollWidth") <= bredde
            assert side.klager == []

        _gaa_med_tasterne(ny_side(bruger, javascript=False), sti)


def _gaa_med_tasterne(side, sti):
    """Tab goes through the year's bars in order of time; Enter opens the next year."""
    side.goto(f"{sti}?zoom=aar&fra=2023-01#tidslinje")
    side.get_by_role("link", name="Hele forløbet").focus()
    navne = []
    while len(navne) < 40:
        side.keyboard.press("Tab")
        fokus = side.locator(":focus")
        if fokus.get_attribute("data-bane") is None:
            if navne:
                break
            continue
        navne.append(fokus.get_attribute("aria-label"))
        assert fokus.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    datoer = [re.search(r"(\d\d)\.(\d\d)\.(\d{4})", n).groups()[::-1] for n in navne]
    assert len(datoer) > 12
    assert datoer == sorted(datoer)

    side.get_by_role("link", name="Næste").focus()
    side.keyboard.press("Enter")
    side.get_by_role("heading", name="Tidslinje, januar – december 2024").wait_for()
    side.get_by_text("Vis som tabel").click()
    assert side.get_by_role("region", name="Tidslinjen som tabel").is_visible()
