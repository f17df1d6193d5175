"""The frame in a real Chromium: accessible, clean under the CSP, usable without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import brud
from tests.factories import BrugerFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.ressource.proevesider"),
    pytest.mark.django_db(transaction=True),
]

KODE = "en god lang kode"


@pytest.fixture
def bruger():
    bruger = BrugerFactory(brugernavn="maja", navn="Maja Kirkegaard")
    bruger.set_password(KODE)
    bruger.save()
    return bruger


@pytest.fixture
def aabn(ny_side, bruger):
    """`aabn("/sti/", bredde=390, javascript=False)`: a page signed in through the form."""

    def aabn(sti, *, log_ind=True, **valg):
        side = ny_side(**valg)
        if log_ind:
            side.goto("/log-ind/")
            side.get_by_label("Brugernavn").fill(bruger.brugernavn)
            side.get_by_label("Adgangskode").fill(KODE)
            side.get_by_role("button", name="Log ind").click()
            side.wait_for_url("**/")
        side.goto(sti)
        return side

    return aabn


@pytest.mark.parametrize("bredde", [390, 768, 1440])
@pytest.mark.parametrize("sti", ["/log-ind/", "/formular/", "/ukendt/"])
def test_page_is_accessible_and_never_scrolls_sideways(aabn, sti, bredde):
    side = aabn(sti, bredde=bredde, log_ind=sti != "/log-ind/")

    assert brud(side) == []
    assert side.evaluate("document.documentElement.scrollWidth") <= bredde
    assert side.klager == []


def test_refused_login_moves_focus_to_what_was_wrong(aabn):
    side = aabn("/log-ind/", log_ind=False)
    side.get_by_label("Brugernavn").fill("maja")
    side.get_by_label("Adgangskode").fill("forkert")

    side.get_by_role("button", name="Log ind").click()

    expect(side.get_by_role("alert")).to_be_focused()
    expect(side.get_by_label("Brugernavn")).to_have_value("maja")
    assert brud(side) == []


def test_skip_link_comes_first(aabn):
    side = aabn("/formular/")

    side.keyboard.press("Tab")

    expect(side.get_by_text("Gå til sidens indhold")).to_be_focused()


def test_phone_menu_opens_without_javascript(aabn):
    side = aabn("/formular/", bredde=390, javascript=False)

    side.get_by_text("Menu", exact=True).click()
    side.get_by_role("navigation", name="Menu").get_by_role("link", name="Sager").click()

    side.wait_for_url("**/sager/")


def test_open_phone_menu_is_accessible_and_closes_with_escape(aabn):
    side = aabn("/formular/", bredde=390)
    side.get_by_text("Menu", exact=True).click()
    assert brud(side) == []

    side.keyboard.press("Escape")

    expect(side.get_by_role("navigation", name="Menu")).to_be_hidden()


def test_form_refused_by_htmx_takes_focus_and_keeps_the_input(aabn):
    side = aabn("/htmx/")
    side.get_by_label("Navn").fill("Bo")

    side.get_by_role("button", name="Gem").click()

    expect(side.locator("#skema [data-module='error-summary']")).to_be_focused()
    expect(side.get_by_label("Navn")).to_have_value("Bo")
    side.get_by_role("link", name="Startdato").click()
    expect(side.get_by_label("Startdato")).to_be_focused()
    assert side.klager == []


def test_refusal_by_htmx_leaves_the_form_alone(aabn):
    side = aabn("/htmx/")
    side.get_by_label("Navn").fill("Bo")

    side.get_by_role("button", name="Afvist").click()

    expect(side.locator("#fejlbesked")).to_contain_text("Du må se planen, men ikke godkende den.")
    expect(side.get_by_label("Navn")).to_have_value("Bo")


def test_explanation_opens_below_its_link_and_closes_again(aabn):
    side = aabn("/htmx/")
    link = side.get_by_role("link", name="Hvorfor")

    for luk in (link.click, lambda: side.keyboard.press("Escape")):
        link.click()
        expect(side.get_by_text("Fordi.")).to_be_visible()
        expect(link).to_have_attribute("aria-expanded", "true")
        luk()
        expect(side.get_by_text("Fordi.")).to_have_count(0)
        expect(link).to_have_attribute("aria-expanded", "false")


def test_signed_out_writer_finds_the_text_again(aabn):
    side = aabn("/formular/")
    side.get_by_label("Begrundelse").fill("Min lange tekst")
    side.context.clear_cookies(name="sessionid")

    side.get_by_role("button", name="Gem kladden").click()

    expect(side.get_by_label("Tekst", exact=True)).to_have_value("Min lange tekst")
    expect(side.get_by_role("button", name="Fortsæt, når du er logget ind")).to_be_visible()
    assert brud(side) == []
