"""Pages for what goes wrong. Each says what happened and what to do, and nothing typed is lost.

`ressource/urls.py` names `ugyldig`, `forbudt`, `ikke_fundet` and `serverfejl` as its handlers;
`CSRF_FAILURE_VIEW` names `csrf`; `FejlsvarMiddleware` calls `udloebet`; views call `konflikt`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from ressource.fletning import Sammenligning, sammenlign

# Why a form that saves itself (static/ressource/gemselv.js) was not saved although nothing is wrong
# with it: it is kept and sent again when the reason has passed.
AARSAG = "Gem-Selv"
# What the page itself sends along, unseen: sent back with the text, not shown as if it were text.
_SKJULTE = {"version", "laas", "trin"}
# Never shown again, not even to the person who typed it.
_HEMMELIGT = re.compile(r"csrf|password|adgangskode|engangskode|token|secret", re.IGNORECASE)
_LINJELAENGDE = 80


@dataclass(frozen=True)
class BevaretFelt:
    """One value the browser sent, ready to be shown and sent again."""

    navn: str
    vaerdi: str

    @property
    def label(self) -> str:
        """The field's name made readable; the form with the real label is not at hand here."""
        return self.navn.replace("_", " ").replace("-", " ").strip().capitalize()

    @property
    def er_skjult(self) -> bool:
        """Whether nobody typed it."""
        return self.navn.rpartition("-")[2] in _SKJULTE

    @property
    def raekker(self) -> int:
        """Height of a text area that shows the value."""
        linjer = sum(1 + len(linje) // _LINJELAENGDE for linje in self.vaerdi.split("\n"))
        return min(max(linjer, 1), 12)


@dataclass(frozen=True)
class Bevaret:
    """What a refused POST held: the typed values, and whether it is safe to offer them again."""

    felter: list[BevaretFelt]
    filer: bool
    kan_sendes_igen: bool


def bevaret(request: HttpRequest) -> Bevaret:
    """The values of a POST, without passwords, tokens and files.

    `kan_sendes_igen` is false for a form another site made the browser send: a button on our page
    would then lend that site the user's hand. It is false too when a secret was left out.
    """
    if request.method != "POST":
        return Bevaret([], filer=False, kan_sendes_igen=False)
    try:
        alle = [(navn, v) for navn, liste in request.POST.lists() for v in liste if v]
        filer = bool(request.FILES)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, RawPostDataException):
        return Bevaret([], filer=False, kan_sendes_igen=False)
    aabne = [BevaretFelt(navn, v) for navn, v in alle if not _HEMMELIGT.search(navn)]
    hemmelige = [navn for navn, _ in alle if _HEMMELIGT.search(navn) and "csrf" not in navn]
    return Bevaret(
        aabne,
        filer=filer,
        kan_sendes_igen=bool(aabne) and not hemmelige and _fra_os_selv(request),
    )


