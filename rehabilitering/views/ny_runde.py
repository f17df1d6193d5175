"""From a running forløb to a new round in the team."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from rehabilitering.services import ny_runde as services
from rehabilitering.services.afgoerelse import kan_skrive
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.skriv")
def ny_runde(request: Anmodning, pk: int) -> HttpResponse:
    """What the rules give, and the button that sends the case to preparation again."""
    sag = sagsramme.hent(request, pk)
    status = 200
    if request.method == "POST":
        try:
            services.begynd(sag, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
            status = 422
        else:
            messages.success(request, "Sagen forberedes til teamet. Forløbet fortsætter imens.")
            return redirect("rehabilitering:forberedende_del", pk=sag.pk)
    kontekst = sagsramme.ramme(request, sag, "plan", objekt="ny_runde") | {
        "mulighed": services.mulighed(sag),
        "kan_begynde": sag.fase in services.FASER and kan_skrive(sag, request.user),
    }
    return svar(request, "rehabilitering/ny_runde.html", kontekst, status=status)
