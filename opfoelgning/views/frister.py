"""All deadlines of a case, and «Hvorfor denne dato?»"""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from borgere import sagsramme
from opfoelgning import fristhistorik, visning
from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar, vil_have_del
from ressource.kalender import i_dag
from ressource.listevalg import heltal

# The explanation is a row of the table it opens in.
KOLONNER = {"overblik": 6, "sag": 3}
KOLONNER_HOEJST = 30
PR_SIDE = 60


@require_safe
@kraever("frist.se")
def sag_frister(request: Anmodning, pk: int) -> HttpResponse:
    """Every deadline the case has had, with what moved it and how late it was met; 60 to a page."""
    sag = sagsramme.hent(request, pk)
    dato = i_dag()
    vis = request.GET.get("vis", "")
    vis = vis if vis in fristhistorik.VISNINGER else ""
    side = Paginator(fristhistorik.frister(sag, vis, dato), PR_SIDE).get_page(
        request.GET.get("side")
    )
    viste = list(side.object_list)
    aendringer = fristhistorik.aendringer(viste)
    kontekst = sagsramme.ramme(request, sag, "overblik", objekt="frister") | {
        "vis": vis,
        "visninger": fristhistorik.antal(sag, dato),
        "side": side,
        "linjer": [(f, visning.status(f, dato), aendringer[f.pk]) for f in viste],
        "foresporgsel": f"vis={vis}" if vis else "",
    }
    return svar(request, "opfoelgning/frister.html", kontekst)


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
        "forklaring": forklar(frist, request.user),
        "status": visning.status(frist, i_dag()),
        "kolonner": _kolonner(request),
    }
    if vil_have_del(request):
        opslag.log(request, "frist", sag_id=frist.sag_id, borger_noegle=frist.sag.borger.noegle)
    else:
        kontekst |= sagsramme.ramme(request, frist.sag, "overblik")
    return svar(request, "opfoelgning/hvorfor.html", kontekst, delvis="raekke")


def _kolonner(request: Anmodning) -> int:
    """How wide the table is that the row opens in; the worklist says how many it shows."""
    antal = request.GET.get("kolonner", "")
    if heltal(antal) and 0 < int(antal) <= KOLONNER_HOEJST:
        return int(antal)
    return KOLONNER.get(request.GET.get("fra", ""), KOLONNER["overblik"])
