"""The deadline rules for the administrator: the list, one rule, change with preview, close."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opfoelgning import fristregelvis, fristversioner
from opfoelgning.forms.fristregel import FristregelForm, LukForm, rettes
from opfoelgning.fristregelkoder import LAENGDE_FRA_REGELSAET
from opfoelgning.fristvirkning import Virkning, virkning
from opfoelgning.models import Fristregel
from opfoelgning.services.fristregler import luk_fristregel, ret_fristregel
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

HAENDELSER = ("fristregel.rettet", "fristregel.lukket")


@require_safe
@kraever("fristregel.ret")
def fristregler(request: Anmodning) -> HttpResponse:
    """Every rule with the version in force and those to come."""
    kontekst = {"regler": fristregelvis.liste(i_dag())}
    return svar(request, "opfoelgning/fristregler.html", kontekst)


@require_safe
@kraever("fristregel.ret")
def fristregel(request: Anmodning, kode: str) -> HttpResponse:
    """One rule: its versions, what each changed, by whom and why."""
    raekker = _raekker(kode)
    nu = _nu(raekker)
    kontekst = {
        "kode": kode,
        "navn": nu.navn,
        "kort": fristregelvis.kort(nu),
        "versioner": fristregelvis.versioner(raekker, i_dag()),
        "gaelder": fristversioner.gaelder(raekker, i_dag()),
        "laengde_fra_regelsaet": kode in LAENGDE_FRA_REGELSAET,
    }
    return svar(request, "opfoelgning/fristregel.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("fristregel.ret")
def fristregel_ret(request: Anmodning, kode: str) -> HttpResponse:
    """Change a rule: the form, then what it would do to running cases, then the change itself."""
    raekker = _raekker(kode)
    regel = _valgt(request, raekker)
    if request.method != "POST":
        begynd = rettes(regel, fristversioner.laas(raekker))
        return _ret_side(request, regel, FristregelForm(instance=regel, initial=begynd))
    form = FristregelForm(request.POST, instance=regel)
    trin = request.POST.get("trin", "")
    if not form.is_valid() or trin == "tilbage":
        return _ret_side(request, regel, form)
    data = form.cleaned_data
    try:
        if trin == "gem":
            ret_fristregel(
                kode,
                form.indhold(),
                gaelder_fra=data["gaelder_fra"],
                begrundelse=data["begrundelse"],
                laas=data["laas"],
                af=request.user,
            )
            return _gemt(request, kode, data["gaelder_fra"])
        fristversioner.kontroller_dag(data["gaelder_fra"], i_dag())
        tidslinje, ny = fristversioner.indsaet(raekker, form.indhold(), data["gaelder_fra"])
        fristversioner.kontroller(ny)
    except ForaeldetVersionError:
        return _konflikt(request, kode, form)
    except ValidationError as fejl:
        fejl_paa_formular(form, fejl)
        return _ret_side(request, regel, form)
    foer = fristversioner.gaelder(raekker, data["gaelder_fra"]) or regel
    forskelle = [f for f in fristregelvis.forskelle(foer, ny) if f.etiket != "Gyldig til"]
    return _vis(request, form, regel, tidslinje, forskelle=forskelle, ny=ny)


def _ret_side(request: Anmodning, regel: Fristregel, form: FristregelForm) -> HttpResponse:
    kontekst = {
        "regel": regel,
        "form": form,
        "laengde_fra_regelsaet": regel.kode in LAENGDE_FRA_REGELSAET,
    }
    return svar(request, "opfoelgning/fristregel_ret.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("fristregel.ret")
def fristregel_luk(request: Anmodning, kode: str) -> HttpResponse:
    """End a rule: the day, then what it would do to running cases, then the end itself."""
    raekker = _raekker(kode)
    regel = _nu(raekker)
    begynd = {"laas": fristversioner.laas(raekker), "sidste_dag": i_dag()}
    form = LukForm(request.POST if request.method == "POST" else None, initial=begynd)
    trin = request.POST.get("trin", "")
    if request.method == "POST" and form.is_valid() and trin != "tilbage":
        data = form.cleaned_data
        try:
            if trin == "gem":
                luk_fristregel(
                    kode,
                    data["sidste_dag"],
                    begrundelse=data["begrundelse"],
                    laas=data["laas"],
                    af=request.user,
                )
                messages.success(request, f"Reglen slutter {data['sidste_dag']:%d.%m.%Y}.")
                return redirect("opfoelgning:fristregel", kode)
            tidslinje, sidste = fristversioner.luk(raekker, data["sidste_dag"])
        except ForaeldetVersionError:
            form.add_error(
                None, "En anden har ændret reglen, siden du åbnede siden. Åbn den igen, og se den."
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            return _vis(request, form, regel, tidslinje, forskelle=[], ny=sidste)
    kontekst = {"regel": regel, "form": form}
    return svar(request, "opfoelgning/fristregel_luk.html", kontekst, status=status_for(form))


def _vis(
    request: Anmodning,
    form: FristregelForm | LukForm,
    regel: Fristregel,
    tidslinje: list[Fristregel],
    **kontekst: Any,
) -> HttpResponse:
    """What the change would do; nothing is saved. The numbers are a list of cases, so it is logged."""
    fundet: Virkning = virkning(regel.kode, tidslinje, i_dag())
    if fundet.eksempler:
        opslag.log(request, "fristregel_beroerte")
    kontekst |= {"regel": regel, "form": form, "tidslinje": tidslinje, "virkning": fundet}
    kontekst |= {"lukker": isinstance(form, LukForm), "i_dag": i_dag()}
    return svar(request, "opfoelgning/fristregel_virkning.html", kontekst)


def _raekker(kode: str) -> list[Fristregel]:
    """The versions of the rule in order of time. Raises `Http404` when there is none."""
    fundne = list(
        Fristregel.objects.filter(kode=kode).select_related("rettet_af").order_by("gyldig_fra")
    )
    if not fundne:
        raise Http404
    return fundne


def _nu(raekker: list[Fristregel]) -> Fristregel:
    return fristversioner.gaelder(raekker, i_dag()) or raekker[-1]


def _valgt(request: Anmodning, raekker: list[Fristregel]) -> Fristregel:
    """The version of `?fra=`, else the one in force."""
    valgt = request.GET.get("fra", "")
    return next((r for r in raekker if str(r.pk) == valgt), _nu(raekker))


def _gemt(request: Anmodning, kode: str, fra: date) -> HttpResponse:
    messages.success(
        request,
        f"Reglen er ændret fra {fra:%d.%m.%Y}. Fristerne er regnet om.",
    )
    return redirect("opfoelgning:fristregel", kode)


def _konflikt(request: Anmodning, kode: str, form: FristregelForm) -> HttpResponse:
    """Somebody changed the rule meanwhile: both versions."""
    raekker = _raekker(kode)
    fra = form.cleaned_data["gaelder_fra"]
    nu = fristversioner.gaelder(raekker, fra) or _nu(raekker)
    gemt = FristregelForm(
        instance=nu,
        initial={
            "laas": fristversioner.laas(raekker),
            "gaelder_fra": fra,
            "begrundelse": form.cleaned_data["begrundelse"],
        },
    )
    seneste = max(raekker, key=lambda r: (r.laas, r.gyldig_fra))
    return konfliktside(
        request,
        form,
        gemt,
        sidst_gemt(seneste, *HAENDELSER, sag_id=None),
        titel="I har begge ændret fristreglen",
        fortryd=reverse("opfoelgning:fristregel", args=[kode]),
    )
