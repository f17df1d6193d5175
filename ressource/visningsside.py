"""Keeping a list's view under a name, and putting it right again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from ressource import listevalg, visninger
from ressource.adgang import kraev, kraever
from ressource.anmodning import Anmodning
from ressource.forms import ResHelper, fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.listevalg import Liste, Listevalg
from ressource.models import GemtVisning


class VisningForm(forms.Form):
    """What a saved view is called, and whether the list opens with it."""

    navn = forms.CharField(label="Navn", max_length=60)
    er_standard = forms.BooleanField(label="Vis den som det første", required=False)
    forespoergsel = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("navn", "er_standard", "forespoergsel")


def _liste(navn: str) -> Liste:
    """The list by name; 404 when there is none."""
    liste = listevalg.find(navn)
    if liste is None:
        raise Http404("Der er ingen liste med det navn.")
    return liste


def _rolle(request: Anmodning) -> str:
    """Which Overblik a user with more roles came from."""
    return request.GET.get("rolle", "")


@require_POST
@kraever("overblik.se")
def gem(request: Anmodning, liste: str) -> HttpResponse:
    """Keep the view that stands in `forespoergsel`, and show the list with it."""
    fundet = _liste(liste)
    kraev(request.user, fundet.handling)
    form = VisningForm(request.POST)
    if form.is_valid():
        try:
            visning = visninger.gem(fundet, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Visningen «{visning.navn}» er gemt.")
            return redirect(visninger.adresse(fundet, form.data.get("forespoergsel", "")))
    kontekst = {
        "form": form,
        "liste": fundet,
        "knap": "Gem visningen",
        "tilbage": visninger.adresse(fundet, form.data.get("forespoergsel", "")),
    }
    return svar(request, "ressource/visning.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("overblik.se")
def visning(request: Anmodning, pk: int) -> HttpResponse:
    """Rename one of one's own, or let the list open with it."""
    fundet = get_object_or_404(GemtVisning.objects.filter(bruger=request.user), pk=pk)
    liste = _liste(fundet.side)
    form = VisningForm(
        request.POST or None, initial={"navn": fundet.navn, "er_standard": fundet.er_standard}
    )
    if request.method == "POST" and form.is_valid():
        valg = form.cleaned_data
        try:
            visninger.ret(fundet, navn=valg["navn"], er_standard=valg["er_standard"])
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Visningen «{fundet.navn}» er rettet.")
            return redirect(visninger.adresse(liste, fundet.forespoergsel, rolle=_rolle(request)))
    kontekst = {
        "form": form,
        "liste": liste,
        "visning": fundet,
        "knap": "Gem",
        "tilbage": visninger.adresse(liste, fundet.forespoergsel, rolle=_rolle(request)),
        "rolle": _rolle(request),
    }
    return svar(request, "ressource/visning.html", kontekst, status=status_for(form))


@require_POST
@kraever("overblik.se")
def slet(request: Anmodning, pk: int) -> HttpResponse:
    """Take one of one's own away."""
    fundet = get_object_or_404(GemtVisning.objects.filter(bruger=request.user), pk=pk)
    liste = _liste(fundet.side)
    fundet.delete()
    messages.success(request, f"Visningen «{fundet.navn}» er slettet.")
    return redirect(Listevalg.laes(liste, request.GET).adresse)
