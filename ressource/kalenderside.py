"""«Abonnér i kalender» and the feed behind the secret address (ADR 0019)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from ressource import kalenderfil
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalenderfil import adresse, fil
from ressource.middleware import EFTERSES
from ressource.models import Kalenderadresse


@require_safe
@kraever("kalender.abonner")
def kalender(request: Anmodning) -> HttpResponse:
    """What the feed is, whether one has it, and the way to make, renew or stop it."""
    return svar(request, "ressource/kalender.html", _kontekst(request))


@require_POST
@kraever("kalender.abonner")
def ny(request: Anmodning) -> HttpResponse:
    """Make a new secret address and show it. The one page that can: it is not kept."""
    hemmelighed = adresse.ny(request.user)
    sti = reverse("kalender_feed", args=[hemmelighed])
    kontekst = _kontekst(request) | {"ny_adresse": f"{settings.RESSOURCE_ADRESSE}{sti}"}
    return svar(request, "ressource/kalender.html", kontekst)


@require_POST
@kraever("kalender.abonner")
def stop(request: Anmodning) -> HttpResponse:
    """End the feed; the address answers nobody any longer."""
    adresse.stop(request.user)
    messages.success(request, "Abonnementet er stoppet. Den gamle adresse virker ikke mere.")
    return redirect("kalender")


@require_safe
@login_not_required
def feed(request: HttpRequest, hemmelighed: str) -> HttpResponse:
    """The calendar of whoever made the secret; 404 for any other. No cookie is asked for.

    It is as open as its address, so it holds no personal data. Calendars ask four times an hour:
    what has not changed since is answered with 304 and nothing written out.
    """
    bruger = adresse.find(hemmelighed)
    if bruger is None:
        raise Http404
    aftaler = kalenderfil.aftaler(bruger)
    etag = kalenderfil.aftryk(aftaler)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(fil.feed(aftaler), content_type=fil.INDHOLDSTYPE)
        response["Content-Disposition"] = 'inline; filename="ressource.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = EFTERSES
    return response


def _kontekst(request: Anmodning) -> dict[str, object]:
    return {"adresse": Kalenderadresse.objects.filter(bruger=request.user).first()}
