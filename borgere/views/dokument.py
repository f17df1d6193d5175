"""Documents of a case: the list, uploads and their newer editions, and the stored bytes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme, services, soegning
from borgere.forms.dokument import DokumentFilterForm, DokumentForm
from borgere.models import Dokument, Sag
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.filtype import endelse
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Opslag

PR_SIDE = 25
# A stored file runs nothing, fetches nothing and belongs to no origin, whatever is inside it.
DOKUMENT_CSP = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; "
    "frame-ancestors 'none'"
)
_ORDEN = {
    "": ("-dato", "-pk"),
    "art": ("art", "-dato", "-pk"),
    "titel": ("titel", "-dato", "-pk"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("dokument.se")
def dokumenter(request: Anmodning, pk: int) -> HttpResponse:
    """The case's documents, 25 to a page; a search comes by POST."""
    sag = sagsramme.hent(request, pk)
    form = DokumentFilterForm(soegning.filterdata(request))
    valg = form.cleaned_data if form.is_valid() else {}
    soegt = valg.get("q", "")
    foresporgsel = urlencode({n: valg[n] for n in ("art", "vis", "sorter") if valg.get(n)})
    adresse = soegning.adresse(request, foresporgsel)
    if soegning.skal_hjem(request, soegt):
        return redirect(adresse)
    ramme = sagsramme.ramme(
        request,
        sag,
        "dokumenter",
        handling=Opslag.Handling.SOEG if soegt else Opslag.Handling.SE,
        formaal=soegning.kriterium(soegt) if soegt else "",
    )
    kontekst = ramme | {
        "form": form,
        "side": Paginator(_find(sag, valg), PR_SIDE).get_page(request.GET.get("side")),
        "soegt": soegt,
        "foresporgsel": foresporgsel,
        "er_filtreret": bool(soegt or valg.get("art")),
        "kan_skrive": adgang.maa(request.user, "dokument.skriv"),
        "kan_uddrage": adgang.maa(request.user, "uddrag.bestil"),
        "kan_bevare": adgang.maa(request.user, "sag.bevar"),
    }
    response = svar(request, "borgere/dokumenter.html", kontekst, delvis="resultater")
    return soegning.med_adresse(request, response, adresse)


def _find(sag: Sag, valg: dict[str, Any]) -> "QuerySet[Dokument]":
    """What the filter asks for, without the bytes."""
    fundne = sag.dokumenter.select_related("oprettet_af", "erstatter", "erstattet_af").defer(
        "indhold", "erstatter__indhold", "erstattet_af__indhold"
    )
    for ord_ in valg.get("q", "").split():
        fundne = fundne.filter(titel__unaccent__icontains=ord_)
    if valg.get("art"):
        fundne = fundne.filter(art=valg["art"])
    if valg.get("vis") != "alle":
        fundne = fundne.gaeldende()
    return fundne.order_by(*_ORDEN[valg.get("sorter", "")])


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("dokument.skriv")
def dokument_nyt(request: Anmodning, pk: int) -> HttpResponse:
    """Put a file on the case."""
    return _laeg_paa(request, sagsramme.hent(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("dokument.skriv")
def dokument_udgave(request: Anmodning, pk: int) -> HttpResponse:
    """Put a newer edition of an upload on the case; the old one stays and is marked."""
    fundne = Dokument.objects.synlige_for(request.user).filter(er_dannet=False).defer("indhold")
    gammel = get_object_or_404(fundne, pk=pk)
    return _laeg_paa(request, sagsramme.hent(request, gammel.sag_id), gammel)


def _laeg_paa(request: Anmodning, sag: Sag, gammel: Dokument | None = None) -> HttpResponse:
    start = {"art": gammel.art, "titel": gammel.titel} if gammel else None
    form = DokumentForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        indhold = data.pop("fil").read()
        try:
            services.gem_dokument(sag, **data, indhold=indhold, erstatter=gammel, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"«{data['titel']}» er lagt på sagen.")
            return redirect("borgere:dokumenter", sag.pk)
    if request.FILES:
        form.bed_om_filen_igen()
    kontekst = sagsramme.ramme(request, sag, "dokumenter") | {"form": form, "gammel": gammel}
    return svar(request, "borgere/dokument_nyt.html", kontekst, status=status_for(form))


@require_safe
@kraever("dokument.se")
def dokument(request: Anmodning, pk: int) -> HttpResponse:
    """The stored bytes: shown without any right to do anything, or downloaded.

    What a browser does not show by itself is an attachment, and the log says exported.
    """
    fundne = Dokument.objects.synlige_for(request.user).select_related("sag__borger")
    fundet = get_object_or_404(fundne, pk=pk)
    opslag.log(
        request,
        "dokument",
        handling=Opslag.Handling.SE if fundet.vises else Opslag.Handling.EKSPORT,
        sag_id=fundet.sag_id,
        borger_noegle=fundet.sag.borger.noegle,
    )
    # The name in the browser's list of downloads tells nothing about the citizen.
    navn = f"dokument-{fundet.pk}.{endelse(fundet.indholdstype)}"
    return HttpResponse(
        bytes(fundet.indhold),
        content_type=fundet.indholdstype,
        headers={
            "Content-Disposition": f'{"inline" if fundet.vises else "attachment"}; filename="{navn}"',
            "Content-Security-Policy": DOKUMENT_CSP,
            "X-Content-Type-Options": "nosniff",
        },
    )
