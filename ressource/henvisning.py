"""A page that is not for this reader as it stands, but has a door: the reader is sent to the door.

A view (or what fetches for it) raises `Henvisning`; for everything that does not know it, it is an
ordinary `Http404`.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect


class Henvisning(Http404):
    """Not found here, but `adresse` is where the reader may ask to get in."""

    def __init__(self, adresse: str) -> None:
        super().__init__()
        self.adresse = adresse


class HenvisningMiddleware:
    """Turns `Henvisning` into a redirect, for a page opened as a page.

    Anything sent (POST) and any part of a page (htmx) gets the 404: neither can be carried on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The redirect, or None to let the 404 be one."""
        er_side = request.method in {"GET", "HEAD"} and not getattr(request, "htmx", False)
        if isinstance(exception, Henvisning) and er_side:
            return redirect(exception.adresse)
        return None
