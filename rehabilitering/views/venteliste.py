"""The waiting list: stand in line, leave it, answer an offer, and offer a slot by hand."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rehabilitering import sparringsuge
from rehabilitering.forms.venteliste import TilbydForm, VentelisteForm
from rehabilitering.models import Sparringstilbud, Venteplads
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import venteliste
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag, ugens_mandag

ANTAL_TIDER = 8


@require_http_methods(["GET", "POST"])
@kraever("sparring.book")
def venteliste_ny(request: Anmodning) -> HttpResponse:
    """Put a case in line for the week `?uge=2026-W49`, and `?sag=` when it is known."""
    mandag = sparringsuge.find_mandag(request.GET.get("uge", ""), None)
    initial = {
        "sag": request.GET.get("sag"),
        "fra_dato": max(mandag, i_dag()),
        "til_dato": max(mandag + timedelta(days=sparringsuge.DAGE - 1), i_dag()),
    }
    form = VentelisteForm(request.POST or None, bruger=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plads = venteliste.saet_paa(**form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request, "Sagen står på ventelisten. Du får besked, når en tid bliver ledig."
            )
            uge = sparringsuge.ugekode(ugens_mandag(plads.fra_dato))
            return redirect(f"{reverse('rehabilitering:sparring')}?uge={uge}")
    opslag.log(request, "venteliste")
    status = status_for(form)
    return render(request, "rehabilitering/venteliste_ny.html", {"form": form}, status=status)


@require_POST
@kraever("sparring.book")
def venteliste_frameld(request: Anmodning, pk: int) -> HttpResponse:
    """Take a case off the list."""
    plads = get_object_or_404(Venteplads.objects.synlige_for(request.user), pk=pk)
    venteliste.frameld(plads, af=request.user)
    messages.success(request, "Sagen står ikke længere på ventelisten.")
    return redirect("rehabilitering:sparring")


@require_http_methods(["GET", "POST"])
@kraever("sparring.book")
def sparringstilbud(request: Anmodning, pk: int) -> HttpResponse:
    """A slot that is held for a case: take it, or let the next in line have it."""
    tilbud = get_object_or_404(
        Sparringstilbud.objects.filter(
            venteplads__in=Venteplads.objects.synlige_for(request.user)
        ).select_related("tid__sundhedskoordinator", "venteplads__sag__borger", "booking"),
        pk=pk,
    )
    fejl: list[str] = []
    if request.method == "POST":
        try:
            return _svar(request, tilbud)
        except ValidationError as afvist:
            fejl = afvist.messages
            tilbud.refresh_from_db(fields=["svar"])
    sag = tilbud.venteplads.sag
    opslag.log(request, "venteliste", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst: dict[str, Any] = {
        "tilbud": tilbud,
        "plads": tilbud.venteplads,
        "fejl": fejl,
        "er_aabent": not tilbud.svar and tilbud.udloeber_den > timezone.now(),
    }
    status = 422 if fejl else 200
    return render(request, "rehabilitering/sparringstilbud.html", kontekst, status=status)


def _svar(request: Anmodning, tilbud: Sparringstilbud) -> HttpResponse:
    """Yes or no, and where that leads. Raises `ValidationError` when it is too late."""
    if request.POST.get("svar") == "ja":
        booking = services.tag_imod(tilbud, af=request.user)
        messages.success(request, f"Tiden {sparringsuge.tidspunkt(booking.tid)} er booket.")
        return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    venteliste.afslaa(tilbud, af=request.user)
    messages.success(request, "Tiden går videre. Du beholder din plads på ventelisten.")
    return redirect("rehabilitering:sparring")


@require_http_methods(["GET", "POST"])
@kraever("sparring.tilbyd")
def venteliste_tilbyd(request: Anmodning, pk: int) -> HttpResponse:
    """Hold a free slot for one who waits. The mødekoordinator sees the case number and no more."""
    plads = get_object_or_404(
        Venteplads.objects.aktive().select_related("sag", "sagsbehandler"), pk=pk
    )
    tider = venteliste.kan_tilbydes(plads, ANTAL_TIDER)
    form = TilbydForm(request.POST or None, tider=tider)
    if request.method == "POST" and form.is_valid():
        try:
            tilbud = venteliste.tilbyd(form.cleaned_data["tid"], plads, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request,
                f"{tilbud.venteplads.sagsbehandler.navn} er tilbudt tiden "
                f"{sparringsuge.tidspunkt(tilbud.tid)} og har fået besked.",
            )
            return redirect(sparringsuge.adresse(tilbud.tid))
    kontekst = {"form": form, "plads": plads, "tider": tider}
    return render(
        request, "rehabilitering/venteliste_tilbyd.html", kontekst, status=status_for(form)
    )
