"""The register of general practices, kept by an administrator."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from borgere import services
from borgere.forms.laegepraksis import (
    LaegepraksisFilterForm,
    LaegepraksisForm,
    LaegepraksisRetForm,
)
from borgere.models import Laegepraksis
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

PR_SIDE = 25


@require_safe
@kraever("laegepraksis.ret")
def laegepraksis_liste(request: Anmodning) -> HttpResponse:
    """The register, 25 to a page, with how many citizens each practice has. Names none of them."""
    form = LaegepraksisFilterForm(request.GET)
    valg = form.cleaned_data if form.is_valid() else {}
    praksisser = Laegepraksis.objects.soeg(valg.get("q", ""))
    if valg.get("vis", "") != "alle":
        praksisser = praksisser.filter(er_aktiv=valg.get("vis") != "lukkede")
    side = Paginator(praksisser, PR_SIDE).get_page(request.GET.get("side"))
    # Counted for the page alone: citizens are many, and a practice has thousands.
    antal: dict[int, int] = dict(
        Laegepraksis.objects.filter(pk__in=[p.pk for p in side.object_list])
        .annotate(antal=Count("patienter"))
        .values_list("pk", "antal")
    )
    kontekst = {
        "form": form,
        "side": side,
        "raekker": [(praksis, antal[praksis.pk]) for praksis in side.object_list],
        "foresporgsel": urlencode({n: v for n, v in valg.items() if v}),
    }
    return svar(request, "borgere/laegepraksis_liste.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("laegepraksis.ret")
def laegepraksis_ny(request: Anmodning) -> HttpResponse:
    """Add a practice."""
    form = LaegepraksisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            praksis = services.opret_laegepraksis(form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{praksis.navn} er oprettet og kan vælges.")
            return redirect("borgere:laegepraksis_liste")
    kontekst = {"form": form, "overskrift": "Ny lægepraksis"}
    return svar(request, "borgere/laegepraksis_form.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("laegepraksis.ret")
def laegepraksis_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct a practice, close it or open it again."""
    praksis = get_object_or_404(Laegepraksis, pk=pk)
    form = LaegepraksisRetForm(request.POST or None, instance=praksis)
    if request.method == "POST" and form.is_valid():
        oplysninger: dict[str, Any] = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            praksis = services.ret_laegepraksis(pk, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            return _konflikt(request, form, pk)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{praksis.navn} er rettet.")
            return redirect("borgere:laegepraksis_liste")
    kontekst = {"form": form, "overskrift": "Ret lægepraksis"}
    return svar(request, "borgere/laegepraksis_form.html", kontekst, status=status_for(form))


def _konflikt(request: Anmodning, form: LaegepraksisRetForm, pk: int) -> HttpResponse:
    """Another administrator corrected the practice meanwhile: both versions."""
    gemt = Laegepraksis.objects.get(pk=pk)
    return konfliktside(
        request,
        form,
        LaegepraksisRetForm(instance=gemt),
        sidst_gemt(gemt, "laegepraksis.rettet", sag_id=None),
        titel="I har begge rettet lægepraksissen",
        fortryd=reverse("borgere:laegepraksis_liste"),
    )
