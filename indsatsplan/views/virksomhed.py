"""The register of companies: list, page, and the people in each. No page names a citizen."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indsatsplan import services, virksomheder
from indsatsplan.aabne import som_id
from indsatsplan.forms.virksomhed import (
    KontaktForm,
    KontaktRetForm,
    VirksomhedFilterForm,
    VirksomhedForm,
    VirksomhedRetForm,
)
from indsatsplan.models import Virksomhed, Virksomhedskontakt
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

PR_SIDE = 25
_FORM = "indsatsplan/virksomhed_form.html"


@require_safe
@kraever("virksomhed.se")
def virksomhed_liste(request: Anmodning) -> HttpResponse:
    """The register, 25 to a page, with how many praktikker go on in each. Names no citizen."""
    form = VirksomhedFilterForm(request.GET, brancher=virksomheder.brancher())
    valg = form.cleaned_data if form.is_valid() else {}
    fundne = virksomheder.find(**valg)
    side = Paginator(fundne, PR_SIDE).get_page(request.GET.get("side"))
    tal = virksomheder.praktiktal([v.pk for v in side.object_list])
    kontekst = {
        "form": form,
        "side": side,
        "raekker": [(virksomhed, tal[virksomhed.pk]) for virksomhed in side.object_list],
        "foresporgsel": urlencode({n: v for n, v in valg.items() if v}),
        "kan_skrive": maa(request.user, "virksomhed.skriv"),
    }
    return svar(request, "indsatsplan/virksomhed_liste.html", kontekst)


@require_safe
@kraever("virksomhed.se")
def virksomhed(request: Anmodning, pk: int) -> HttpResponse:
    """One company with its people and its agreement."""
    virksomhed = get_object_or_404(Virksomhed, pk=pk)
    kontekst = {
        "virksomhed": virksomhed,
        "kontakter": virksomhed.kontakter.order_by("udgaaet_dato", "navn"),
        "tal": virksomheder.praktiktal([pk])[pk],
        "kan_skrive": maa(request.user, "virksomhed.skriv"),
    }
    return svar(request, "indsatsplan/virksomhed.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("virksomhed.skriv")
def virksomhed_ny(request: Anmodning) -> HttpResponse:
    """Add a company; `?indsats=` or `?sag=` leads back to the praktik it is for."""
    form = VirksomhedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.opret_virksomhed(form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{ny.navn} er oprettet og kan vælges.")
            return redirect(_tilbage(request, ny))
    return _form(request, form, "Ny virksomhed", "Opret virksomheden", _tilbage(request))


def _tilbage(request: Anmodning, valgt: Virksomhed | None = None) -> str:
    """The praktik the user came from, with the new company chosen; else the register."""
    for navn, adresse in (("indsats", "praktik_ret"), ("sag", "praktik_ny")):
        if pk := som_id(request.GET.get(navn, "")):
            url = reverse(f"indsatsplan:{adresse}", args=[pk])
            return f"{url}?virksomhed={valgt.pk}" if valgt else url
    if valgt:
        return reverse("indsatsplan:virksomhed", args=[valgt.pk])
    return reverse("indsatsplan:virksomheder")


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("virksomhed.skriv")
def virksomhed_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct a company, close it or open it again."""
    virksomhed = get_object_or_404(Virksomhed, pk=pk)
    form = VirksomhedRetForm(request.POST or None, instance=virksomhed)
    hjem = reverse("indsatsplan:virksomhed", args=[pk])
    if request.method == "POST" and form.is_valid():
        oplysninger: dict[str, Any] = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            services.ret_virksomhed(pk, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            gemt = VirksomhedRetForm(instance=Virksomhed.objects.get(pk=pk))
            return _konflikt(request, form, gemt, "virksomhed.rettet", "virksomheden", hjem)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{virksomhed.navn} er rettet.")
            return redirect(hjem)
    return _form(request, form, "Ret virksomhed", "Gem virksomheden", hjem, virksomhed)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("virksomhed.skriv")
def virksomhed_kontakt_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Add a person to the company."""
    virksomhed = get_object_or_404(Virksomhed, pk=pk)
    form = KontaktForm(request.POST or None)
    hjem = reverse("indsatsplan:virksomhed", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            kontakt = services.opret_kontakt(virksomhed, form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{kontakt.navn} er tilføjet.")
            return redirect(hjem)
    return _form(request, form, "Ny kontakt", "Tilføj kontakten", hjem, virksomhed)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("virksomhed.skriv")
def virksomhed_kontakt(request: Anmodning, pk: int) -> HttpResponse:
    """Correct a person in a company, or write that they have left."""
    kontakt = get_object_or_404(Virksomhedskontakt.objects.select_related("virksomhed"), pk=pk)
    form = KontaktRetForm(request.POST or None, instance=kontakt)
    hjem = reverse("indsatsplan:virksomhed", args=[kontakt.virksomhed_id])
    if request.method == "POST" and form.is_valid():
        oplysninger: dict[str, Any] = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            services.ret_kontakt(pk, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            gemt = KontaktRetForm(instance=Virksomhedskontakt.objects.get(pk=pk))
            return _konflikt(request, form, gemt, "virksomhed.kontakt_rettet", "kontakten", hjem)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{kontakt.navn} er rettet.")
            return redirect(hjem)
    return _form(request, form, "Ret kontakt", "Gem kontakten", hjem, kontakt.virksomhed)


def _form(
    request: Anmodning,
    form: forms.BaseForm,
    overskrift: str,
    knap: str,
    fortryd: str,
    virksomhed: Virksomhed | None = None,
) -> HttpResponse:
    kontekst = {
        "form": form,
        "overskrift": overskrift,
        "knap": knap,
        "fortryd": fortryd,
        "virksomhed": virksomhed,
    }
    return svar(request, _FORM, kontekst, status=status_for(form))


def _konflikt(
    request: Anmodning,
    form: forms.ModelForm[Any],
    gemt: forms.ModelForm[Any],
    kode: str,
    hvad: str,
    fortryd: str,
) -> HttpResponse:
    """Somebody corrected it meanwhile: both versions."""
    return konfliktside(
        request,
        form,
        gemt,
        sidst_gemt(gemt.instance, kode, sag_id=None),
        titel=f"I har begge rettet {hvad}",
        fortryd=fortryd,
    )
