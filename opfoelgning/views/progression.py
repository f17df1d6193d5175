"""Progression of one case: the lines, the small steps, and the citizen's own print."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from opfoelgning import dokumenter_progression, progressionsside
from opfoelgning.forms.progression import SkridtForm
from opfoelgning.services.progression import tag_skridt_ud, tilfoej_skridt
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag

PR_SIDE = 30


@require_safe
@kraever("progression.se")
def side(request: Anmodning, pk: int) -> HttpResponse:
    """The lines of each version, small steps, goals reached and hours a week."""
    return _side(request, sagsramme.hent(request, pk), SkridtForm())


@require_POST
@kraever("progression.skriv")
def skridt_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write a small step between the talks."""
    sag = sagsramme.hent(request, pk)
    form = SkridtForm(request.POST)
    if form.is_valid():
        dato, tekst = form.skridt()
        try:
            tilfoej_skridt(sag, dato=dato, tekst=tekst, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Det lille skridt er skrevet op.")
            return redirect("opfoelgning:progression", pk)
    return _side(request, sag, form)


@require_POST
@kraever("progression.skriv")
def skridt_tag_ud(request: Anmodning, pk: int, skridt_pk: int) -> HttpResponse:
    """Take a small step out of the log."""
    sag = sagsramme.hent(request, pk)
    skridt = get_object_or_404(progressionsside.skridt_i(sag), pk=skridt_pk)
    try:
        tag_skridt_ud(skridt, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Skridtet er taget ud.")
    return redirect("opfoelgning:progression", pk)


@require_safe
@kraever("progression.skriv")
def udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen's own progression as a PDF, made on demand and logged as printed."""
    sag = sagsramme.hent(request, pk)
    stor_skrift = request.GET.get("skrift") == "stor"
    return sagspdf.vis(
        request,
        sag,
        "progression_udskrift",
        lambda: dokumenter_progression.borgerens_udgave(
            sag, tidspunkt=timezone.now(), stor_skrift=stor_skrift
        ),
        filnavn=f"progression-{sag.sagsnummer}.pdf",
        ellers=reverse("opfoelgning:progression", args=[pk]),
    )


def _side(request: Anmodning, sag: Sag, form: SkridtForm) -> HttpResponse:
    """Who may not see what is kept from the citizen, sees the page as the citizen's print has it."""
    maa_se_alt = adgang.maa(request.user, "progression.se_skjult")
    fundet = progressionsside.byg(sag, i_dag=i_dag(), uden_skjulte=not maa_se_alt)
    kontekst = sagsramme.ramme(request, sag, "opfoelgning", objekt="progression") | {
        "progression": fundet,
        "side": Paginator(fundet.skridt, PR_SIDE).get_page(request.GET.get("side")),
        "form": form,
        "maa_skrive": adgang.maa(request.user, "progression.skriv"),
        "kan_skrive": adgang.maa(request.user, "progression.skriv") and not sag.er_afsluttet,
    }
    return svar(request, "opfoelgning/progression.html", kontekst, status=status_for(form))
