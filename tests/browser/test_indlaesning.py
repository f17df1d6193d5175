"""A file from upload to report in a real Chromium: repaired in the list, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from borgere import tasks
from borgere.models import Indlaesning, Sag
from tests.borgere.indlaesningsfiler import HOVED, linjer, nr
from tests.browser.conftest import brud
from tests.factories import BrugerFactory, SagFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def leder():
    leder = BrugerFactory(roller=["teamleder"], navn="Lone Skov")
    BrugerFactory(brugernavn="maja", navn="Maja Kirkegaard", team=leder.team)
    return leder


def _i_orden(side, bredde, javascript):
    # axe is a script itself.
    assert not javascript or brud(side) == [], side.url
    assert side.evaluate("document.documentElement.scrollWidth") <= bredde, side.url
    assert side.klager == [], side.url


@pytest.mark.parametrize(("javascript", "bredde"), [(True, 1440), (True, 390), (False, 390)])
def test_file_is_repaired_and_taken_in(ny_side, leder, javascript, bredde):
    side = ny_side(leder, javascript=javascript, bredde=bredde)
    tekst = HOVED + linjer(3) + f"{nr(5)};Eva;Lund;ukendt\nx;Bo;Skov;maja\n"
    side.goto("/indlaesning/")
    _i_orden(side, bredde, javascript)
    side.locator("input[type=file]").set_input_files(
        {"name": "nye.csv", "mimeType": "text/csv", "buffer": tekst.encode()}
    )
    side.get_by_role("button", name="Læs filen").click()
    expect(side.get_by_role("heading", name="Filen bliver læst")).to_be_visible()
    _i_orden(side, bredde, javascript)

    tasks.behandl_indlaesning(Indlaesning.objects.get().pk)
    if not javascript:
        side.get_by_role("link", name="Opdatér siden").click()
    expect(side.get_by_role("heading", name="Gennemsyn")).to_be_visible()
    expect(side.get_by_text("3 klar (0 om kendte borgere), 2 med fejl")).to_be_visible()
    _i_orden(side, bredde, javascript)

    side.locator("#linje-5 a", has_text="Ret").click()
    expect(side.get_by_text("I filen står der «ukendt»")).to_be_visible()
    _i_orden(side, bredde, javascript)
    side.get_by_role("button", name="Gem linje 5").click()
    expect(side.get_by_text("Feltet sagsbehandler er tomt").first).to_be_visible()
    side.get_by_label("Sagsbehandler").select_option("maja")
    side.get_by_role("button", name="Gem linje 5").click()
    expect(side.get_by_text("Linje 5 er rettet.")).to_be_visible()
    expect(side.get_by_text("4 klar (0 om kendte borgere), 1 med fejl")).to_be_visible()

    side.locator("#linje-6 a", has_text="Udelad").click()
    expect(side.get_by_role("heading", name="Udelad linje 6")).to_be_visible()
    _i_orden(side, bredde, javascript)
    side.get_by_role("button", name="Udelad linje 6").click()
    side.get_by_role("button", name="Indlæs 4 rækker").click()
    expect(side.get_by_role("heading", name="Rækkerne bliver indlæst")).to_be_visible()
    tasks.behandl_indlaesning(Indlaesning.objects.get().pk)
    if not javascript:
        side.get_by_role("link", name="Opdatér siden").click()

    expect(side.get_by_role("heading", name="Filen er indlæst")).to_be_visible()
    _i_orden(side, bredde, javascript)
    assert Sag.objects.count() == 4


@pytest.mark.parametrize(("javascript", "bredde"), [(True, 1440), (True, 390), (False, 390)])
def test_cases_are_handed_over(ny_side, leder, javascript, bredde):
    maja = leder.team.medarbejdere.get(brugernavn="maja")
    BrugerFactory(navn="Lene Krog", team=leder.team)
    for _ in range(3):
        SagFactory(team=leder.team, ansvarlig=maja)
    side = ny_side(leder, javascript=javascript, bredde=bredde)
    side.goto(f"/overdragelse/?fra={maja.pk}")
    _i_orden(side, bredde, javascript)

    side.get_by_role("link", name="Markér alle 3 på siden").click()
    side.get_by_label("Ny ansvarlig").select_option(index=1)
    side.get_by_label("Til den nye ansvarlige").fill("Maja stopper")
    side.get_by_role("button", name="Gå videre").click()
    expect(side.get_by_role("heading", name="3 sager bliver overdraget")).to_be_visible()
    _i_orden(side, bredde, javascript)
    side.get_by_role("button", name="Overdrag 3 sager").click()

    expect(side.get_by_text("3 sager er overdraget til Lene Krog.")).to_be_visible()
    _i_orden(side, bredde, javascript)
