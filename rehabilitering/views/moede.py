"""Team meetings: the list, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rehabilitering.models import Teammoede
from rehabilitering.views import dagsordenside
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.kalender import i_dag

MOEDER_PR_SIDE = 25


@require_safe
@kraever("moede.liste")
def moede_liste(request: Anmodning) -> HttpResponse:
    """Meetings the user has to do with; the coming ones first, `?vis=tidligere` the others."""
    moeder = Teammoede.objects.synlige_for(request.user)
    kommende, tidligere = moeder.kommende(i_dag()), moeder.tidligere(i_dag())
    viser_tidligere = request.GET.get("vis") == "tidligere"
    valgte = tidligere if viser_tidligere else kommende
    side = Paginator(valgte.med_antal().select_related("moedeleder"), MOEDER_PR_SIDE).get_page(
        request.GET.get("side")
    )
    kontekst = {
        "side": side,
        "viser_tidligere": viser_tidligere,
        "antal_kommende": kommende.count(),
        "antal_tidligere": tidligere.count(),
        "maa_planlaegge": maa(request.user, "moede.planlaeg"),
        "maa_se_tilbagemelding": maa(request.user, "indstilling.tilbagemelding"),
    }
    return render(request, "rehabilitering/moede_liste.html", kontekst)


@require_safe
@kraever("moede.liste")
def moede(request: Anmodning, pk: int) -> HttpResponse:
    """The agenda with times, who sits in, and for the mødekoordinator the cases that wait."""
    return dagsordenside.side(request, dagsordenside.hent(request, pk))
