"""Put an answer from sparring into a section of the forberedende del, and take it out again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from borgere import sagsramme
from rehabilitering.models import Svarindsaettelse
from rehabilitering.services import svarindsaettelse as services
from ressource.adgang import kraever
from ressource.anmodning import Anmodning


@require_POST
@kraever("forberedende_del.skriv")
def svar_indsaet(request: Anmodning, pk: int, booking_pk: int) -> HttpResponse:
    """Put the answer into the section that the form names."""
    sag = sagsramme.hent(request, pk)
    booking = get_object_or_404(sag.sparringer.filter(besvaret_den__isnull=False), pk=booking_pk)
    kode = request.POST.get("afsnit", "")
    try:
        services.indsaet_i_afsnit(booking, kode, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Svaret er sat ind i afsnittet.")
    return _tilbage(sag.pk, kode)


@require_POST
@kraever("forberedende_del.skriv")
def svar_fjern(request: Anmodning, pk: int, indsat_pk: int) -> HttpResponse:
    """Take an answer out of its section."""
    sag = sagsramme.hent(request, pk)
    indsat = get_object_or_404(
        Svarindsaettelse.objects.filter(forberedende_del__sag=sag).select_related("booking"),
        pk=indsat_pk,
    )
    try:
        services.fjern(indsat, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Svaret er taget ud af afsnittet. Det står stadig i sparringen.")
    return _tilbage(sag.pk, indsat.kode)


def _tilbage(sag_pk: int, kode: str) -> HttpResponse:
    adresse = reverse("rehabilitering:forberedende_del", args=[sag_pk])
    return redirect(f"{adresse}?{urlencode({'afsnit': kode})}#sparring")
