"""How an effort goes, written in its staircase on the plan page: steps, hours, days away.

The virksomhedskonsulent writes here too, but not in an effort of the area health.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indsatsplan import aabne, services
from indsatsplan.forms import FravaerForm, TimetalForm, TrinForm
from indsatsplan.models import (
    FaktiskTimetal,
    Indsats,
    Indsatsfravaer,
    Indsatstrin,
    Ressourceforloeb,
)
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_afvist, vis_plan
from rehabilitering.models import Omraade
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

Raekke = Indsatstrin | FaktiskTimetal | Indsatsfravaer


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of row, with its form and services, and what is said when it is written."""

    noegle: str
    model: Any
    form: Callable[..., forms.BaseForm]
    gem: Callable[..., Raekke]
    fjern: Callable[..., Raekke]
    gemt: str
    fjernet: str
    haendelse: str
    konflikt: str


TRIN = Slags(
    noegle="trin",
    model=Indsatstrin,
    form=TrinForm,
    gem=services.gem_trin,
    fjern=services.fjern_trin,
    gemt="Trinnet er gemt.",
    fjernet="Trinnet er taget ud. Det kan ses under sagens hændelser.",
    haendelse="plan.trin_gemt",
    konflikt="I har begge rettet trinnet",
)
TIMER = Slags(
    noegle="timer",
    model=FaktiskTimetal,
    form=TimetalForm,
    gem=services.gem_timetal,
    fjern=services.fjern_timetal,
    gemt="Timerne er gemt.",
    fjernet="Timerne er taget ud. Timetallet før dem gælder igen.",
    haendelse="plan.timer_gemt",
    konflikt="I har begge rettet timerne",
)
FRAVAER = Slags(
    noegle="fravaer",
    model=Indsatsfravaer,
    form=FravaerForm,
    gem=services.gem_fravaer,
    fjern=services.fjern_fravaer,
    gemt="Fraværet er gemt.",
    fjernet="Fraværet er taget ud.",
    haendelse="plan.fravaer_gemt",
    konflikt="I har begge rettet fraværet",
)


@require_POST
@kraever("praktik.skriv")
def trin_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Plan a step of an effort."""
    return _gem(request, TRIN, _indsats(request, pk), None)


@require_POST
@kraever("praktik.skriv")
def trin(request: Anmodning, pk: int) -> HttpResponse:
    """Change a planned step."""
    return _ret(request, TRIN, pk)


@require_POST
@kraever("praktik.skriv")
def trin_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take a planned step out."""
    return _fjern(request, TRIN, pk)


@require_POST
@kraever("praktik.skriv")
def trin_som_planlagt(request: Anmodning, pk: int) -> HttpResponse:
    """Write that the hours became what the step says."""
    raekke = _raekke(request, TRIN, pk)
    forloeb = raekke.indsats.forloeb
    try:
        services.som_planlagt(raekke, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, TIMER.gemt)
    return hentning.til_planen(forloeb, f"trappe-{raekke.indsats_id}")


@require_POST
@kraever("praktik.skriv")
def timer_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write the hours it has been from a day."""
    return _gem(request, TIMER, _indsats(request, pk), None)


@require_POST
@kraever("praktik.skriv")
def timer(request: Anmodning, pk: int) -> HttpResponse:
    """Correct hours that were written."""
    return _ret(request, TIMER, pk)


@require_POST
@kraever("praktik.skriv")
def timer_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take out hours written by mistake."""
    return _fjern(request, TIMER, pk)


@require_POST
@kraever("praktik.skriv")
def fravaer_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write days away."""
    return _gem(request, FRAVAER, _indsats(request, pk), None)


@require_POST
@kraever("praktik.skriv")
def fravaer(request: Anmodning, pk: int) -> HttpResponse:
    """Correct an absence, or write its last day."""
    return _ret(request, FRAVAER, pk)


@require_POST
@kraever("praktik.skriv")
def fravaer_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take out an absence written by mistake."""
    return _fjern(request, FRAVAER, pk)


