"""The search box of the top bar: one look for a case, by name, case number or personnummer."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from borgere.forms.soeg import SoegForm
from borgere.models import Sag
from borgere.soegning import kriterium
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag

MAKS_FUNDNE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.soeg")
def soeg(request: Anmodning) -> HttpResponse:
    """Find a case among those one may see. The text comes by POST and stands in no address.

    Every search is one row in the log. A number that is exactly one case's leads straight to it.
    """
    form = SoegForm(request.POST if request.method == "POST" else None)
    kontekst = {"form": form, "noedadgang_url": _noedadgang(request)}
    if form.is_valid():
        soegt = form.cleaned_data["q"]
        synlige = Sag.objects.synlige_for(request.user)
        fundne = list(synlige.soeg(soegt).bedste_foerst(soegt)[: MAKS_FUNDNE + 1])
        praecise = [sag for sag in fundne if sag.er_praecis]
        ramt = praecise[0] if len(praecise) == 1 else None
        opslag.log(
            request,
            "soeg",
            handling=Opslag.Handling.SOEG,
            sag_id=ramt.pk if ramt else None,
            borger_noegle=ramt.borger.noegle if ramt else None,
            formaal=kriterium(soegt),
        )
        if ramt:
            return redirect("sag", ramt.pk)
        kontekst |= {
            "fundne": [(sag, sag.borger.alder(i_dag())) for sag in fundne[:MAKS_FUNDNE]],
            "er_soegt": True,
            "er_flere": len(fundne) > MAKS_FUNDNE,
        }
    return svar(request, "borgere/soeg.html", kontekst, status=status_for(form))


def _noedadgang(request: Anmodning) -> str:
    """Where a case outside one's circle is opened with a reason; empty for who may not."""
    if not adgang.maa(request.user, "adgang.noedadgang"):
        return ""
    try:
        return reverse("borgere:noedadgang")
    except NoReverseMatch:
        return ""
