"""One way to answer htmx: the whole page, or the named part of the same template."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def vil_have_del(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page.

    Boosted links and restored history need the whole page, or a fragment stands without a frame.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def skabelon(request: HttpRequest, navn: str, *, delvis: str = "svar") -> str:
    """Template name to render: `navn`, or `navn#delvis` when htmx asks for the part."""
    return f"{navn}#{delvis}" if vil_have_del(request) else navn


def svar(
    request: HttpRequest,
    navn: str,
    kontekst: dict[str, Any] | None = None,
    *,
    delvis: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page; with `delvis`, only that partial when htmx asks for it.

    `Vary: HX-Request` is set whenever the answer depends on it, so that no cache mixes them up.
    """
    valgt = skabelon(request, navn, delvis=delvis) if delvis else navn
    response = render(request, valgt, kontekst, status=status)
    if delvis:
        patch_vary_headers(response, ["HX-Request"])
    return response
