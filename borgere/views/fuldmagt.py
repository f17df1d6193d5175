"""Who acts for the citizen, and who comes along."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme, services
from borgere.forms.fuldmagt import BisidderForm, FuldmagtForm
from borgere.forms.samtykke import TraekForm
from borgere.models import Fuldmagt
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag


@require_safe
@kraever("borger.se")
def repraesentation(request: Anmodning, pk: int) -> HttpResponse:
    """Party representatives, guardians and bisiddere, with how each stands today.

    The citizen has few of them; each list ends at 50, those that hold before those that ended.
    """
    sag = sagsramme.hent(request, pk)
    dato = i_dag()
    fuldmagter = sag.borger.fuldmagter.order_by(
        F("trukket_dato").desc(nulls_first=True), F("til_dato").desc(nulls_first=True), "-pk"
    )[:50]
    bisiddere = sag.borger.bisiddere.order_by(F("til_dato").desc(nulls_first=True), "-pk")[:50]
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="repraesentation") | {
        "fuldmagter": [(fuldmagt, fuldmagt.status(dato)) for fuldmagt in fuldmagter],
        "bisiddere": [(b, b.til_dato is None or b.til_dato >= dato) for b in bisiddere],
        "kan_skrive": adgang.maa(request.user, "borger.skriv"),
    }
    return svar(request, "borgere/repraesentation.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def fuldmagt_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Register a party representative or a guardian."""
    sag = sagsramme.hent(request, pk)
    form = FuldmagtForm(request.POST or None, request.FILES or None, sag=sag)
    if request.method == "POST" and form.is_valid():
        scan = form.scannet()
        try:
            fuldmagt = services.giv_fuldmagt(sag, **form.cleaned_data, scan=scan, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request, f"{fuldmagt.navn} er registreret som {fuldmagt.get_art_display()}."
            )
            return redirect("borgere:repraesentation", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="repraesentation") | {"form": form}
    return svar(request, "borgere/fuldmagt_ny.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def fuldmagt_traek(request: Anmodning, pk: int, fuldmagt_pk: int) -> HttpResponse:
    """Ask, and then end a fuldmagt or a guardianship from today on."""
    sag = sagsramme.hent(request, pk)
    fuldmagt = get_object_or_404(Fuldmagt, pk=fuldmagt_pk, borger=sag.borger)
    form = TraekForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.traek_fuldmagt(fuldmagt, sag=sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{fuldmagt.navn} handler ikke længere for borgeren.")
            return redirect("borgere:repraesentation", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="repraesentation")
    kontekst |= {"form": form, "fuldmagt": fuldmagt}
    return svar(request, "borgere/fuldmagt_traek.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def bisidder_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Register a bisidder."""
    sag = sagsramme.hent(request, pk)
    form = BisidderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bisidder = services.tilfoej_bisidder(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{bisidder.navn} er registreret som bisidder.")
            return redirect("borgere:repraesentation", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="repraesentation") | {"form": form}
    return svar(request, "borgere/bisidder_ny.html", kontekst, status=status_for(form))


@require_POST
@kraever("borger.skriv")
def bisidder_slut(request: Anmodning, pk: int, bisidder_pk: int) -> HttpResponse:
    """The citizen no longer brings them."""
    sag = sagsramme.hent(request, pk)
    bisidder = get_object_or_404(sag.borger.bisiddere, pk=bisidder_pk)
    try:
        services.afslut_bisidder(bisidder, sag=sag, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"{bisidder.navn} er ikke længere bisidder.")
    return redirect("borgere:repraesentation", sag.pk)
