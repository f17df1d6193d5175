"""Searching for a citizen: the text travels in a POST, never in an address (product.md 5).

What a text finds is `Sag.objects.soeg`; here is how a page receives it, and what the log keeps of
it. The rest of a list's state (filter, order, page) stands in the address. A list that has been
searched therefore offers buttons with the text in a form where it else has links.
"""

import re

from django.http import HttpResponse
from django_htmx.http import push_url

from borgere.models.soegning import MAKS_LAENGDE
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.htmx import vil_have_del
from ressource.models import Opslag

# Ten digits, or an e-CPR with its letters, whatever stands between them: as the search reads them.
_PERSONNUMMER = re.compile(
    r"\d(?:[\W_]*\d){3}(?:(?:[\W_]*\d){6,}|(?:[\W_]*\d){3}(?:[\W_]*[A-Z]){2}[\W_]*\d)",
    re.IGNORECASE,
)
_MASKERET = r"\d\d-\d\d \*\* \*\*\*\*"
# A case number, its end, or any part one types of it. Every other word with a digit is masked: it
# may be a foreign identifier, or most of a personnummer.
_SAGSNUMMER = re.compile(r"[A-Z]{2,4}-\d{1,4}(?:-\d{0,7})?|(?:\d{4}-)?\d{1,5}", re.IGNORECASE)


def filterdata(request: Anmodning) -> dict[str, str]:
    """What a list is narrowed by: the address, and what a form sends before it.

    The text `q` counts in a form alone; one in an address is left out.
    """
    return request.GET.dict() | {"q": ""} | request.POST.dict()


def log(request: Anmodning, objekt: str, tekst: str) -> None:
    """Log that the list was seen or, with a `tekst`, searched, and for what (domain.md 5.4)."""
    if tekst:
        opslag.log(request, objekt, handling=Opslag.Handling.SOEG, formaal=kriterium(tekst))
    else:
        opslag.log(request, objekt)


def kriterium(tekst: str) -> str:
    """`Søgning: «eva lindholt»`; of a personnummer only the day and the month.

    Any text can be logged: it is cut, and what a log cannot hold is left out.
    """
    maskeret = _PERSONNUMMER.sub(
        _dag_og_maaned, "".join(t if t.isprintable() else " " for t in tekst)
    )
    ord_ = (et if _maa_staa(et) else "****" for et in re.split(f"({_MASKERET})| ", maskeret) if et)
    return f"Søgning: «{' '.join(ord_)[:MAKS_LAENGDE]}»"


def _maa_staa(et: str) -> bool:
    """Whether a word of a search may stand in the log as it was written."""
    har_ciffer = any(t.isdigit() for t in et)
    return not har_ciffer or bool(_SAGSNUMMER.fullmatch(et) or re.fullmatch(_MASKERET, et))


def naevner_personnummer(tekst: str) -> bool:
    """Whether `tekst` holds something that is written like a personnummer."""
    return _PERSONNUMMER.search(tekst) is not None


def _dag_og_maaned(fundet: re.Match[str]) -> str:
    cifre = re.sub(r"\D", "", fundet[0])
    return f"{cifre[:2]}-{cifre[2:4]} ** ****"


def adresse(request: Anmodning, forespoergsel: str) -> str:
    """The list's address in the state `forespoergsel`, which never holds the text."""
    return f"{request.path}?{forespoergsel}" if forespoergsel else request.path


def skal_hjem(request: Anmodning, tekst: str) -> bool:
    """Whether a form came without a text: then the list has an address, and is sent to it."""
    return request.method == "POST" and not tekst and not vil_have_del(request)


def med_adresse(request: Anmodning, response: HttpResponse, ny: str) -> HttpResponse:
    """Let htmx show the address `ny` after a form; the browser's history grows when it differs."""
    if request.method == "POST" and ny != request.htmx.current_url_abs_path:
        return push_url(response, ny)
    return response
