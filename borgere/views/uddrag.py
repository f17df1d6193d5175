"""Archives of a case: ordering, following the job, and fetching the ZIP."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from borgere import bevaringsregler, sagsramme, services
from borgere.forms.uddrag import UddragForm
from borgere.models import Uddrag
from borgere.uddrag import koersel
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag

PR_SIDE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("uddrag.bestil")
def uddrag(request: Anmodning, pk: int) -> HttpResponse:
    """The case's archives, newest first, and the form that orders one more."""
    sag = sagsramme.hent_varigt(request, pk)
    form = UddragForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.bestil_uddrag(sag, art=form.cleaned_data["art"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Uddraget er bestilt.")
            return redirect("borgere:uddrag_status", ny.pk)
    bestilte = sag.uddrag.select_related("bestilt_af")
    kontekst = sagsramme.ramme(request, sag, "dokumenter", objekt="uddrag") | {
        "form": form,
        "side": Paginator(bestilte, PR_SIDE).get_page(request.GET.get("side")),
        "bevares": _bevares(),
    }
    return svar(request, "borgere/uddrag.html", kontekst, status=status_for(form))


def _bevares() -> str:
    """How long an archive is kept, in words; empty while no rule is in force."""
    regel = bevaringsregler.regel_for("uddrag", i_dag())
    return f"{regel.antal} {regel.get_enhed_display()}" if regel else ""


def _hent(request: Anmodning, pk: int) -> Uddrag:
    synlige = Uddrag.objects.synlige_for(request.user)
    return get_object_or_404(
        synlige.select_related("bestilt_af", "sag__borger", "sag__regelsaet", "sag__team"), pk=pk
    )


@require_safe
@kraever("uddrag.bestil")
def uddrag_status(request: Anmodning, pk: int) -> HttpResponse:
    """How far the job is; a reload tells how far it has come since."""
    fundet = _hent(request, pk)
    kontekst = sagsramme.ramme(request, fundet.sag, "dokumenter", objekt="uddrag") | {
        "uddrag": fundet,
        "bevares": _bevares(),
    }
    return svar(request, "borgere/uddrag_status.html", kontekst)


@require_safe
@kraever("uddrag.bestil")
def uddrag_fremdrift(request: Anmodning, pk: int) -> HttpResponse:
    """What the status page asks for every other second: figures of the job, nothing of the citizen.

    So it is not in the look-up log; the page round it was, when it was shown.
    """
    return render(request, "borgere/uddrag_status.html#fremdrift", {"uddrag": _hent(request, pk)})


@require_safe
@kraever("uddrag.bestil")
def uddrag_hent(request: Anmodning, pk: int) -> HttpResponse:
    """The ZIP, piece by piece, as it was made. Logged as an export."""
    fundet = _hent(request, pk)
    try:
        services.kraev_klar(fundet)
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
        return redirect("borgere:uddrag_status", fundet.pk)
    opslag.log(
        request,
        "uddrag",
        handling=Opslag.Handling.EKSPORT,
        sag_id=fundet.sag_id,
        borger_noegle=fundet.sag.borger.noegle,
        formaal=fundet.get_art_display(),
    )
    zip_fil = StreamingHttpResponse(
        koersel.stykker(fundet),
        content_type="application/zip",
        headers={
            # The name in the browser's list of downloads tells nothing about the citizen.
            "Content-Disposition": f'attachment; filename="uddrag-{fundet.pk}.zip"',
            "Content-Length": str(fundet.antal_byte),
            "X-Content-Type-Options": "nosniff",
        },
    )
    # What both kinds of answer are is all that the decorators ask for.
    return cast(HttpResponse, zip_fil)
