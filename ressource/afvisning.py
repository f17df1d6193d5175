"""Refusals in the look-up log: who tried to open what, and was not let in (domain.md 5.4).

One place writes them, whatever view, method or rule refused: a view needs to know nothing of it.
The row names the case and the citizen that the address belongs to, so that the citizen's own list
shows the attempt; which addresses those are, each app declares with `kend`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from ressource import opslag
from ressource.models import Opslag

# What the log says of the two answers. A 404 may be either, and the log does not tell the user.
UDFALD = {403: "Ikke tilladt", 404: "Findes ikke for brugeren"}

FindSag = Callable[[Any], tuple[int, UUID] | None]
_adresser: dict[str, FindSag] = {}


def kend(adresse: str, find: FindSag) -> None:
    """Declare whose case the addresses beginning with `adresse` are about.

    `adresse` is a route up to its `<int:pk>`, e.g. `dokumenter/<int:pk>`; `find` gives the case's
    id and the citizen's key for the pk, or None when there is no such row. Called by `ready`.
    """
    _adresser[adresse] = find


def sag_bag(fundet: ResolverMatch) -> tuple[int, UUID] | None:
    """The case and citizen an address is about; the longest declared beginning decides."""
    kendte = [adresse for adresse in _adresser if fundet.route.startswith(adresse)]
    if not kendte:
        return None
    return _adresser[max(kendte, key=len)](fundet.kwargs["pk"])


class AfvisningMiddleware:
    """Logs one `AFVIST` for each 403 and 404 that a view with an action answers.

    A view that has logged its refusal itself gets no second row. Costs nothing otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        handling = getattr(request, "handling", "")
        fundet = request.resolver_match
        if response.status_code not in UDFALD or not handling or not fundet:
            return response
        if not opslag.har_logget_afvist(request):
            sag_id, borger_noegle = sag_bag(fundet) or (None, None)
            opslag.log(
                request,  # type: ignore[arg-type]
                handling.partition(".")[0],
                handling=Opslag.Handling.AFVIST,
                sag_id=sag_id,
                borger_noegle=borger_noegle,
                formaal=UDFALD[response.status_code],
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """Remember the action. A form with an old CSRF token is turned away before this."""
        request.handling = getattr(view, "handling", "")  # type: ignore[attr-defined]
