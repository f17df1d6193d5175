"""The rule sets for the administrator: timeline, one set whole, change, coming into force."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering.forms.regelsaet import IkraftForm, Regelsaetformular, RettelseForm
from rehabilitering.regler import beroerte, felter, validering
from rehabilitering.regler.beroerte import Beroerte
from rehabilitering.regler.forskelle import forskelle
from rehabilitering.regler.vis import grupper, status, tidslinje, versioner
from rehabilitering.services import regelsaet as services
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Regelsaet, Regelsaetversion
from ressource.samtidighed import ForaeldetVersionError

AENDRET_IMENS = "En anden har ændret regelsættet, siden du åbnede det. Gå tilbage til regelsættet, og begynd igen."


@require_safe
@kraever("regelsaet.se")
def regelsaet_liste(request: Anmodning) -> HttpResponse:
    """The sets as a timeline, each with what is not verified and the change that waits."""
    kontekst = {"tidslinje": tidslinje(i_dag())}
    return svar(request, "rehabilitering/regelsaet_liste.html", kontekst)


@require_safe
@kraever("regelsaet.se")
def regelsaet(request: Anmodning, kode: str) -> HttpResponse:
    """One set whole, with its sources, reservations and every change made of it."""
    fundet = get_object_or_404(Regelsaet, kode=kode)
    alle = versioner(fundet)
    kontekst = {
        "regelsaet": fundet,
        "status": status(fundet, i_dag()),
        "grupper": grupper(fundet),
        "versioner": alle,
        "venter": next((v for v in alle if v.venter), None),
        "kan_rette": maa(request.user, "regelsaet.ret"),
    }
    return svar(request, "rehabilitering/regelsaet.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("regelsaet.ret")
def regelsaet_ret(request: Anmodning, kode: str) -> HttpResponse:
    """Change a set: the form, then what it changes and whom it touches, then the change itself."""
    fundet = get_object_or_404(Regelsaet, kode=kode)
    trin = request.POST.get("trin", "") if request.method == "POST" else ""
    if trin == "gem":
        return _gem_rettelse(request, fundet)
    nu = felter.indhold(fundet)
    if trin == "tilbage":
        # What was typed, from the page that showed what it changes.
        tilbage = RettelseForm(request.POST)
        tilbage.is_valid()
        aendret = tilbage.cleaned_data.get("aendringer") or {}
        return _ret_side(request, fundet, Regelsaetformular(fundet, nu | aendret))
    if request.method != "POST":
        return _ret_side(request, fundet, Regelsaetformular(fundet, nu))
    formular = Regelsaetformular(fundet, nu, request.POST)
    if formular.is_valid():
        try:
            aendret = _aendringer(fundet, formular)
        except ValidationError as fejl:
            formular.afvis(fejl)
        else:
            form = RettelseForm(
                initial={
                    "aendringer": aendret,
                    "version": formular.form.cleaned_data["version"],
                    "gaelder_fra": i_dag(),
                }
            )
            return _vis_rettelse(request, fundet, form, aendret)
    return _ret_side(request, fundet, formular)


def _aendringer(fundet: Regelsaet, formular: Regelsaetformular) -> dict[str, Any]:
    """The fields that differ. Raises `ValidationError` for what cannot be and when none does."""
    nu, nyt = felter.indhold(fundet), formular.indhold()
    validering.kontroller(nyt)
    aendret = {navn: vaerdi for navn, vaerdi in nyt.items() if nu[navn] != vaerdi}
    if not aendret:
        raise ValidationError("Der er ikke ændret noget. Ret et felt, eller gå tilbage.")
    return aendret


def _ret_side(request: Anmodning, fundet: Regelsaet, formular: Regelsaetformular) -> HttpResponse:
    kontekst = {"regelsaet": fundet, "formular": formular, "form": formular.form}
    kode = status_for(formular.form)
    return svar(request, "rehabilitering/regelsaet_ret.html", kontekst, status=kode)


def _vis_rettelse(
    request: Anmodning, fundet: Regelsaet, form: RettelseForm, aendret: dict[str, Any]
) -> HttpResponse:
    """What the change makes different, and which running cases follow it."""
    ramte = beroerte.af_rettelse(fundet, dato=i_dag(), bruger=request.user)
    _log(request, ramte)
    kontekst = {
        "regelsaet": fundet,
        "forskelle": forskelle(felter.indhold(fundet), aendret),
        "beroerte": ramte,
        "form": form,
    }
    return svar(
        request, "rehabilitering/regelsaet_rettelse.html", kontekst, status=status_for(form)
    )


def _gem_rettelse(request: Anmodning, fundet: Regelsaet) -> HttpResponse:
    form = RettelseForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            version = services.ret(
                fundet,
                data["aendringer"],
                begrundelse=data["begrundelse"],
                gaelder_fra=data["gaelder_fra"],
                version=data["version"],
                af=request.user,
            )
        except ForaeldetVersionError:
            form.add_error(None, AENDRET_IMENS)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            return _gemt(request, fundet, version)
    return _vis_rettelse(request, fundet, form, form.cleaned_data.get("aendringer") or {})


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("regelsaet.ret")
def regelsaet_ikraft(request: Anmodning, kode: str) -> HttpResponse:
    """Put a set into force from a day: the choice, then the cases it touches, then the change."""
    fundet = get_object_or_404(Regelsaet, kode=kode)
    begynd = {
        "version": fundet.version,
        "gaelder_fra": max(i_dag(), fundet.gyldig_fra),
        "ubesluttede": Regelsaetversion.Ubesluttede.BEHOLD,
    }
    form = IkraftForm(request.POST if request.method == "POST" else None, initial=begynd)
    ramte = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if request.POST.get("trin") == "gem":
            try:
                version = services.saet_i_kraft(fundet, **data, af=request.user)
            except ForaeldetVersionError:
                form.add_error(None, AENDRET_IMENS)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                return _gemt(request, fundet, version)
        ramte = beroerte.af_aktivering(
            fundet, data["ubesluttede"], dato=data["gaelder_fra"], bruger=request.user
        )
        _log(request, ramte)
    kontekst = {"regelsaet": fundet, "form": form, "beroerte": ramte}
    return svar(request, "rehabilitering/regelsaet_ikraft.html", kontekst, status=status_for(form))


@require_POST
@kraever("regelsaet.ret")
def regelsaet_annuller(request: Anmodning, pk: int) -> HttpResponse:
    """Take back a change that waits for its day."""
    version = get_object_or_404(Regelsaetversion.objects.select_related("regelsaet"), pk=pk)
    try:
        services.annuller(version, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Ændringen er annulleret. Regelsættet er, som det var.")
    return redirect("rehabilitering:regelsaet", version.regelsaet.kode)


def _gemt(request: Anmodning, fundet: Regelsaet, version: Regelsaetversion) -> HttpResponse:
    """Say what happened: carried out, or waiting for its day."""
    if version.gennemfoert_den is None:
        tekst = f"Ændringen er gemt og træder i kraft {version.gaelder_fra:%d.%m.%Y}."
    elif version.art == Regelsaetversion.Art.AKTIVERING:
        antal = version.foer["flyttede_sager"]
        flyttet = "1 sag er flyttet" if antal == 1 else f"{antal} sager er flyttet"
        tekst = f"{fundet.kode} er sat i kraft. {flyttet}."
    else:
        tekst = f"{fundet.kode} er rettet."
    messages.success(request, tekst)
    return redirect("rehabilitering:regelsaet", fundet.kode)


def _log(request: Anmodning, ramte: Beroerte) -> None:
    """The case numbers are a list of cases, so it is in the log that they were seen."""
    if ramte.synlige:
        opslag.log(request, "regelsaet_beroerte")
