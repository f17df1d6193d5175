"""Documents of a case: list, upload, and the stored bytes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme, services
from borgere.forms.dokument import DokumentForm
from borgere.models import Dokument
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25
# A stored file runs nothing, fetches nothing and belongs to no origin, whatever is inside it.
DOKUMENT_CSP = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "frame-ancestors 'none'"
)
_ENDELSER = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("dokument.se")
def dokumenter(request: Anmodning, pk: int) -> HttpResponse:
    """The case's documents, newest first, 25 to a page; below them the form for one more."""
    sag = sagsramme.hent(request, pk)
    form = DokumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        adgang.kraev(request.user, "dokument.skriv")
        if form.is_valid():
            data = form.cleaned_data
            indhold = data.pop("fil").read()
            try:
                services.gem_dokument(sag, **data, indhold=indhold, af=request.user)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, f"«{data['titel']}» er lagt på sagen.")
                return redirect("borgere:dokumenter", sag.pk)
    fundne = sag.dokumenter.select_related("oprettet_af").defer("indhold")
    kontekst = sagsramme.ramme(request, sag, "dokumenter") | {
        "form": form,
        "side": Paginator(fundne, PR_SIDE).get_page(request.GET.get("side")),
        "kan_skrive": adgang.maa(request.user, "dokument.skriv"),
    }
    return svar(request, "borgere/dokumenter.html", kontekst, status=status_for(form))


@require_safe
@never_cache
@kraever("dokument.se")
def dokument(request: Anmodning, pk: int) -> HttpResponse:
    """The stored bytes, shown in the browser without any right to do anything there."""
    fundne = Dokument.objects.synlige_for(request.user).select_related("sag__borger")
    fundet = get_object_or_404(fundne, pk=pk)
    opslag.log(request, "dokument", sag_id=fundet.sag_id, borger_noegle=fundet.sag.borger.noegle)
    # The name in the browser's list of downloads tells nothing about the citizen.
    navn = f"dokument-{fundet.pk}.{_ENDELSER[fundet.indholdstype]}"
    return HttpResponse(
        bytes(fundet.indhold),
        content_type=fundet.indholdstype,
        headers={
            "Content-Disposition": f'inline; filename="{navn}"',
            "Content-Security-Policy": DOKUMENT_CSP,
            "X-Content-Type-Options": "nosniff",
        },
    )
