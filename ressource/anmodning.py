"""The request as our views get it: signed in, and dressed by our middleware."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from ressource.models import Bruger


class Anmodning(HttpRequest):
    """For type hints only. `LoginRequiredMiddleware` has turned everybody else away."""

    user: Bruger
    htmx: HtmxDetails
    anmodningsid: str
    # Set by the look-up log when it has a row of this request's refusal.
    afvist_er_logget: bool
    # The Overblik pages to choose between, set by the front page for a user with several roles.
    rollevalg: Sequence[Any]