def _fra_os_selv(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent the form."""
    if sted := request.headers.get("Sec-Fetch-Site"):
        return sted == "same-origin"
    kilde = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(kilde).netloc == request.get_host()


def _side(
    request: HttpRequest,
    navn: str,
    status: int,
    besked: str,
    *,
    ramme: Mapping[str, Any] | None = None,
    **kontekst: Any,
) -> HttpResponse:
    """The error page; htmx gets only the message, in `#fejlbesked`, and the form stays put."""
    if getattr(request, "htmx", False):
        kontekst["besked"] = besked
        response = render(request, "ressource/fejl/_htmx.html", kontekst, status=status)
        response["HX-Retarget"] = "#fejlbesked"
        response["HX-Reswap"] = "innerHTML"
        return response
    kontekst = {**(ramme or {}), **kontekst, "besked": besked}
    kontekst |= {"bevaret": bevaret(request), "adresse": request.get_full_path()}
    return render(request, f"ressource/fejl/{navn}.html", kontekst, status=status)


def ugyldig(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _side(request, "400", 400, "Anmodningen kunne ikke læses. Gå tilbage, og prøv igen.")


def forbudt(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen but not allowed. A sentence given to `PermissionDenied` is shown."""
    besked = str(exception) or "Din rolle giver ikke adgang til dette."
    return _side(request, "403", 403, besked)


def ikke_fundet(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: does not exist, or is not for this user; the page does not tell which."""
    return _side(
        request, "404", 404, "Siden findes ikke, eller du har ikke adgang til sagen, den hører til."
    )


def serverfejl(request: HttpRequest) -> HttpResponse:
    """500: rendered without user and database, which may be what failed."""
    kontekst = {
        "besked": "Der skete en fejl hos os. Prøv igen om lidt.",
        "bevaret": bevaret(request),
        "anmodningsid": getattr(request, "anmodningsid", ""),
    }
    if getattr(request, "htmx", False):
        response = HttpResponse(render_to_string("ressource/fejl/_htmx.html", kontekst), status=500)
        response["HX-Retarget"] = "#fejlbesked"
        response["HX-Reswap"] = "innerHTML"
        return response
    return HttpResponse(render_to_string("ressource/fejl/500.html", kontekst), status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the sign-in, or comes from somewhere else.

    The answer renews the token's cookie, which only our own pages can read.
    """
    get_token(request)
    response = _side(
        request,
        "csrf",
        403,
        "Siden var for gammel til at blive sendt, typisk fordi du har logget ind igen siden.",
    )
    response[AARSAG] = "brik"
    return response


def udloebet(request: HttpRequest) -> HttpResponse:
    """403: a form sent after the session ended. The text stays on the page until it is saved."""
    response = _side(request, "udloebet", 403, "Du er blevet logget ud.", log_ind=True)
    response[AARSAG] = "log-ind"
    return response


def anden_bruger(request: HttpRequest) -> HttpResponse:
    """403: the page was opened by another than the one who is now signed in in this browser."""
    response = _side(
        request,
        "403",
        403,
        "Siden er åbnet af en anden, end den der nu er logget ind. Intet bliver gemt i dit navn. "
        "Den, der har skrevet, skal logge ind igen.",
    )
    response[AARSAG] = "anden-bruger"
    return response


def for_mange(request: HttpRequest) -> HttpResponse:
    """429: too many attempts from one address."""
    return _side(request, "429", 429, "For mange forsøg på kort tid. Vent et minut, og prøv igen.")


@dataclass(frozen=True)
class Uenighed:
    """One field that two people have changed.

    `navn` is the form field's name; `min` and `anden` are the values as the form sends them. With
    `er_tekst=False` (a date, a choice) one of the two is picked; `min_vist` and `anden_vist` say
    what to show for them.
    """

    navn: str
    label: str
    min: str
    anden: str
    er_tekst: bool = True
    min_vist: str = ""
    anden_vist: str = ""

    @cached_property
    def sammenligning(self) -> Sammenligning:
        """The two texts word by word."""
        return sammenlign(self.min, self.anden)


def konflikt(
    request: HttpRequest,
    *,
    felter: Sequence[Uenighed],
    titel: str,
    anden: str,
    gemt_den: datetime,
    version: int | str,
    fortryd: str,
    versionsfelt: str = "version",
    ramme: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """409: `anden` saved at `gemt_den` while the user was writing; both versions are shown.

    The page posts to the same address again, with every other field as sent and `versionsfelt` set
    to `version` (the one now stored), so that the view's own check passes if nobody saves again.
    `titel` says where, e.g. «I har begge skrevet i afsnit 5, Helbred»; `fortryd` leads back. `ramme` is the context of another
    frame around the page than the plain one, with its template as `skelet`.
    """
    optaget = {felt.navn for felt in felter} | {versionsfelt}
    return _side(
        request,
        "409",
        409,
        f"{titel}. {anden} gemte, mens du skrev. Tryk på Gem for at se begge tekster.",
        ramme=ramme,
        titel=titel,
        felter=felter,
        anden=anden,
        gemt_den=gemt_den,
        version=version,
        versionsfelt=versionsfelt,
        fortryd=fortryd,
        oevrige=[felt for felt in bevaret(request).felter if felt.navn not in optaget],
    )
