"""Registering that the citizen has the indstilling in writing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from rehabilitering.forms.udlevering import UdleveringForm
from rehabilitering.services import udlevering as services
from rehabilitering.views.indstilling_ret import hent
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("indstilling.udlever")
def indstilling_udlever(request: Anmodning, pk: int) -> HttpResponse:
    """When and how the citizen got it, and whether it was gone through."""
    indstilling = hent(request, pk)
    sag = sagsramme.hent(request, indstilling.sag_id)
    form = UdleveringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.registrer(indstilling, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Det er registreret, at borgeren har fået indstillingen.")
            return redirect("rehabilitering:sag_moede", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="indstilling_udlever")
    kontekst |= {"form": form, "indstilling": indstilling}
    return svar(
        request, "rehabilitering/indstilling_udlever.html", kontekst, status=status_for(form)
    )
