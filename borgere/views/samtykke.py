"""Consents: the list, one at a time, a whole signed sheet, and withdrawing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagspdf, sagsramme, services
from borgere import samtykkeark as ark
from borgere.forms.samtykke import SamtykkearkForm, SamtykkeForm, TraekForm
from borgere.models import Samtykke
from borgere.netvaerkskort import UDLOEBER_SNART
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag

PR_SIDE = 25
_FRA_ADRESSEN = ("modtager", "netvaerksperson")


@require_safe
@kraever("borger.se")
def samtykker(request: Anmodning, pk: int) -> HttpResponse:
    """Every consent ever given, newest first, with how it stands today."""
    sag = sagsramme.hent(request, pk)
    dato = i_dag()
    fundne = sag.borger.samtykker.select_related("netvaerksperson", "registreret_af")
    side = Paginator(fundne, PR_SIDE).get_page(request.GET.get("side"))
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="samtykker") | {
        "side": side,
        "linjer": [(s, s.status(dato), s.til_dato <= dato + UDLOEBER_SNART) for s in side],
        "kan_skrive": adgang.maa(request.user, "borger.skriv"),
    }
    return svar(request, "borgere/samtykker.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def samtykke_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Register a consent; a refused dispatch leads here with recipient and kind filled in."""
    sag = sagsramme.hent(request, pk)
    valgt: dict[str, object] = {n: request.GET[n] for n in _FRA_ADRESSEN if n in request.GET}
    valgt["informationstyper"] = request.GET.getlist("informationstyper")
    form = SamtykkeForm(request.POST or None, request.FILES or None, sag=sag, initial=valgt)
    if request.method == "POST" and form.is_valid():
        scan = form.scannet()
        try:
            services.giv_samtykke(sag, **form.cleaned_data, scan=scan, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Samtykket er registreret.")
            return redirect("borgere:samtykker", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="samtykker") | {"form": form}
    return svar(request, "borgere/samtykke_ny.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def samtykke_traek(request: Anmodning, pk: int, samtykke_pk: int) -> HttpResponse:
    """Ask, and then withdraw a consent from today on."""
    sag = sagsramme.hent(request, pk)
    samtykke = get_object_or_404(
        Samtykke.objects.select_related("netvaerksperson"), pk=samtykke_pk, borger=sag.borger
    )
    form = TraekForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.traek_samtykke(samtykke, sag=sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Samtykket er trukket tilbage og gælder ikke længere.")
            return redirect("borgere:samtykker", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="samtykker")
    kontekst |= {"form": form, "samtykke": samtykke}
    return svar(request, "borgere/samtykke_traek.html", kontekst, status=status_for(form))


@require_safe
@kraever("borger.skriv")
def samtykkeark(request: Anmodning, pk: int) -> HttpResponse:
    """The consent sheet as a PDF, made from the network map; logged as printed."""
    sag = sagsramme.hent(request, pk)
    return sagspdf.vis(
        request,
        sag,
        "samtykkeark",
        lambda: ark.samtykkeark(sag, udfyldt_af=request.user, tidspunkt=timezone.now()),
        filnavn="samtykkeark.pdf",
        ellers=reverse("borgere:netvaerk", args=[sag.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def samtykkeark_underskrevet(request: Anmodning, pk: int) -> HttpResponse:
    """Register everything ticked on a signed sheet at once."""
    sag = sagsramme.hent(request, pk)
    form = SamtykkearkForm(request.POST or None, request.FILES or None, sag=sag)
    if request.method == "POST" and form.is_valid():
        linjer = form.linjer()
        datoer = {felt: form.cleaned_data[felt] for felt in ("fra_dato", "til_dato")}
        scan = form.scannet()
        try:
            givne = services.registrer_samtykkeark(
                sag, linjer, scan=scan, **datoer, af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{len(givne)} samtykker er registreret fra arket.")
            return redirect("borgere:samtykker", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="samtykker") | {"form": form}
    return svar(request, "borgere/samtykkeark_underskrevet.html", kontekst, status=status_for(form))
