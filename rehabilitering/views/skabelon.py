"""The template editor: drejebog, the team's questions, the citizen's packet, ready sentences."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering import skabeloner as alle_skabeloner
from rehabilitering.forms.skabelon import TekstForm
from rehabilitering.models import Pakketekst
from rehabilitering.moedeskabeloner import KRAEVEDE
from rehabilitering.services import skabelon as services
from rehabilitering.skabeloner import Skabelon
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


def _find(navn: str) -> Skabelon:
    fundet = alle_skabeloner.find(navn)
    if fundet is None:
        raise Http404
    return fundet


def _gaeldende(skabelon: Skabelon) -> Any:
    return skabelon.model._default_manager.filter(til_dato=None)


@require_safe
@kraever("skabelon.ret")
def skabeloner(request: Anmodning) -> HttpResponse:
    """The templates, with how many texts each has."""
    kontekst = {"skabeloner": [(s, _gaeldende(s).count()) for s in alle_skabeloner.alle()]}
    return svar(request, "rehabilitering/skabeloner.html", kontekst)


@require_safe
@kraever("skabelon.ret")
def skabelon(request: Anmodning, navn: str) -> HttpResponse:
    """The texts in force in their order, and those that are no longer."""
    fundet = _find(navn)
    raekker = list(fundet.model._default_manager.select_related("rettet_af"))
    nuvaerende = [r for r in raekker if r.til_dato is None]
    tidligere = [r for r in raekker if r.til_dato]
    tidligere.sort(key=lambda r: (r.til_dato, r.pk), reverse=True)
    kontekst = {
        "skabelon": fundet,
        "raekker": [
            (r, fundet.under(r), fundet.model is Pakketekst and r.kode in KRAEVEDE)
            for r in nuvaerende
        ],
        "tidligere": tidligere,
        "i_dag": i_dag(),
    }
    return svar(request, "rehabilitering/skabelon.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("skabelon.ret")
def skabelon_ny(request: Anmodning, navn: str) -> HttpResponse:
    """Add a text last."""
    fundet = _find(navn)
    form = fundet.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.tilfoej_tekst(fundet.model, form.tekster(), af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request, "Teksten er tilføjet sidst. Flyt den derhen, hvor den hører til."
            )
            return redirect("rehabilitering:skabelon", navn)
    return _formular(request, fundet, form, fundet.ny)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("skabelon.ret")
def skabelon_ret(request: Anmodning, navn: str, kode: str) -> HttpResponse:
    """Give a text new words from today."""
    fundet = _find(navn)
    raekke = get_object_or_404(_gaeldende(fundet), kode=kode)
    # A copy: an invalid form must not change what the page calls the text.
    form = fundet.form(request.POST or None, instance=_gaeldende(fundet).get(pk=raekke.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.ret_tekst(
                fundet.model, kode, form.tekster(), laas=form.cleaned_data["laas"], af=request.user
            )
        except ForaeldetVersionError:
            return _konflikt(request, fundet, form, kode)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Teksten er rettet og gælder fra i dag.")
            return redirect("rehabilitering:skabelon", navn)
    return _formular(request, fundet, form, f"Ret «{raekke}»")


def _formular(
    request: Anmodning, fundet: Skabelon, form: TekstForm, overskrift: str
) -> HttpResponse:
    kontekst = {"skabelon": fundet, "form": form, "overskrift": overskrift}
    return svar(request, "rehabilitering/skabelon_form.html", kontekst, status=status_for(form))


def _konflikt(request: Anmodning, fundet: Skabelon, form: TekstForm, kode: str) -> HttpResponse:
    """Somebody gave the text other words meanwhile: both versions."""
    gemt = _gaeldende(fundet).get(kode=kode)
    return konfliktside(
        request,
        form,
        fundet.form(instance=gemt),
        sidst_gemt(gemt, "skabelon.rettet", sag_id=None),
        titel="I har begge rettet teksten",
        fortryd=reverse("rehabilitering:skabelon", args=[fundet.navn]),
    )


@require_POST
@kraever("skabelon.ret")
def skabelon_flyt(request: Anmodning, navn: str, kode: str) -> HttpResponse:
    """Move a text one place, `retning` being «op» or «ned»."""
    fundet = _find(navn)
    retning: services.Retning = "op" if request.POST.get("retning") == "op" else "ned"
    return _udfoer(
        request,
        fundet,
        "Rækkefølgen er ændret.",
        lambda: services.flyt_tekst(fundet.model, kode, retning, af=request.user),
    )


@require_POST
@kraever("skabelon.ret")
def skabelon_tag_ud(request: Anmodning, navn: str, kode: str) -> HttpResponse:
    """Take a text out from today."""
    fundet = _find(navn)
    return _udfoer(
        request,
        fundet,
        "Teksten er taget ud fra i dag. Den kan stadig ses nederst på siden.",
        lambda: services.tag_ud(fundet.model, kode, af=request.user),
    )


def _udfoer(request: Anmodning, fundet: Skabelon, tekst: str, goer: Any) -> HttpResponse:
    try:
        goer()
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, tekst)
    return redirect("rehabilitering:skabelon", fundet.navn)
