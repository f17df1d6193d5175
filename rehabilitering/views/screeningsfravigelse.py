"""Opening a case without an approved note: the caseworker's request, the teamleder's answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from rehabilitering.forms.screeningsfravigelse import AfgoerFravigelseForm, AnmodFravigelseForm
from rehabilitering.models import Screeningsfravigelse
from rehabilitering.services import screeningsfravigelse as services
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_http_methods(["GET", "POST"])
@kraever("screening.skriv")
def screening_fravig(request: Anmodning, pk: int) -> HttpResponse:
    """Ask the teamleder, with a reason."""
    sag = sagsramme.hent(request, pk)
    form = AnmodFravigelseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.anmod(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Teamlederen er spurgt. Svaret kommer på denne side.")
            return redirect("rehabilitering:screening", pk=sag.pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="screeningsfravigelse")
    kontekst |= {"form": form}
    return svar(request, "rehabilitering/screening_fravig.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "POST"])
@kraever("screening.fravig")
def screeningsfravigelse(request: Anmodning, pk: int) -> HttpResponse:
    """One request and its answer. The teamleder sees the case's number and reason, not the case."""
    mulige = Screeningsfravigelse.objects.for_teamleder(request.user)
    fravigelse = get_object_or_404(
        mulige.select_related("sag__borger", "anmodet_af", "afgjort_af"), pk=pk
    )
    sag = fravigelse.sag
    form = AfgoerFravigelseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.afgoer(fravigelse, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Svaret om {sag.sagsnummer} er gemt.")
            return redirect("overblik")
    opslag.log(request, "screeningsfravigelse", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst = {
        "fravigelse": fravigelse,
        "notat": sag.screeningsnotater.only("indsendt_den", "resultat", "afgjort_den").first(),
        "form": form if fravigelse.kan_afgoeres or form.is_bound else None,
    }
    status = status_for(form)
    return svar(request, "rehabilitering/screeningsfravigelse.html", kontekst, status=status)
