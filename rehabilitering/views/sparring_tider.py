"""Laying out sparring slots: publish them and take them back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rehabilitering import sparringsuge
from rehabilitering.forms.sparringstid import UdgivForm
from rehabilitering.models import Sparringstid
from rehabilitering.services import sparring as services
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for


@require_http_methods(["GET", "POST"])
@kraever("sparring.udgiv")
def sparring_udgiv(request: Anmodning) -> HttpResponse:
    """Publish slots for a sundhedskoordinator."""
    form = UdgivForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        felter = ("sted", "er_video", "form", "anledning")
        try:
            udgivelse = services.udgiv_tider(
                form.cleaned_data["sundhedskoordinator"],
                form.plan,
                **{felt: form.cleaned_data[felt] for felt in felter},
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, _udgivet_tekst(udgivelse))
            return redirect(sparringsuge.adresse(udgivelse.tider[0]))
    return render(
        request, "rehabilitering/sparring_udgiv.html", {"form": form}, status=status_for(form)
    )


def _udgivet_tekst(udgivelse: services.Udgivelse) -> str:
    """How many slots, and which dates were left out and why."""
    antal = len(udgivelse.tider)
    tekst = "1 tid er udgivet." if antal == 1 else f"{antal} tider er udgivet."
    if not udgivelse.udeladte:
        return tekst
    dage = [f"{dansk.dato_kort(dato)} ({grund})" for dato, grund in udgivelse.udeladte]
    return f"{tekst} Udeladt, fordi der er lukket: {', '.join(dage)}."


@require_POST
@kraever("sparring.udgiv")
def sparring_tag_tilbage(request: Anmodning, pk: int) -> HttpResponse:
    """Take back a free slot."""
    tid = get_object_or_404(Sparringstid, pk=pk)
    try:
        services.tag_tilbage(tid, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Tiden {sparringsuge.tidspunkt(tid)} er taget tilbage.")
    return redirect(sparringsuge.adresse(tid))
