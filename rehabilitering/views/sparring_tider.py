"""Laying out sparring slots: publish them, move them and take them back."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rehabilitering import sparringsuge
from rehabilitering.forms.sparringstid import FlytTidForm, UdgivForm
from rehabilitering.models import Sparringstid
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import serier, tider
from rehabilitering.services.sparring.pladser import Udeladt
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
            messages.success(request, udgivet_tekst(udgivelse))
            return redirect(sparringsuge.adresse(udgivelse.tider[0]))
    return render(
        request, "rehabilitering/sparring_udgiv.html", {"form": form}, status=status_for(form)
    )


def udgivet_tekst(udgivelse: services.Udgivelse) -> str:
    """How many slots, and which dates were left out and why."""
    antal = len(udgivelse.tider)
    tekst = "1 tid er udgivet." if antal == 1 else f"{antal} tider er udgivet."
    return f"{tekst} {udeladt_tekst(udgivelse.udeladte)}".strip()


def udeladt_tekst(udeladte: list[Udeladt]) -> str:
    """The dates left out with the reasons; empty when there are none."""
    dage = [f"{dansk.dato_kort(dato)} ({grund})" for dato, grund in udeladte]
    return f"Udeladt: {', '.join(dage)}." if dage else ""


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


@require_http_methods(["GET", "POST"])
@kraever("sparring.udgiv")
def sparring_flyt_tid(request: Anmodning, pk: int) -> HttpResponse:
    """Give a free slot or a draft another time; the rest of its series stays."""
    tid = get_object_or_404(Sparringstid.objects.select_related("sundhedskoordinator"), pk=pk)
    form = FlytTidForm(request.POST or None, tid=tid)
    if request.method == "POST" and form.is_valid():
        try:
            flyttet = tider.flyt_tid(
                tid, form.start, sted=form.cleaned_data["sted"], af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Tiden er flyttet til {sparringsuge.tidspunkt(flyttet)}.")
            return redirect(f"{sparringsuge.adresse(flyttet)}&tid={flyttet.pk}")
    kontekst = {"form": form, "tid": tid, "tilbage": sparringsuge.adresse(tid)}
    return render(
        request, "rehabilitering/sparring_flyt_tid.html", kontekst, status=status_for(form)
    )


@require_POST
@kraever("sparring.udgiv")
def sparring_udgiv_kladder(request: Anmodning) -> HttpResponse:
    """Publish the drafts of the week in `uge`."""
    mandag = sparringsuge.find_mandag(request.POST.get("uge", ""), None)
    soendag = mandag + sparringsuge.EN_UGE - timedelta(days=1)
    try:
        udgivelse = serier.udgiv_kladder(mandag, soendag, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, udgivet_tekst(udgivelse))
    return redirect(sparringsuge.ugeadresse(mandag))
