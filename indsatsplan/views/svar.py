"""Put an answer from sparring into the plan, and take it out again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indsatsplan import services
from indsatsplan.views import hentning
from rehabilitering import indsatte_svar
from ressource.adgang import kraever
from ressource.anmodning import Anmodning


@require_POST
@kraever("plan.skriv")
def svar_indsaet(request: Anmodning, pk: int, booking_pk: int) -> HttpResponse:
    """Let the draft build on the answer."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    booking = get_object_or_404(indsatte_svar.sagens(forloeb.sag), pk=booking_pk)
    try:
        services.indsaet_svar(forloeb, booking, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Svaret er sat ind i planen.")
    return hentning.til_planen(forloeb)


@require_POST
@kraever("plan.skriv")
def svar_fjern(request: Anmodning, pk: int, svar_pk: int) -> HttpResponse:
    """Take the answer out of the draft."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    plansvar = get_object_or_404(forloeb.indsatte_svar, pk=svar_pk)
    try:
        services.fjern_svar(plansvar, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Svaret er taget ud af planen. Det står stadig i sparringen.")
    return hentning.til_planen(forloeb)