def _ret(request: Anmodning, slags: Slags, pk: int) -> HttpResponse:
    raekke = _raekke(request, slags, pk)
    return _gem(request, slags, raekke.indsats, raekke)


def _gem(request: Anmodning, slags: Slags, indsats: Indsats, raekke: Raekke | None) -> HttpResponse:
    """Save a row of an effort; a refused one is shown again in its place on the plan page."""
    form: Any = slags.form(request.POST, instance=raekke, indsats=indsats)
    noegle = f"{slags.noegle}-{raekke.pk}" if raekke else f"{slags.noegle}-ny-{indsats.pk}"
    if form.is_valid():
        try:
            slags.gem(indsats, raekke=raekke, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            return _konflikt(request, slags, indsats, form)
        except ValidationError as fejl:
            return vis_afvist(request, indsats.forloeb, noegle, form, fejl)
        else:
            messages.success(request, slags.gemt)
            return hentning.til_planen(indsats.forloeb, f"trappe-{indsats.pk}")
    return vis_plan(request, indsats.forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, slags: Slags, indsats: Indsats, form: Any) -> HttpResponse:
    """Somebody changed the row meanwhile: both versions."""
    forloeb = indsats.forloeb
    hentning.log(request, forloeb)
    gemt = slags.model.objects.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        slags.form(instance=gemt, indsats=indsats),
        sidst_gemt(gemt, slags.haendelse, sag_id=forloeb.sag_id),
        titel=slags.konflikt,
        fortryd=hentning.plan_adresse(forloeb),
    )


def _fjern(request: Anmodning, slags: Slags, pk: int) -> HttpResponse:
    raekke = _raekke(request, slags, pk)
    try:
        slags.fjern(raekke, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, slags.fjernet)
    return hentning.til_planen(raekke.indsats.forloeb, f"trappe-{raekke.indsats_id}")


def _indsats(request: Anmodning, pk: int) -> Indsats:
    indsats = hentning.indsats(request, pk)
    if not _maa_skrive_i(request.user, indsats):
        raise Http404
    return indsats


def _raekke(request: Anmodning, slags: Slags, pk: int) -> Any:
    """A row that was not taken out, of a case the user may see. Raises `Http404`."""
    raekke = get_object_or_404(
        slags.model.objects.synlige_for(request.user).filter(fjernet_den=None), pk=pk
    )
    raekke.indsats = _indsats(request, raekke.indsats_id)
    return raekke


def _maa_skrive_i(bruger: Bruger, indsats: Indsats) -> bool:
    er_helbred = indsats.indsatstype.omraade == Omraade.SUNDHED
    return not er_helbred or maa(bruger, "plan.se_helbred")


def _form_ny(slags: Slags) -> aabne.Bygger:
    def byg(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> Any:
        indsats = (
            forloeb.indsatser.exclude(status=Indsats.Status.BORTFALDET)
            .filter(pk=aabne.som_id(id_tekst))
            .select_related("indsatstype")
            .first()
        )
        if indsats is None or not _maa_skrive_i(request.user, indsats):
            return None
        return slags.form(indsats=indsats)

    return byg


def _form_ret(slags: Slags) -> aabne.Bygger:
    def byg(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> Any:
        raekker = slags.model.objects.filter(fjernet_den=None, indsats__forloeb=forloeb)
        raekke = (
            raekker.filter(pk=aabne.som_id(id_tekst)).select_related("indsats__indsatstype").first()
        )
        if raekke is None or not _maa_skrive_i(request.user, raekke.indsats):
            return None
        return slags.form(instance=raekke, indsats=raekke.indsats)

    return byg


for _slags in (TRIN, TIMER, FRAVAER):
    aabne.kend(f"{_slags.noegle}-ny", _form_ny(_slags), handling="praktik.skriv")
    aabne.kend(_slags.noegle, _form_ret(_slags), handling="praktik.skriv")
