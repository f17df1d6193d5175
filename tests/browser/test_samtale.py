"""A held talk in a real Chromium: few clicks, saved while one types, and on the shared screen."""

import pytest
from playwright.sync_api import expect

from opfoelgning.models import Opfoelgningsmoede
from ressource.kalender import i_dag
from tests.browser.conftest import brud
from tests.factories import BrugerFactory, TildelingFactory
from tests.opfoelgning.sager import i_forloeb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# product.md 4: a held talk, from the Overblik.
KLIK = 8


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["koordinerende"], navn="Maja Kirkegaard")


@pytest.fixture
def moede(bruger):
    """A follow-up agreed for today, with one running effort and a mentor."""
    sag = i_forloeb(bruger, moede=i_dag(), borger__fornavn="Eva")
    TildelingFactory(sag=sag, art="mentor", bruger__navn="Lars Bach")
    return sag.opfoelgningsmoeder.get(nr=2)


@pytest.mark.parametrize("javascript", [True, False])
def test_held_talk_stays_within_the_click_budget(ny_side, bruger, moede, javascript):
    side = ny_side(bruger, javascript=javascript)
    side.goto("/")
    klik = 0

    def klik_paa(element):
        nonlocal klik
        klik += 1
        element.click()

    klik_paa(side.get_by_role("link", name="Åbn mødeskema"))
    klik_paa(side.get_by_label("Mentor Lars Bach"))
    for etiket, tekst in (
        ("Hvad skete der?", "Tre dage om ugen"),
        ("De næste 3 måneder, konkret", "Kassen om fredagen"),
        ("Sådan ser det måske ud", "12 timer om ugen"),
    ):
        klik_paa(side.get_by_label(etiket))
        side.keyboard.type(tekst)
    klik_paa(side.locator("[name=naeste_valg]").first)
    klik_paa(side.get_by_role("button", name="Luk mødet og lav Evas kopi"))

    expect(side.get_by_text("Mødet er lukket. Næste møde er")).to_be_visible()
    expect(side.get_by_role("link", name="Evas kopi (PDF)")).to_be_visible()
    assert klik <= KLIK
    assert Opfoelgningsmoede.objects.get(pk=moede.pk).naeste.sted == moede.sted
    assert side.klager == []


@pytest.mark.parametrize("bredde", [390, 1440])
def test_what_is_typed_is_saved_and_the_list_of_what_is_missing_follows(
    ny_side, bruger, moede, bredde
):
    side = ny_side(bruger, bredde=bredde)
    side.goto(f"/opfoelgninger/{moede.pk}/")
    assert brud(side) == []
    expect(side.get_by_text("Fra hvilken dag?")).to_be_hidden()

    side.get_by_label("Hvad skete der?").fill("Tre dage om ugen")
    side.get_by_label("De næste 3 måneder, konkret").fill("Kassen om fredagen")

    expect(side.locator("#gemt")).to_contain_text("Gemt kl.")
    expect(side.get_by_text("Gennemgået", exact=True)).to_be_visible()
    expect(side.locator("#moedekrav")).to_contain_text("Alle indsatser, der er i gang")
    side.get_by_label("Status nu").select_option("pause")
    expect(side.get_by_text("Fra hvilken dag?")).to_be_visible()
    side.reload()
    expect(side.get_by_label("Hvad skete der?")).to_have_value("Tre dage om ugen")
    assert side.klager == []


@pytest.mark.parametrize("bredde", [390, 1440])
def test_shared_screen_is_accessible_and_saves_itself(ny_side, bruger, moede, bredde):
    side = ny_side(bruger, bredde=bredde)
    side.goto(f"/opfoelgninger/{moede.pk}/?sammen=1")

    assert brud(side) == []
    assert side.evaluate("document.documentElement.scrollWidth") <= bredde
    side.get_by_label("Hvad skete der?").fill("Vi øvede kassen")
    expect(side.locator("#gemt")).to_contain_text("Gemt kl.")
    side.get_by_role("link", name="Luk fælles visning").click()
    expect(side.get_by_label("Hvad skete der?")).to_have_value("Vi øvede kassen")
    assert side.klager == []


@pytest.mark.parametrize("bredde", [390, 1440])
def test_pages_around_the_talk_are_accessible(ny_side, bruger, moede, bredde):
    side = ny_side(bruger, bredde=bredde)

    for sti in (
        f"/opfoelgninger/{moede.pk}/flyt/",
        f"/opfoelgninger/{moede.pk}/aflys/",
        f"/opfoelgninger/{moede.pk}/udeblev/",
        f"/sager/{moede.sag_id}/opfoelgning/serie/",
    ):
        side.goto(sti)

        assert brud(side) == [], sti
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde, sti
