"""Content-Security-Policy from `SECURE_CSP`, the setting's name in Django 6, for Django 5.2."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ContentSecurityPolicyMiddleware:
    """Sends the policy with every response, unless the view has set a stricter one of its own.

    A view that shows an uploaded document answers with `sandbox`; that header is left untouched.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.politik = "; ".join(
            " ".join([direktiv, *kilder]) for direktiv, kilder in settings.SECURE_CSP.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.politik)
        return response
