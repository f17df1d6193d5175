"""The list of cases, and registering, handing over and closing one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from borgere.forms import SagFilterForm
from borgere.models import Sag
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag

PR_SIDE = 25


@require_safe
@kraever("sag.se")
def sag_liste(request: HttpRequest) -> HttpResponse:
    """The cases the user has to do with, 25 to a page. A search is logged as one."""
    form = SagFilterForm(request.GET)
    valg = form.cleaned_data if form.is_valid() else {}
    sager = Sag.objects.synlige_for(request.user).til_liste(**valg)
    side = Paginator(sager, PR_SIDE).get_page(request.GET.get("side"))
    soegt = bool(valg.get("q"))
    opslag.log(request, "sag_liste", handling=Opslag.Handling.SOEG if soegt else Opslag.Handling.SE)
    foresporgsel = request.GET.copy()
    foresporgsel.pop("side", None)
    kontekst = {
        "form": form,
        "side": side,
        "i_dag": i_dag(),
        "foresporgsel": foresporgsel.urlencode(),
        "kan_oprette": adgang.maa(request.user, "sag.opret"),
    }
    return svar(request, "borgere/sag_liste.html", kontekst, delvis="resultater")
