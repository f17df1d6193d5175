"""LÆ 265: one page with what was asked for, what came, and what is current."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import deling, sagsramme
from borgere.models import Sag
from rehabilitering import svarfrist
from rehabilitering.forms.laegeattest import (
    AnmodForm,
    AnnullerForm,
    ModtagForm,
    ReturForm,
    RykkerForm,
)
from rehabilitering.models import Laegeattest, Laegeattestrykker
from rehabilitering.services import laegeattest as services
from rehabilitering.services import laegerykker
from rehabilitering.svarfrist import Svarfrist
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag


@require_safe
@kraever("laegeattest.se")
def laegeattest(request: Anmodning, pk: int) -> HttpResponse:
    """The case's certificates and the next thing to do about them."""
    return _side(request, sagsramme.hent(request, pk))


@require_http_methods(["GET", "POST"])
@kraever("laegeattest.skriv")
def laegeattest_anmod(request: Anmodning, pk: int) -> HttpResponse:
    """Ask the practitioner for a certificate."""
    sag = sagsramme.hent(request, pk)
    form = AnmodForm(request.POST if request.method == "POST" else None)
    return behandl(
        request,
        sag,
        "LÆ 265 er bestilt.",
        lambda data: services.anmod(sag, **data, af=request.user),
        anmod=form,
    )


@require_http_methods(["GET", "POST"])
@kraever("laegeattest.skriv")
def laegeattest_modtag(request: Anmodning, pk: int, attest_pk: int) -> HttpResponse:
    """Register a certificate that came, with its file."""
    sag = sagsramme.hent(request, pk)
    attest = get_object_or_404(sag.laegeattester, pk=attest_pk)
    er_sendt = request.method == "POST"
    form = ModtagForm(request.POST if er_sendt else None, request.FILES if er_sendt else None)
    return behandl(
        request,
        sag,
        "LÆ 265 er modtaget og lagt på sagen.",
        lambda data: services.modtag(attest, **data, af=request.user),
        modtag=form,
    )


@require_http_methods(["GET", "POST"])
@kraever("laegeattest.skriv")
def laegeattest_retur(request: Anmodning, pk: int, attest_pk: int) -> HttpResponse:
    """Send a certificate back as insufficient."""
    sag = sagsramme.hent(request, pk)
    attest = get_object_or_404(sag.laegeattester, pk=attest_pk)
    form = ReturForm(request.POST if request.method == "POST" else None)
    return behandl(
        request,
        sag,
        "LÆ 265 er sendt retur. Bestil en ny: spørgsmålene er fyldt ud.",
        lambda data: services.returner(attest, **data, af=request.user),
        retur=form,
    )


@require_http_methods(["GET", "POST"])
@kraever("laegeattest.skriv")
def laegeattest_annuller(request: Anmodning, pk: int, attest_pk: int) -> HttpResponse:
    """Call off a request that has not been answered."""
    sag = sagsramme.hent(request, pk)
    attest = get_object_or_404(sag.laegeattester, pk=attest_pk)
    form = AnnullerForm(request.POST if request.method == "POST" else None)
    return behandl(
        request,
        sag,
        "Bestillingen af LÆ 265 er annulleret.",
        lambda data: services.annuller(attest, **data, af=request.user),
        annuller=form,
    )


def behandl(
    request: Anmodning,
    sag: Sag,
    tekst: str,
    gem: Callable[[dict[str, Any]], object],
    **sendt: forms.Form,
) -> HttpResponse:
    """Store the one form that was sent and say `tekst`; not sent or refused, show the page."""
    (form,) = sendt.values()
    if request.method == "POST" and form.is_valid():
        try:
            gem(form.cleaned_data)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, tekst)
            return redirect("rehabilitering:laegeattest", pk=sag.pk)
    return _side(request, sag, **sendt)


@dataclass(frozen=True, slots=True)
class Raekke:
    """One certificate on the page: its badge, its deadline while it is awaited, its reminders."""

    attest: Laegeattest
    slags: str
    tekst: str
    frist: Svarfrist | None
    rykkere: list[Laegeattestrykker]


