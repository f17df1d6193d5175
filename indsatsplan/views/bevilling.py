"""The text of a praktik's agreement: read it, put it on the case, show it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from indsatsplan import bevilling, services
from indsatsplan.models import Praktik
from indsatsplan.views import hentning
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.htmx import svar


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("praktik.skriv")
def bevillingstekst(request: Anmodning, pk: int) -> HttpResponse:
    """The text as it would be made now; a POST puts it on the case."""
    praktik = _praktik(request, pk)
    afvist = ""
    if request.method == "POST":
        try:
            services.lav_bevilling(praktik, af=request.user)
        except ValidationError as fejl:
            afvist = " ".join(fejl.messages)
        else:
            messages.success(request, "Bevillingsteksten er lavet og ligger på sagen.")
            return redirect("indsatsplan:bevillingstekst", pk)
    kontekst = hentning.ramme(request, praktik.indsats.forloeb) | {
        "praktik": praktik,
        "indsats": praktik.indsats,
        "seneste": services.seneste_bevilling(praktik),
        "maa_samtykke": maa(request.user, "borger.skriv"),
    }
    try:
        kontekst["tekst"] = bevilling.vis(praktik, af=request.user)
    except ValidationError as fejl:
        afvist = " ".join(fejl.messages)
    kontekst["afvist"] = afvist
    status = 422 if request.method == "POST" else 200
    return svar(request, "indsatsplan/bevillingstekst.html", kontekst, status=status)


@require_safe
@kraever("praktik.skriv")
def bevillingstekst_pdf(request: Anmodning, pk: int) -> HttpResponse:
    """The text as it was last made, shown in the browser."""
    praktik = _praktik(request, pk)
    dokument = services.seneste_bevilling(praktik)
    if dokument is None:
        raise Http404
    sag = praktik.indsats.forloeb.sag
    opslag.log(request, "bevillingstekst", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    return HttpResponse(
        bytes(dokument.indhold),
        content_type=dokument.indholdstype,
        headers={"Content-Disposition": f'inline; filename="dokument-{dokument.pk}.pdf"'},
    )


def _praktik(request: Anmodning, pk: int) -> Praktik:
    """The praktik of an effort the user may see. Raises `Http404` before a company is chosen."""
    indsats = hentning.praktikindsats(request, pk)
    praktik: Praktik | None = getattr(indsats, "praktik", None)
    if praktik is None:
        raise Http404
    praktik.indsats = indsats
    return praktik
