"""The citizen, the network and the consents: the tab «Borger og netværk»."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from borgere import sagsramme
from ressource.adgang import kraever
from ressource.htmx import svar
from ressource.models import Opslag


@require_POST
@never_cache
@kraever("borger.vis_personnummer")
def personnummer(request: HttpRequest, pk: int) -> HttpResponse:
    """The case header with the whole personnummer, once; who saw it is logged."""
    sag = sagsramme.hent(request, pk)
    vis = Opslag.Handling.VIS_PERSONNUMMER
    kontekst = sagsramme.ramme(request, sag, "borger", handling=vis)
    return svar(request, "borgere/personnummer.html", kontekst, delvis="nummer")
