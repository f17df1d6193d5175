"""«Mine beskeder»: the notices sent to oneself, as they were sent."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ressource import beskeder
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.models import Besked

PR_SIDE = 25


@require_safe
@kraever("besked.se")
def liste(request: Anmodning) -> HttpResponse:
    """One's own notices, newest first, with whether each has been sent."""
    egne = Besked.objects.filter(modtager=request.user).defer("tekst", "kalender")
    side = Paginator(egne, PR_SIDE).get_page(request.GET.get("side"))
    return svar(request, "ressource/beskeder.html", {"side": side})


@require_safe
@kraever("besked.se")
def besked(request: Anmodning, pk: int) -> HttpResponse:
    """One of one's own notices, word for word as the mail."""
    fundet = get_object_or_404(Besked.objects.filter(modtager=request.user), pk=pk)
    kontekst = {"sendt_besked": fundet, "brev": beskeder.brev(fundet)}
    return svar(request, "ressource/besked.html", kontekst)
