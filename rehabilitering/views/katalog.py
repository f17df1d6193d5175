"""The catalogue of effort types, kept by the administrator."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rehabilitering import katalog
from rehabilitering.forms.katalog import IndsatstypeForm, IndsatstypeRetForm, KatalogFilterForm
from rehabilitering.models import Indsatstype, Omraade
from rehabilitering.services import katalog as services
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

_FORMULAR = "rehabilitering/indsatstype_form.html"


@require_safe
@kraever("katalog.ret")
def indsatstyper(request: Anmodning) -> HttpResponse:
    """The types by area, with what a new effort begins from and how many times each is used."""
    form = KatalogFilterForm(request.GET)
    valg = form.cleaned_data if form.is_valid() else {}
    typer = list(_filtreret(valg))
    antal = katalog.antal_i_brug([t.pk for t in typer])
    kontekst = {
        "form": form,
        "antal": len(typer),
        "omraader": [
            (omraade.label, [(t, antal[t.pk]) for t in typer if t.omraade == omraade])
            for omraade in Omraade
        ],
    }
    return svar(request, "rehabilitering/indsatstyper.html", kontekst)


def _filtreret(valg: dict[str, Any]) -> QuerySet[Indsatstype]:
    typer = Indsatstype.objects.filter(navn__icontains=valg.get("q", ""))
    match valg.get("vis", ""):
        case "alle":
            return typer
        case "ude":
            return typer.filter(er_aktiv=False)
        case "basis":
            return typer.filter(er_basistilbud=True)
    return typer.filter(er_aktiv=True)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("katalog.ret")
def indsatstype_ny(request: Anmodning) -> HttpResponse:
    """Add a type."""
    form = IndsatstypeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indsatstype = services.opret_indsatstype(form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{indsatstype.navn} er oprettet og kan vælges.")
            return redirect("rehabilitering:indsatstyper")
    kontekst = {"form": form, "overskrift": "Ny indsatstype"}
    return svar(request, _FORMULAR, kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("katalog.ret")
def indsatstype_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct a type, take it out of the choices, or let it be chosen again."""
    indsatstype = get_object_or_404(Indsatstype, pk=pk)
    form = IndsatstypeRetForm(request.POST or None, instance=indsatstype)
    if request.method == "POST" and form.is_valid():
        oplysninger: dict[str, Any] = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            services.ret_indsatstype(pk, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            return _konflikt(request, form, pk)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{oplysninger['navn']} er rettet.")
            return redirect("rehabilitering:indsatstyper")
    kontekst = {
        "form": form,
        "overskrift": f"Ret {indsatstype.navn}",
        "antal": katalog.antal_i_brug([pk])[pk],
    }
    return svar(request, _FORMULAR, kontekst, status=status_for(form))


def _konflikt(request: Anmodning, form: IndsatstypeRetForm, pk: int) -> HttpResponse:
    """Another administrator corrected the type meanwhile: both versions."""
    gemt = Indsatstype.objects.get(pk=pk)
    return konfliktside(
        request,
        form,
        IndsatstypeRetForm(instance=gemt),
        sidst_gemt(gemt, "katalog.rettet", sag_id=None),
        titel="I har begge rettet indsatstypen",
        fortryd=reverse("rehabilitering:indsatstyper"),
    )
