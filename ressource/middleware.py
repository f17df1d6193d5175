"""An id for every request, nothing kept on the way, and no text lost by being signed out."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from ressource import fejl

_anmodningsid: ContextVar[str] = ContextVar("anmodningsid", default="-")

# What a page says that may be kept if it is asked for anew each time: a calendar's feed, which holds
# no personal data and would else be sent whole four times an hour.
EFTERSES = "private, no-cache"

_HEMMELIGHED = re.compile(r"/kalender/[^/\s]+\.ics")

Svar = Callable[[HttpRequest], HttpResponse]


class AnmodningsidFilter(logging.Filter):
    """Gives every log record `anmodningsid`, or `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django writes its line on a refused request after the middleware is done; that record
        # carries the request itself.
        request = getattr(record, "request", None)
        record.anmodningsid = getattr(request, "anmodningsid", None) or _anmodningsid.get()
        return True


class HemmelighedFilter(logging.Filter):
    """Takes the secret out of a feed's address.

    Django writes the address of every refused and failed request, and whoever knows this one reads
    the feed. One that answers 404 today may live again with its owner's account.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _HEMMELIGHED.sub("/kalender/***.ics", arg) if isinstance(arg, str) else arg
                for arg in record.args
            )
        return True


class AnmodningsidMiddleware:
    """Sets `request.anmodningsid` and answers with it in `X-Request-ID`.

    The id is always our own: one taken from the browser could be used to write in our log.
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.anmodningsid = str(uuid.uuid4())  # type: ignore[attr-defined]
        maerke = _anmodningsid.set(request.anmodningsid)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            _anmodningsid.reset(maerke)
        response["X-Request-ID"] = request.anmodningsid  # type: ignore[attr-defined]
        return response


class IntetGemmesMiddleware:
    """Lets no browser and no proxy keep an answer: `Cache-Control: no-store, private`.

    Every page but the static files, which WhiteNoise answers further out and which are named by
    their content. So whoever takes over the computer finds nothing with the back button, the page
    to sign in on is never an old one, and no rule depends on a view remembering it.
    The one exception asks for it in so many words (`EFTERSES`).
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Cache-Control") != EFTERSES:
            patch_cache_control(response, no_store=True, private=True)
        return response


class FejlsvarMiddleware:
    """Stands next to the view and looks at one answer: the redirect to the login page.

    A form sent by somebody signed out meanwhile is answered with a page that keeps the text; an
    htmx request is sent to the login page as a whole instead of getting it as a fragment. A page
    that saves itself says whose it is, and is saved in nobody else's name.
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if response.status_code != 302 or not response["Location"].startswith(f"{login}?next="):
            return response
        if request.method == "POST" and fejl.bevaret(request).felter:
            return fejl.udloebet(request)
        if htmx := getattr(request, "htmx", None):
            retur = htmx.current_url_abs_path or "/"
            response = HttpResponse(
                headers={"HX-Redirect": f"{login}?{urlencode({'next': retur})}"}
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away what another user's page sends by itself; the form's button is a choice."""
        ejer = request.headers.get("Gem-Selv-Bruger")
        bruger = getattr(request, "user", None)
        if ejer and bruger and bruger.is_authenticated and ejer != str(bruger.pk):
            return fejl.anden_bruger(request)
        return None
