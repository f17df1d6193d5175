"""The worklist and the pages of follow-ups in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from ressource.kalender import i_dag
from tests.browser.conftest import brud
from tests.factories import BrugerFactory, SagFactory, TildelingFactory
from tests.opfoelgning.sager import efter_teammoede, frist, i_forloeb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["koordinerende"], navn="Maja Kirkegaard")


@pytest.fixture
def moede(bruger):
    """A follow-up agreed for today, with one running effort and a mentor."""
    sag = i_forloeb(bruger, moede=i_dag(), borger__fornavn="Eva")
    TildelingFactory(sag=sag, art="mentor")
    return sag.opfoelgningsmoeder.get(nr=2)


@pytest.mark.parametrize("bredde", [390, 1440])
def test_pages_are_accessible_and_never_scroll_sideways(ny_side, bruger, moede, bredde):
    efter_teammoede(bruger, 11)
    side = ny_side(bruger, bredde=bredde)

    for sti in (
        "/",
        f"/sager/{moede.sag_id}/",
        f"/sager/{moede.sag_id}/opfoelgning/",
        f"/opfoelgninger/{moede.pk}/",
        "/paamindelser/",
    ):
        side.goto(sti)

        assert brud(side) == [], sti
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde, sti
        assert side.klager == [], sti


def test_explanation_opens_below_its_deadline_and_closes_again(ny_side, bruger):
    efter_teammoede(bruger, 11)
    side = ny_side(bruger)
    side.goto("/")
    link = side.get_by_role("link", name="Hvorfor denne dato?").first
    raekke = side.locator("tr.forklaring")

    link.click()
    expect(raekke).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    assert brud(side) == []
    link.click()
    expect(raekke).to_have_count(0)
    link.click()
    expect(raekke).to_have_count(1)
    side.keyboard.press("Escape")

    expect(raekke).to_have_count(0)
    expect(link).to_have_attribute("aria-expanded", "false")
    assert side.klager == []


def test_explanation_opens_without_javascript(ny_side, bruger):
    efter_teammoede(bruger, 11)
    side = ny_side(bruger, javascript=False)
    side.goto("/")

    side.get_by_role("link", name="Hvorfor denne dato?").first.click()

    expect(side.get_by_text("Udløst af")).to_be_visible()
    side.get_by_role("link", name="Hvorfor denne dato?").first.click()
    expect(side.get_by_text("Udløst af")).to_have_count(0)


def test_counts_change_the_address_but_a_search_does_not(ny_side, bruger):
    efter_teammoede(bruger, 11, borger__fornavn="Bo")
    SagFactory(ansvarlig=bruger, borger__fornavn="Eva")
    side = ny_side(bruger)
    side.goto("/")
    raekker = side.locator("table.arbejdsliste tbody tr")

    side.get_by_role("link", name="1 Overskredet").click()
    expect(raekker).to_have_count(1)
    assert side.url.endswith("/?vis=overskredet")
    side.go_back()
    expect(raekker).to_have_count(2)
    side.get_by_label("Navn eller sagsnr.").fill("eva")
    side.get_by_label("Navn eller sagsnr.").press("Enter")

    expect(raekker).to_have_count(1)
    expect(side.get_by_role("button", name="1 Alle")).to_be_visible()
    assert side.url.endswith("/")
    side.get_by_role("button", name="0 Overskredet").click()
    expect(side.get_by_text("Ingen af dine sager passer.")).to_be_visible()
    assert side.url.endswith("/?vis=overskredet")
    assert side.klager == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_keeps_its_text_from_page_to_page(ny_side, bruger, javascript):
    SagFactory.create_batch(27, ansvarlig=bruger, borger__fornavn="Eva")
    SagFactory(ansvarlig=bruger, borger__fornavn="Bo")
    side = ny_side(bruger, javascript=javascript)

    for sti in ("/", "/sager/"):
        side.goto(sti)
        side.get_by_label("Navn eller sagsnr.").fill("eva")
        side.get_by_role("combobox", name="Fase").select_option("screening")
        side.get_by_role("button", name="Vis", exact=True).click()
        expect(side.locator("table.arbejdsliste tbody tr")).to_have_count(25)
        side.get_by_role("button", name="Næste side").click()

        expect(side.locator("table.arbejdsliste tbody tr")).to_have_count(2)
        expect(side.get_by_label("Navn eller sagsnr.")).to_have_value("eva")
        assert "fase=screening" in side.url
        assert "side=2" in side.url
        assert "eva" not in side.url
        assert not javascript or brud(side) == []
    assert side.klager == []


def test_shortcuts_go_from_case_to_case_and_can_be_switched_off(ny_side, bruger):
    for nr, fornavn in enumerate(("Anna", "Birger"), start=1):
        frist(SagFactory(ansvarlig=bruger, borger__fornavn=fornavn), nr)
    side = ny_side(bruger)
    side.goto("/")
    anna, birger = (side.get_by_role("link", name=n).first for n in ("Anna", "Birger"))

    for tast, link in (("j", anna), ("j", birger), ("j", birger), ("k", anna)):
        side.keyboard.press(tast)
        expect(link).to_be_focused()
    side.keyboard.press("Enter")
    side.wait_for_url("**/sager/*/")
    side.keyboard.press("g")
    side.keyboard.press("o")
    side.wait_for_url(re.compile(r":\d+/$"))

    # Letters that are typed stay letters.
    side.keyboard.press("/")
    side.keyboard.type("jk?go")
    expect(side.locator(".app-soeg input[name=q]").first).to_have_value("jk?go")
    dialog = side.get_by_role("dialog")
    expect(dialog).to_have_count(0)

    side.get_by_role("heading", level=1).click()
    side.keyboard.press("?")
    expect(dialog).to_be_visible()
    assert brud(side) == []
    dialog.get_by_label("Brug genveje").uncheck()
    dialog.get_by_role("button", name="Luk").click()
    side.reload()
    side.keyboard.press("j")
    expect(side.locator("tr.valgt")).to_have_count(0)

    # The way back stands under the user's name.
    side.get_by_text("Maja Kirkegaard").first.click()
    side.get_by_role("button", name="Genveje på tastaturet").click()
    dialog.get_by_label("Brug genveje").check()
    side.keyboard.press("Escape")
    side.get_by_role("heading", level=1).click()
    side.keyboard.press("j")
    expect(anna).to_be_focused()
    assert side.klager == []
