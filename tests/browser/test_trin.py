"""The staircase in a real Chromium: accessible, never wider than the page, and few clicks to a step."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from indsatsplan.models import Indsatstrin
from ressource.kalender import i_dag
from tests.browser.conftest import brud
from tests.factories import (
    BrugerFactory,
    FaktiskTimetalFactory,
    IndsatsfravaerFactory,
    IndsatstrinFactory,
)
from tests.opfoelgning.sager import i_forloeb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The issue: a step registered, from the Overblik.
KLIK = 10


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["koordinerende"], navn="Maja Kirkegaard")


@pytest.fixture
def trin(bruger):
    """A step of a praktik that runs, with hours and absence."""
    sag = i_forloeb(bruger, moede=i_dag(), borger__fornavn="Ole", borger__efternavn="Ravnkilde")
    indsats = sag.forloeb.get().indsatser.get()
    FaktiskTimetalFactory(indsats=indsats, fra_dato=indsats.faktisk_start)
    IndsatsfravaerFactory(indsats=indsats)
    return IndsatstrinFactory(indsats=indsats, fra_dato=indsats.faktisk_start)


@pytest.mark.parametrize("bredde", [390, 1440])
def test_staircase_and_its_forms_are_accessible(ny_side, bruger, trin, bredde):
    side = ny_side(bruger, bredde=bredde)

    for aaben in ("", f"trin-ny-{trin.indsats_id}", f"fravaer-ny-{trin.indsats_id}"):
        side.goto(f"/sager/{trin.indsats.forloeb.sag_id}/plan/?aaben={aaben}")

        assert brud(side) == [], aaben
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde, aaben
        assert side.klager == [], aaben


@pytest.mark.parametrize("javascript", [True, False])
def test_step_stays_within_the_click_budget(ny_side, bruger, trin, javascript):
    side = ny_side(bruger, javascript=javascript)
    side.goto("/")
    klik = 0

    def klik_paa(element):
        nonlocal klik
        klik += 1
        element.click()

    klik_paa(side.get_by_role("link", name="Ole Ravnkilde").first)
    klik_paa(side.get_by_role("link", name="Indsatsplan", exact=True))
    klik_paa(side.get_by_role("link", name="Næste trin, kopiér trin 1"))
    for navn, tekst in (
        ("fra_dato", f"{i_dag() + timedelta(days=3):%d.%m.%Y}"),
        ("dage_pr_uge", "5"),
        ("opgaver", "Med på udbringning"),
    ):
        klik_paa(side.locator(f"[name={navn}]"))
        side.keyboard.press("ControlOrMeta+a")
        side.keyboard.type(tekst)
    klik_paa(side.get_by_role("button", name="Gem trinnet"))

    expect(side.get_by_text("Trinnet er gemt.")).to_be_visible()
    expect(side.get_by_role("link", name="Næste trin, kopiér trin 2")).to_be_visible()
    assert klik <= KLIK
    assert Indsatstrin.objects.last().timer_pr_uge == 10
    assert side.klager == []
