"""Who sits in a meeting: another member, apologies, deputies, mandate."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rehabilitering.forms.moede import DeltagerForm, RetDeltagerForm
from rehabilitering.models import Moededeltager
from rehabilitering.services import moede as services
from rehabilitering.services.moede import Medlem
from rehabilitering.views import dagsordenside
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for


def _hent(pk: int) -> Moededeltager:
    return get_object_or_404(
        Moededeltager.objects.select_related(
            "moede__moedeleder", "moede__stedfortraeder_leder", "bruger", "stedfortraeder"
        ),
        pk=pk,
    )


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Let one more person sit in the meeting."""
    moede, form = dagsordenside.hent(request, pk), DeltagerForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        medlem = Medlem(data["bruger"], data["fagomraade"], data["mandat"])
        try:
            services.tilfoej_deltager(moede, medlem, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{medlem.bruger.navn} deltager nu i mødet.")
            return redirect("rehabilitering:moede", pk=moede.pk)
    return dagsordenside.side(request, moede, deltager_form=form)


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take a person off the meeting."""
    deltager = _hent(pk)
    return dagsordenside.udfoer(
        request,
        deltager.moede,
        f"{deltager.bruger.navn} deltager ikke længere i mødet.",
        lambda: services.fjern_deltager(deltager, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_afbud(request: Anmodning, pk: int) -> HttpResponse:
    """Write that a member does not come, or with `fortryd` that they do after all."""
    deltager = _hent(pk)
    navn = deltager.bruger.navn
    if "fortryd" in request.POST:
        return dagsordenside.udfoer(
            request,
            deltager.moede,
            f"{navn} deltager alligevel.",
            lambda: services.fortryd_afbud(deltager, af=request.user),
        )
    return dagsordenside.udfoer(
        request,
        deltager.moede,
        f"{navn} har meldt afbud. Lad stedfortræderen træde ind, hvis der er en.",
        lambda: services.meld_afbud(deltager, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_traed_ind(request: Anmodning, pk: int) -> HttpResponse:
    """Give the deputy of somebody who sent apologies the seat."""
    deltager = _hent(pk)
    return dagsordenside.udfoer(
        request,
        deltager.moede,
        f"Stedfortræderen er trådt ind for {deltager.bruger.navn}.",
        lambda: services.lad_traede_ind(deltager, af=request.user),
    )


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_deltager_ret(request: Anmodning, pk: int) -> HttpResponse:
    """A member's area, mandate, way of taking part, and deputy."""
    deltager = _hent(pk)
    form = RetDeltagerForm(deltager, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ret_deltager(deltager, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{deltager.bruger.navn} er rettet.")
            return redirect("rehabilitering:moede", pk=deltager.moede_id)
    kontekst = {"deltager": deltager, "moede": deltager.moede, "form": form}
    return render(request, "rehabilitering/moede_deltager.html", kontekst, status=status_for(form))
