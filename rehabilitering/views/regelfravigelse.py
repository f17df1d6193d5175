"""A forløb after the rules have closed for it: the caseworker's request, the teamleder's answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from rehabilitering.forms.regelfravigelse import AfgoerRegelfravigelseForm, AnmodRegelfravigelseForm
from rehabilitering.models import Regelfravigelse
from rehabilitering.services import regelfravigelse as services
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.skriv")
def regel_fravig(request: Anmodning, pk: int) -> HttpResponse:
    """Ask the teamleder, with a reason; earlier requests of the case and their answers below."""
    sag = sagsramme.hent(request, pk)
    form = AnmodRegelfravigelseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.anmod(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Teamlederen er spurgt. Svaret kommer på denne side.")
            return redirect("rehabilitering:regel_fravig", pk=sag.pk)
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="regelfravigelse")
    kontekst |= {
        "form": form,
        "fravigelser": sag.regelfravigelser.select_related("anmodet_af", "afgjort_af"),
    }
    return svar(request, "rehabilitering/regel_fravig.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "POST"])
@kraever("regel.fravig")
def regelfravigelse(request: Anmodning, pk: int) -> HttpResponse:
    """One request and its answer. The teamleder sees the case's number and reason, not the case."""
    mulige = Regelfravigelse.objects.for_teamleder(request.user)
    fravigelse = get_object_or_404(
        mulige.select_related("sag__borger", "sag__regelsaet", "anmodet_af", "afgjort_af"), pk=pk
    )
    sag = fravigelse.sag
    form = AfgoerRegelfravigelseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.afgoer(fravigelse, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Svaret om {sag.sagsnummer} er gemt.")
            return redirect("overblik")
    opslag.log(request, "regelfravigelse", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst = {
        "fravigelse": fravigelse,
        "form": form if fravigelse.kan_afgoeres or form.is_bound else None,
    }
    return svar(request, "rehabilitering/regelfravigelse.html", kontekst, status=status_for(form))
