"""A real Chromium against a live server, with a page per person and every complaint collected."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = os.environ.get("RESSOURCE_CHROMIUM", "/usr/bin/chromium")
FLAG = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A page that lost its server asks again after 8 s at the latest; on a busy machine all is slower.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def chromium():
    # Playwright keeps an event loop running in this thread, and Django refuses queries beside one.
    foer = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAG)
        yield browser
        browser.close()
    if foer is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def ny_side(chromium, live_server):
    """`ny_side(bruger, bredde=390, javascript=False)`: a page, signed in when `bruger` is given.

    What the page complains of (errors, breaches of the CSP) is collected in `side.klager`.
    """
    kontekster = []

    def ny_side(bruger=None, *, bredde=1440, javascript=True) -> Page:
        kontekst = chromium.new_context(
            base_url=live_server.url,
            locale="da-DK",
            viewport={"width": bredde, "height": 900},
            java_script_enabled=javascript,
        )
        kontekst.set_default_timeout(10_000)
        kontekster.append(kontekst)
        side = kontekst.new_page()
        if bruger is not None:
            log_ind(side, bruger, live_server.url)
        side.klager = []
        side.on("pageerror", lambda fejl: side.klager.append(str(fejl)))
        side.on(
            "console",
            lambda linje: (
                side.klager.append(linje.text) if "Content Security Policy" in linje.text else None
            ),
        )
        return side

    yield ny_side
    for kontekst in kontekster:
        kontekst.close()


def log_ind(side: Page, bruger, url: str) -> None:
    """Give the page's browser a new session of `bruger`, as signing in would."""
    klient = Client()
    klient.force_login(bruger)
    navn = settings.SESSION_COOKIE_NAME
    side.context.add_cookies([{"name": navn, "value": klient.cookies[navn].value, "url": url}])


def brud(side: Page) -> list[str]:
    """The rules of axe that the page breaks, with the first element each."""
    return [
        f"{b['id']}: {b['nodes'][0]['html'][:120]}" for b in Axe().run(side).response["violations"]
    ]
