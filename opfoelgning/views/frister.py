"""«Hvorfor denne dato?»"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from borgere import sagsramme
from opfoelgning import visning
from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar, vil_have_del
from ressource.kalender import i_dag

# The explanation is a row of the table it opens in.
KOLONNER = {"overblik": 6, "sag": 3}


@require_safe
@kraever("frist.se")
def hvorfor(request: Anmodning, pk: int) -> HttpResponse:
    """What started the deadline, by which rule, how it was reckoned and what clears it.

    htmx gets a table row; without it the same stands on a page of its own.
    """
    frist = get_object_or_404(
        Frist.objects.synlige_for(request.user).select_related(
            "regel", "ejer", "sag__borger", "sag__regelsaet", "sag__team"
        ),
        pk=pk,
    )
    kontekst = {
        "frist": frist,
        "forklaring": forklar(frist),
        "status": visning.status(frist, i_dag()),
        "kolonner": KOLONNER.get(request.GET.get("fra", ""), KOLONNER["overblik"]),
    }
    if vil_have_del(request):
        opslag.log(request, "frist", sag_id=frist.sag_id, borger_noegle=frist.sag.borger.noegle)
    else:
        kontekst |= sagsramme.ramme(request, frist.sag, "overblik")
    return svar(request, "opfoelgning/hvorfor.html", kontekst, delvis="raekke")
