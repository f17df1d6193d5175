"""Keeping and deleting: one case, the list of what is to go, and the rules."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import bevaringsregler, sagsramme, services
from borgere.forms.bevaring import BevarForm, RegelForm, StandsForm
from borgere.models import Bevaringsregel, Sag, Sletning
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Rolle

PR_SIDE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.bevar")
def bevar(request: Anmodning, pk: int) -> HttpResponse:
    """Mark a case to be kept, with a reason, or let the rules decide again."""
    sag = sagsramme.hent_varigt(request, pk)
    if request.method == "POST" and sag.bevares:
        return _ophaev(request, sag)
    form = BevarForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.bevar_sag(sag, grund=form.cleaned_data["grund"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Sagen bevares.")
            return redirect("borgere:bevar", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "dokumenter", objekt="bevaring") | {
        "form": form,
        "sletning": Sletning.objects.varslede().filter(sag_id=sag.pk).first(),
        "regel": bevaringsregler.regel_for("sag", i_dag()),
    }
    return svar(request, "borgere/bevar.html", kontekst, status=status_for(form))


def _ophaev(request: Anmodning, sag: Sag) -> HttpResponse:
    try:
        services.ophaev_bevaring(sag, af=request.user)
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    else:
        messages.success(request, "Reglerne bestemmer igen, hvornår sagen slettes.")
    return redirect("borgere:bevar", sag.pk)


def _egne_sletninger(request: Anmodning) -> Any:
    """An administrator sees them all; a teamleder those of the team's cases."""
    bruger = request.user
    if bruger.har_rolle(Rolle.ADMINISTRATOR):
        return Sletning.objects.all()
    return Sletning.objects.filter(sag_id__in=Sag.objects.filter(team=bruger.team_id).values("pk"))


@require_safe
@kraever("sletning.se")
def sletninger(request: Anmodning) -> HttpResponse:
    """What is to be deleted and when; `?vis=udfoerte` what has been, with how many rows went.

    Case numbers only: nobody here needs to know who it is.
    """
    opslag.log(request, "bevaring")
    udfoerte = request.GET.get("vis") == "udfoerte"
    fundne = _egne_sletninger(request).select_related("regel", "standset_af")
    fundne = (
        fundne.exclude(slettet_den=None, standset_den=None).order_by("-pk")
        if udfoerte
        else fundne.varslede()
    )
    kontekst = {
        "side": Paginator(fundne, PR_SIDE).get_page(request.GET.get("side")),
        "udfoerte": udfoerte,
        "kan_se_regler": adgang.maa(request.user, "bevaring.se"),
    }
    return svar(request, "borgere/sletninger.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sletning.stands")
def sletning_stands(request: Anmodning, pk: int) -> HttpResponse:
    """Stop one deletion with a reason."""
    sletning = get_object_or_404(_egne_sletninger(request).varslede(), pk=pk)
    form = StandsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.stands_sletning(sletning, grund=form.cleaned_data["grund"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Sletningen af sag {sletning.sagsnummer} er standset.")
            return redirect("borgere:sletninger")
    noegle = Sag.objects.values_list("borger__noegle", flat=True).get(pk=sletning.sag_id)
    opslag.log(request, "bevaring", sag_id=sletning.sag_id, borger_noegle=noegle)
    kontekst = {"form": form, "sletning": sletning}
    return svar(request, "borgere/sletning_stands.html", kontekst, status=status_for(form))


@require_safe
@kraever("bevaring.se")
def bevaring(request: Anmodning) -> HttpResponse:
    """The rules in force, those to come, and the history of each."""
    kontekst = {"regler": list(Bevaringsregel.objects.all()), "dato": i_dag()}
    return svar(request, "borgere/bevaring.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("bevaring.ret")
def bevaring_ret(request: Anmodning, pk: int) -> HttpResponse:
    """A new version of a rule; first what it would touch, then it is made."""
    regel = get_object_or_404(Bevaringsregel.objects.filter(gyldig_til=None), pk=pk)
    form = RegelForm(request.POST if request.method == "POST" else None, instance=regel)
    virkning = None
    if request.method == "POST" and form.is_valid():
        felter = dict(form.cleaned_data)
        fra = felter.pop("fra")
        if "gem" not in request.POST:
            virkning = _virkning(regel, felter)
        else:
            try:
                services.ret_regel(regel, fra=fra, af=request.user, **felter)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, "Reglen er ændret. Den gamle står i historikken.")
                return redirect("borgere:bevaring")
    kontekst = {"form": form, "regel": regel, "virkning": virkning}
    return svar(request, "borgere/bevaring_ret.html", kontekst, status=status_for(form))


def _virkning(regel: Bevaringsregel, felter: dict[str, Any]) -> dict[str, int]:
    """How many things are past the rule today, as it stands and as it would be."""
    ny = Bevaringsregel(gaelder=regel.gaelder, gyldig_fra=i_dag(), **felter)
    gammel = Bevaringsregel.objects.get(pk=regel.pk)
    return {
        "nu": bevaringsregler.antal_forfaldne(gammel, i_dag()),
        "derefter": bevaringsregler.antal_forfaldne(ny, i_dag()),
    }
