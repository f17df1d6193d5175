"""The network and the consents."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagsramme, services
from borgere.forms.netvaerk import NetvaerkspersonForm, SamtykkeForm
from borgere.models import Samtykke
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def netvaerk_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Add a person to the network."""
    sag = sagsramme.hent(request, pk)
    form = NetvaerkspersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.tilfoej_netvaerksperson(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{person.navn} er tilføjet til netværket.")
            return redirect("borgere:borger", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger") | {"form": form}
    return svar(request, "borgere/netvaerk_ny.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def samtykke_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Register a consent."""
    sag = sagsramme.hent(request, pk)
    form = SamtykkeForm(request.POST or None, borger=sag.borger)
    if request.method == "POST" and form.is_valid():
        try:
            services.giv_samtykke(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Samtykket er registreret.")
            return redirect("borgere:borger", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger") | {"form": form}
    return svar(request, "borgere/samtykke_ny.html", kontekst, status=status_for(form))


@require_POST
@kraever("borger.skriv")
def samtykke_traek(request: Anmodning, pk: int, samtykke_pk: int) -> HttpResponse:
    """Withdraw a consent from today on."""
    sag = sagsramme.hent(request, pk)
    samtykke = get_object_or_404(Samtykke, pk=samtykke_pk, borger=sag.borger)
    try:
        services.traek_samtykke(samtykke, sag=sag, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Samtykket er trukket tilbage og gælder ikke længere.")
    return redirect("borgere:borger", sag.pk)
