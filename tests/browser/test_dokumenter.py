"""Documents, the journal and own reminders in a real Chromium, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from borgere import services
from borgere.models import Huskeseddel, Journalnotat
from ressource.generator import TOM_PDF
from ressource.kalender import i_dag
from tests.browser.conftest import brud
from tests.factories import BrugerFactory, HuskeseddelFactory, SagFactory
from tests.ressource import filer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["sagsbehandler"], navn="Maja Kirkegaard")


@pytest.fixture
def sag(bruger):
    sag = SagFactory(ansvarlig=bruger)
    fast = {"dato": i_dag(), "af": bruger}
    gammel = services.gem_dokument(
        sag,
        art="helbred",
        titel="Epikrise",
        indhold=TOM_PDF,
        indholdstype="application/pdf",
        **fast,
    )
    services.gem_dokument(
        sag,
        art="helbred",
        titel="Epikrise, rettet",
        indhold=filer.pdf(),
        indholdstype="application/pdf",
        erstatter=gammel,
        **fast,
    )
    for delt in (False, True):
        services.skriv_notat(sag, overskrift="Samtale", tekst="Vil i køkken", er_delt=delt, **fast)
    services.ret_notat(
        Journalnotat.objects.get(er_delt=True),
        overskrift="Samtale",
        tekst="Vil i kantine",
        er_delt=True,
        grund="Misforstået",
        **fast,
    )
    return sag


@pytest.mark.parametrize("bredde", [390, 1440])
def test_pages_are_accessible_and_never_scroll_sideways(ny_side, bruger, sag, bredde):
    seddel = HuskeseddelFactory(sag=sag, bruger=bruger)
    side = ny_side(bruger, bredde=bredde)

    for sti in (
        f"/sager/{sag.pk}/dokumenter/",
        f"/sager/{sag.pk}/dokumenter/?vis=alle",
        f"/sager/{sag.pk}/dokumenter/nyt/",
        f"/dokumenter/{sag.dokumenter.gaeldende().get().pk}/ny-udgave/",
        f"/sager/{sag.pk}/journal/",
        f"/notater/{sag.notater.gaeldende().first().pk}/ret/",
        f"/sager/{sag.pk}/huskesedler/",
        f"/huskesedler/{seddel.pk}/flyt/",
        f"/sager/{sag.pk}/",
        "/paamindelser/",
        "/",
    ):
        side.goto(sti)

        assert brud(side) == [], sti
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde, sti
        assert side.klager == [], sti


@pytest.mark.parametrize("javascript", [True, False])
def test_wrong_file_is_refused_and_the_right_one_shown_in_a_new_tab(
    ny_side, bruger, sag, javascript
):
    side = ny_side(bruger, javascript=javascript)
    side.goto(f"/sager/{sag.pk}/dokumenter/")
    side.get_by_role("link", name="Læg et dokument på sagen").click()
    side.get_by_label("Type").select_option("andet")
    side.get_by_label("Titel").fill("Skannet brev")
    side.get_by_label("Fil", exact=True).set_input_files(
        {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": filer.pdf_med_html()}
    )
    side.get_by_role("button", name="Læg på sagen").click()

    expect(side.get_by_text("Filen er to ting på én gang").first).to_be_visible()
    expect(side.get_by_label("Titel")).to_have_value("Skannet brev")
    assert brud(side) == [] if javascript else True
    side.get_by_label("Fil", exact=True).set_input_files(
        {"name": "brev.png", "mimeType": "image/png", "buffer": filer.billede()}
    )
    side.get_by_role("button", name="Læg på sagen").click()
    with side.context.expect_page() as ny:
        side.get_by_role("link", name="Skannet brev", exact=True).click()

    ny.value.wait_for_load_state()
    assert ny.value.url.endswith(f"/dokumenter/{sag.dokumenter.latest('pk').pk}/")
    assert side.klager == []


def test_office_file_is_downloaded_under_a_name_that_tells_nothing(ny_side, bruger, sag):
    dokument = services.gem_dokument(
        sag,
        art="andet",
        titel="Brev om Bo",
        indhold=filer.docx(),
        indholdstype="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        dato=i_dag(),
        af=bruger,
    )
    side = ny_side(bruger)
    side.goto(f"/sager/{sag.pk}/dokumenter/")

    with side.expect_download() as hentet:
        side.get_by_role("link", name="Brev om Bo", exact=True).click()

    assert hentet.value.suggested_filename == f"dokument-{dokument.pk}.docx"


@pytest.mark.parametrize("javascript", [True, False])
def test_list_is_searched_without_the_text_in_the_address(ny_side, bruger, sag, javascript):
    side = ny_side(bruger, javascript=javascript)
    side.goto(f"/sager/{sag.pk}/dokumenter/")

    side.get_by_label("Ord i titlen").fill("findes ikke")
    side.get_by_role("button", name="Vis", exact=True).click()
    expect(side.get_by_text("Ingen dokumenter passer.")).to_be_visible()
    side.get_by_label("Ord i titlen").fill("rettet")
    side.get_by_role("button", name="Vis", exact=True).click()

    expect(side.get_by_text("1 dokument", exact=True)).to_be_visible()
    assert side.url.endswith(f"/sager/{sag.pk}/dokumenter/")
    assert side.klager == []


@pytest.mark.parametrize("javascript", [True, False])
def test_note_is_shared_by_choice_and_corrected_with_a_reason(ny_side, bruger, sag, javascript):
    side = ny_side(bruger, javascript=javascript)
    side.goto(f"/sager/{sag.pk}/journal/")
    side.get_by_label("Overskrift").fill("Besøg")
    side.get_by_label("Tekst").fill("Så køkkenet")
    side.get_by_role("button", name="Skriv i journalen").click()
    expect(side.get_by_label("Tekst")).to_have_value("Så køkkenet")
    side.get_by_label("Delt: borgeren kan læse dette").check()
    side.get_by_role("button", name="Skriv i journalen").click()
    expect(side.get_by_text("Notatet er skrevet i journalen.")).to_be_visible()

    side.get_by_role("article").filter(has_text="Så køkkenet").get_by_role("link").click()
    side.get_by_label("Tekst").fill("Så kantinen")
    side.get_by_label("Hvorfor bliver notatet rettet?").fill("Forkert sted")
    side.get_by_role("button", name="Gem rettelsen").click()

    artikel = side.get_by_role("article").filter(has_text="Så kantinen")
    expect(artikel.get_by_text("Borgeren kan læse dette").first).to_be_visible()
    expect(artikel.get_by_text("Så køkkenet")).to_be_hidden()
    artikel.get_by_text("Sådan stod der før (1)").click()
    expect(artikel.get_by_text("Så køkkenet")).to_be_visible()
    assert side.klager == []


@pytest.mark.parametrize("javascript", [True, False])
def test_reminder_is_written_seen_on_the_overblik_and_done(ny_side, bruger, sag, javascript):
    side = ny_side(bruger, javascript=javascript)
    side.goto(f"/sager/{sag.pk}/")
    side.get_by_role("link", name="Skriv og flyt").click()
    side.get_by_label("Husk", exact=True).fill("Ring til Laila")
    side.get_by_role("button", name="Skriv huskesedlen").click()
    expect(side.get_by_text("Huskesedlen er skrevet.")).to_be_visible()
    side.goto("/")

    side.get_by_role("button", name="Klaret").click()

    expect(side.get_by_text("Huskesedlen er klaret.")).to_be_visible()
    expect(side.get_by_role("heading", name="Husk", exact=True)).to_have_count(0)
    assert side.url.endswith("/")
    assert Huskeseddel.objects.get().klaret_af == bruger
    assert side.klager == []