def _side(request: Anmodning, sag: Sag, **sendte: forms.Form) -> HttpResponse:
    """The page; a form that was sent keeps its place, its errors and its input."""
    dag = i_dag()
    attester = list(
        sag.laegeattester.select_related("anmodet_af", "dokument")
        .defer("dokument__indhold")
        .prefetch_related("rykkere__sendt_af")
    )
    ubesvaret = next((a for a in attester if a.er_ubesvaret), None)
    aktuel = next((a for a in attester if a.er_aktuel(dag)), None)
    frister = svarfrist.for_attester([ubesvaret.pk] if ubesvaret else [])
    kontekst: dict[str, Any] = sagsramme.ramme(
        request, sag, "forberedende_del", objekt="laegeattest"
    )
    kontekst |= {
        "raekker": [_raekke(attest, frister.get(attest.pk), dag) for attest in attester],
        "ubesvaret": ubesvaret,
        "aktuel": aktuel,
        "frist": frister.get(ubesvaret.pk) if ubesvaret else None,
        "i_dag": dag,
    }
    if maa(request.user, "laegeattest.skriv") and sag.fase in services.FASER:
        kontekst |= _mulige(sag, attester, ubesvaret, aktuel, sendte)
    # A refused form stands on the page although its turn has passed, so that nothing is lost.
    kontekst |= {navn: form for navn, form in sendte.items() if form.is_bound}
    status = max((status_for(form) for form in sendte.values()), default=200)
    return svar(request, "rehabilitering/laegeattest.html", kontekst, status=status)


def _mulige(
    sag: Sag,
    attester: list[Laegeattest],
    ubesvaret: Laegeattest | None,
    aktuel: Laegeattest | None,
    sendte: dict[str, forms.Form],
) -> dict[str, Any]:
    """The forms of what can be done now, each as it was sent or fresh."""
    if ubesvaret is None:
        return {
            "anmod": sendte.get("anmod", AnmodForm(initial=_begyndelse(attester))),
            "retur": sendte.get("retur", ReturForm()) if aktuel else None,
        }
    muligt: dict[str, Any] = {
        "modtag": sendte.get("modtag", ModtagForm()),
        "annuller": sendte.get("annuller", AnnullerForm()),
        "retur": sendte.get("retur", ReturForm()) if aktuel else None,
    }
    nyeste = next(iter(ubesvaret.rykkere.all()), None)
    if nyeste and nyeste.sendt_dato is None:
        muligt |= {
            "usendt": nyeste,
            "rykker": sendte.get("rykker", RykkerForm()),
            "deling": deling.maa_dele(
                sag.borger, laegerykker.LAEGEN, laegerykker.INDHOLD, sag_id=sag.pk
            ),
        }
    return muligt


def _begyndelse(attester: list[Laegeattest]) -> dict[str, str]:
    """What a new request begins with: after one that was not enough, what was missing in it."""
    if attester and attester[0].returneret_dato:
        return {"spoergsmaal": services.spoergsmaal_igen(attester[0])}
    return {}


def _raekke(attest: Laegeattest, frist: Svarfrist | None, dag: date) -> Raekke:
    slags, tekst = _maerke(attest, frist, dag)
    return Raekke(attest, slags, tekst, frist, list(attest.rykkere.all()))


def _maerke(attest: Laegeattest, frist: Svarfrist | None, dag: date) -> tuple[str, str]:
    """Kind and words of the badge that says where one certificate stands on `dag`."""
    if attest.returneret_dato:
        return "ren", "Sendt retur"
    if attest.annulleret_dato:
        return "ren", "Annulleret"
    if attest.modtaget_dato is None:
        if frist and frist.dato < dag:
            return "overskredet", "Lægen har ikke svaret til tiden"
        return "varslet", "Venter på lægen"
    return ("ok", "Aktuel") if attest.er_aktuel(dag) else ("fejl", "Forældet")
