"""The plan approved with the citizen: the form, the versions and the citizen's print."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagspdf
from indsatsplan import billede, dokumenter, mentor, plansvar, services
from indsatsplan.forms import GodkendForm
from indsatsplan.models import Indsatsplan
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
            return redirect("indsatsplan:plan", pk)
    kontekst = hentning.ramme(request, forloeb) | {
        "form": form,
        "version": seneste,
        "maal": maal,
        "svar": plansvar.i_planen(forloeb, med_andre=False),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
    }
    return svar(request, "indsatsplan/godkend.html", kontekst, status=status_for(form))


@require_safe
@kraever("plan.se_helbred")
def version(request: Anmodning, pk: int) -> HttpResponse:
    """An approved version as it was."""
    version = _godkendt(request, pk)
    kontekst = hentning.ramme(request, version.forloeb) | {
        "version": version,
        "maal": billede.fra_json(version.indhold),
        "svar": plansvar.i_version(version),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
    }
    return svar(request, "indsatsplan/version.html", kontekst)


@require_safe
@kraever("plan.se_helbred")
def udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen's own plan as a PDF, logged as printed; `?skrift=stor` for large type.

    An approved version as it was; a draft as it is now, marked as one.
    """
    version = hentning.plan(request, pk)
    stor_skrift = request.GET.get("skrift") == "stor"
    return sagspdf.vis(
        request,
        version.forloeb.sag,
        "plan",
        lambda: dokumenter.borgerens_plan(
            version, tidspunkt=timezone.now(), stor_skrift=stor_skrift
        ),
        filnavn=f"plan-version-{version.nr}{'' if version.er_godkendt else '-kladde'}.pdf",
        ellers=reverse("indsatsplan:plan", args=[version.forloeb.sag_id]),
    )


def _godkendt(request: Anmodning, pk: int) -> Indsatsplan:
    """An approved version; a draft has nothing frozen to show and answers 404."""
    version = hentning.plan(request, pk)
    if not version.er_godkendt:
        raise Http404
    return version
