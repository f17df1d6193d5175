"""Nothing typed is lost: two who write at once, a killed web server, a session that ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import Page, expect

from rehabilitering.services import forberedelse as services
from tests.browser.conftest import brud, log_ind
from tests.factories import BrugerFactory, SagFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROD = Path(__file__).resolve().parents[2]
KODE = "kodeord-til-test"
# What a killed server may cost, in seconds of typing.
HOEJST_TABT = 2.0


@pytest.fixture
def maja():
    maja = BrugerFactory(navn="Maja Kirkegaard", roller=["sagsbehandler"])
    maja.set_password(KODE)
    maja.save()
    return maja


@pytest.fixture
def sag(maja):
    sag = SagFactory(fase="forberedelse", ansvarlig=maja)
    services.begynd_del(sag, af=maja)
    return sag


def adresse(sag, kode="helbred"):
    return f"/sager/{sag.pk}/forberedende-del/?afsnit={kode}"


def gemt_tekst(sag, felt="egne_ord", kode="helbred"):
    afsnit = sag.forberedende_dele.get().afsnit.filter(kode=kode).first()
    return getattr(afsnit, felt) if afsnit else ""


def egne_ord(side: Page):
    return side.locator("#skriv [name=egne_ord]")


def vent_gemt(side: Page):
    expect(side.locator("#gemt")).to_contain_text("Gemt kl.")


def vent_paa_tekst(sag, er_gemt, **hvor):
    """Until the stored text is so; the page still says when it saved last, while one types."""
    slut = time.monotonic() + 10
    while not er_gemt(gemt_tekst(sag, **hvor)) and time.monotonic() < slut:
        time.sleep(0.1)
    assert er_gemt(gemt_tekst(sag, **hvor))


def log_ind_i_nyt_faneblad(side: Page, bruger):
    """As the notice says; the page that was written on stays open in its own tab."""
    with side.context.expect_page() as nyt:
        side.get_by_role("link", name="Log ind i et nyt faneblad").click()
    faneblad = nyt.value
    faneblad.get_by_label("Brugernavn").fill(bruger.brugernavn)
    faneblad.get_by_label("Adgangskode").fill(KODE)
    faneblad.get_by_role("button", name="Log ind").click()
    expect(faneblad.get_by_role("heading", name="Du er logget ind igen")).to_be_visible()
    faneblad.close()
    side.bring_to_front()


def test_saves_while_typing_without_a_pause(ny_side, sag, maja):
    side = ny_side(maja)
    side.goto(adresse(sag))
    egne_ord(side).focus()
    gemte = []
    start = time.monotonic()
    while len(set(gemte) - {""}) < 2 and time.monotonic() - start < 5:
        side.keyboard.type("ord ")
        side.wait_for_timeout(150)
        gemte.append(gemt_tekst(sag))
    # Never a pause of 0.7 s, and yet saved: about every other second.
    assert len(set(gemte) - {""}) >= 2
    vent_paa_tekst(sag, lambda tekst: tekst.count("ord") == len(gemte))
    vent_gemt(side)
    assert side.evaluate("localStorage.length + sessionStorage.length") == 0
    assert side.klager == []


def test_two_browsers_edit_the_same_section_and_neither_text_is_lost(ny_side, sag, maja):
    jonas = BrugerFactory(navn="Jonas Holt")
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    hendes, hans = ny_side(maja), ny_side(jonas)
    hendes.goto(adresse(sag))
    hans.goto(adresse(sag))
    egne_ord(hans).fill("Jeg har fire anfald.")
    vent_gemt(hans)

    egne_ord(hendes).fill("Jeg har to anfald.")

    expect(hendes.locator("#gemt")).to_contain_text("Jonas Holt gemte, mens du skrev")
    assert egne_ord(hendes).input_value() == "Jeg har to anfald."
    assert gemt_tekst(sag) == "Jeg har fire anfald."
    # The button opens both texts, and what she chooses is kept.
    hendes.get_by_role("button", name="Gem", exact=True).click()
    expect(hendes.get_by_role("heading", name="I har begge skrevet i afsnit")).to_be_visible()
    for tekst in ("to", "fire"):
        assert hendes.locator("ins", has_text=tekst).count()
    hendes.get_by_role("button", name="Gem det samlede").click()
    expect(egne_ord(hendes)).to_have_value("Jeg har [to / fire] anfald.")
    assert gemt_tekst(sag) == "Jeg har [to / fire] anfald."


class Webserver:
    """A real server process on the test's own database, which can be killed."""

    def __init__(self) -> None:
        with socket.socket() as ledig:
            ledig.bind(("127.0.0.1", 0))
            self.port = ledig.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        db = connection.settings_dict
        vaert = f"host={db['HOST']}" + (f"&port={db['PORT']}" if db["PORT"] else "")
        hvem = db["USER"] + (f":{db['PASSWORD']}" if db["PASSWORD"] else "")
        miljoe = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ressource.settings.test",
            "DATABASE_URL": f"postgresql://{hvem}@/{db['NAME']}?{vaert}",
        }
        linje = ["manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{self.port}"]
        self.proces = subprocess.Popen(
            [sys.executable, *linje],
            cwd=ROD,
            env=miljoe,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/sundhed/live", timeout=1).close()
            except OSError:
                assert self.proces.poll() is None, "Webserveren startede ikke."
                time.sleep(0.1)
            else:
                return
        raise AssertionError("Webserveren svarede ikke.")

    def draeb(self) -> None:
        """SIGKILL: it gets no chance to finish anything."""
        self.proces.send_signal(signal.SIGKILL)
        self.proces.wait()


@pytest.fixture
def webserver():
    server = Webserver()
    server.start()
    yield server
    server.draeb()


def test_killed_server_costs_at_most_two_seconds_and_the_page_catches_up(
    ny_side, webserver, sag, maja
):
    side = ny_side()
    log_ind(side, maja, webserver.url)
    side.goto(f"{webserver.url}{adresse(sag)}")
    egne_ord(side).focus()
    skrevet = []
    start = time.monotonic()
    while time.monotonic() - start < 4:
        side.keyboard.type(f"ord{len(skrevet):03} ")
        skrevet.append(time.monotonic())
        side.wait_for_timeout(40)
    webserver.draeb()
    draebt = time.monotonic()

    # What a page opened anew would show: every word older than two seconds.
    antal = len(gemt_tekst(sag).split())
    gammelt = [tid for tid in skrevet if draebt - tid > HOEJST_TABT]
    assert 0 < len(gammelt) <= antal

    side.keyboard.type("efter ")
    expect(side.locator("#gemt")).to_contain_text("Ikke gemt – prøver igen")
    webserver.start()
    vent_gemt(side)
    side.reload()
    ventet = [f"ord{nr:03}" for nr in range(len(skrevet))] + ["efter"]
    assert egne_ord(side).input_value().split() == ventet
    assert gemt_tekst(sag).split() == ventet


def test_answer_that_was_lost_is_no_conflict_with_oneself(ny_side, sag, maja):
    """The server stored it and died before it answered; the writer went on."""
    side = ny_side(maja)
    side.goto(adresse(sag))
    tabte = []

    def tab(rute):
        if rute.request.method == "POST" and not tabte:
            tabte.append(rute.fetch())
            rute.abort()
        else:
            rute.continue_()

    side.route("**/forberedende-del/**", tab)
    egne_ord(side).fill("Første linje.")
    expect(side.locator("#gemt")).to_contain_text("Ikke gemt – prøver igen")
    assert gemt_tekst(sag) == "Første linje."
    egne_ord(side).press_sequentially(" Og mere.")

    vent_gemt(side)
    side.reload()

    assert egne_ord(side).input_value() == "Første linje. Og mere."


def test_leaving_by_a_link_saves_first_and_closing_warns(ny_side, sag, maja):
    side = ny_side(maja)
    side.goto(adresse(sag))
    egne_ord(side).fill("Skrevet lige før et klik.")
    side.locator(".sektioner a").first.click()
    side.wait_for_url(re.compile(r"afsnit=(?!helbred)"))
    assert gemt_tekst(sag) == "Skrevet lige før et klik."

    advarsler = []
    side.on("dialog", lambda d: (advarsler.append(d.type), d.accept()))
    kode = side.url.partition("afsnit=")[2]
    egne_ord(side).press_sequentially("Ugemt")
    side.close(run_before_unload=True)
    side.wait_for_event("close")
    assert advarsler == ["beforeunload"]
    # The warning is a chance to stay; who leaves has lost nothing either.
    vent_paa_tekst(sag, lambda tekst: tekst == "Ugemt", kode=kode)


def test_session_ends_and_the_page_goes_on_by_itself_after_the_sign_in(ny_side, sag, maja):
    side = ny_side(maja, bredde=390)
    side.goto(adresse(sag))
    egne_ord(side).fill("Før.")
    vent_gemt(side)
    Session.objects.all().delete()

    egne_ord(side).press_sequentially(" Efter.")

    expect(side.get_by_text("Du er blevet logget ud.")).to_be_visible()
    expect(side.locator("#gemt")).to_contain_text("Ikke gemt – du er logget ud")
    assert brud(side) == []
    log_ind_i_nyt_faneblad(side, maja)
    vent_gemt(side)
    expect(side.get_by_text("Du er blevet logget ud.")).to_have_count(0)
    assert gemt_tekst(sag) == egne_ord(side).input_value() == "Før. Efter."
    # Where one was: the buttons of the same page still work.
    with side.expect_navigation(url=re.compile("afsnit=helbred")):
        side.get_by_role("button", name="Gem", exact=True).click()
    assert side.klager == []


def test_somebody_else_signed_in_does_not_save_her_text_as_theirs(ny_side, live_server, sag, maja):
    jonas = BrugerFactory(navn="Jonas Holt")
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    side = ny_side(maja)
    side.goto(adresse(sag))
    log_ind(side, jonas, live_server.url)

    egne_ord(side).fill("Majas tekst.")

    expect(side.get_by_text("Siden er åbnet af en anden")).to_be_visible()
    assert gemt_tekst(sag) == ""
    log_ind(side, maja, live_server.url)
    side.evaluate("window.dispatchEvent(new Event('focus'))")
    vent_gemt(side)
    assert gemt_tekst(sag) == "Majas tekst."


@pytest.mark.parametrize("javascript", [True, False])
def test_plain_form_survives_that_the_session_ends(ny_side, sag, maja, javascript):
    """Any form: the text waits, one signs in, sends it and stands where one was."""
    side = ny_side(maja, javascript=javascript, bredde=390)
    side.goto(f"/sager/{sag.pk}/journal/")
    side.get_by_label("Internt").check()
    side.get_by_label("Overskrift").fill("Samtale")
    tekst = "\nLinje et & «to»\n\n  <b>tre</b>"
    side.locator("[name=tekst]").fill(tekst)
    Session.objects.all().delete()
    side.get_by_role("button", name="Skriv i journalen").click()

    expect(side.get_by_role("heading", name="Du er logget ud")).to_be_visible()
    assert side.evaluate("document.documentElement.scrollWidth") <= 390
    assert not javascript or brud(side) == []
    log_ind_i_nyt_faneblad(side, maja)
    side.get_by_role("button", name="Fortsæt").click()
    if not javascript:
        # Without a script the page cannot know the token that the sign-in renewed.
        side.get_by_role("button", name="Send igen").click()
    expect(side.get_by_text("Notatet er skrevet i journalen.")).to_be_visible()
    assert sag.notater.get().tekst.replace("\r\n", "\n") == tekst.strip()


def test_plain_form_is_not_sent_to_a_server_that_does_not_answer(ny_side, sag, maja):
    side = ny_side(maja)
    side.goto(f"/sager/{sag.pk}/journal/")
    side.get_by_label("Internt").check()
    side.get_by_label("Overskrift").fill("Samtale")
    side.locator("[name=tekst]").fill("Aftalt nyt møde.")
    side.route("**/*", lambda rute: rute.abort())

    side.get_by_role("button", name="Skriv i journalen").click()

    expect(side.get_by_text("Serveren svarer ikke.")).to_be_visible()
    assert side.locator("[name=tekst]").input_value() == "Aftalt nyt møde."
    side.unroute("**/*")
    side.get_by_role("button", name="Skriv i journalen").click()
    expect(side.get_by_text("Notatet er skrevet i journalen.")).to_be_visible()
    assert sag.notater.get().tekst == "Aftalt nyt møde."
