"""One's own reminders."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from borgere.models import Huskeseddel
from borgere.services.adgang import antal_til_gennemsyn
from opfoelgning import services, visning
from opfoelgning.models import Paamindelse
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag

PR_SIDE = 25


@require_safe
@kraever("paamindelse.se")
def paamindelser(request: Anmodning) -> HttpResponse:
    """One's own due, oldest first; then deadlines, unread and newest first.

    Those of cases one no longer has are left out. A teamleder is told of openings to look at.
    """
    egne = Paamindelse.objects.for_bruger(request.user)
    side = Paginator(egne, PR_SIDE).get_page(request.GET.get("side"))
    dato = i_dag()
    opslag.log(request, "paamindelser")
    sedler = Huskeseddel.objects.for_bruger(request.user, dato).forfaldne(dato)
    kontekst = {
        "dato": dato,
        "til_gennemsyn": antal_til_gennemsyn(request.user),
        "huskesedler": sedler.select_related("bruger", "sag__borger")[:PR_SIDE],
        "side": side,
        "linjer": [(p, visning.status(p.frist, dato)) for p in side.object_list],
    }
    return svar(request, "opfoelgning/paamindelser.html", kontekst)


@require_POST
@kraever("paamindelse.se")
def laest(request: Anmodning, pk: int) -> HttpResponse:
    """Mark one as read."""
    paamindelse = get_object_or_404(Paamindelse.objects.for_bruger(request.user), pk=pk)
    services.laes_paamindelse(paamindelse)
    messages.success(request, "Påmindelsen er markeret som læst.")
    return redirect("opfoelgning:paamindelser")
