"""The plan approved with the citizen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from indsatsplan import billede, mentor, planforskel, plansvar, services
from indsatsplan.forms import GodkendForm
from indsatsplan.views import hentning
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def godkend(request: Anmodning, pk: int) -> HttpResponse:
    """Approve with the citizen the version that is on the screen."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    seneste = forloeb.planer.first()
    maal = billede.af_forloeb(forloeb)
    aftryk = billede.aftryk(maal)
    har_mentor = mentor.staar_i(maal)
    vist: dict[str, Any] = {"plan": seneste.pk if seneste else None, "aftryk": aftryk}
    if not har_mentor:
        vist["uden_mentor_begrundelse"] = mentor.seneste_fravalg(forloeb)
    form = GodkendForm(request.POST or None, initial=vist, har_mentor=har_mentor)
    if request.method == "POST" and form.is_valid():
        felter: dict[str, Any] = form.cleaned_data
        version = get_object_or_404(forloeb.planer, pk=felter.pop("plan"))
        try:
            services.godkend_plan(version, af=request.user, **felter)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            if getattr(fejl, "code", "") == "aendret":
                form.data = request.POST.copy()
                form.data["aftryk"] = aftryk
        else:
            messages.success(request, f"Version {version.nr} er godkendt sammen med borgeren.")
            return hentning.til_planen(forloeb)
    godkendt = forloeb.planer.godkendte().first()
    kontekst = hentning.ramme(request, forloeb) | {
        "form": form,
        "version": seneste,
        "maal": maal,
        "foer": godkendt,
        "forskelle": planforskel.forskelle(billede.fra_json(godkendt.indhold), maal)
        if godkendt
        else [],
        "svar": plansvar.i_planen(forloeb, med_andre=False),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
    }
    return svar(request, "indsatsplan/godkend.html", kontekst, status=status_for(form))
