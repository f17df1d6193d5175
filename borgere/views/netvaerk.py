"""The network map: who is around the citizen, what they may be told, and where they take part."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme, services
from borgere.forms.netvaerk import NetvaerkspersonForm, NetvaerkspersonRetForm
from borgere.models import Informationstype, Netvaerksperson, Sag, Samtykke
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

_GRUPPER = (
    (Netvaerksperson.Holdning.MEDSPILLER, "Medspillere"),
    (Netvaerksperson.Holdning.UAFKLARET, "Uafklarede"),
    (Netvaerksperson.Holdning.MODSPILLER, "Modspillere"),
)


@dataclass(frozen=True, slots=True)
class Kortlinje:
    """One person on the map: what they may be told today, and what is wished but not agreed."""

    person: Netvaerksperson
    maa_faa: list[str]
    mangler: list[str]
    mangler_koder: list[str]
    deltager_i: list[str]


def _linje(person: Netvaerksperson, samtykker: list[Samtykke]) -> Kortlinje:
    givet = {kode for s in samtykker for kode in s.informationstyper}
    mangler = [kode for kode in person.oensket_deling if kode not in givet]
    return Kortlinje(
        person,
        [t.label for t in Informationstype if t in givet],
        [Informationstype(kode).label for kode in mangler],
        mangler,
        [str(Netvaerksperson.Deltagelse(kode).label) for kode in person.deltager_i],
    )


def _kort(sag: Sag) -> dict[str, Any]:
    """The map's groups and those who have left. Two statements, whatever the rows."""
    gaeldende: dict[int | None, list[Samtykke]] = {}
    fundne = sag.borger.samtykker.gaeldende(i_dag()).filter(
        art=Samtykke.Art.FORVALTNING, modtager=Samtykke.Modtager.NETVAERK
    )
    for samtykke in fundne:
        gaeldende.setdefault(samtykke.netvaerksperson_id, []).append(samtykke)
    alle = list(sag.borger.netvaerk.all())
    nuvaerende = [_linje(p, gaeldende.get(p.pk, [])) for p in alle if not p.udgaaet_dato]
    return {
        "grupper": [
            (navn, [linje for linje in nuvaerende if linje.person.holdning == holdning])
            for holdning, navn in _GRUPPER
        ],
        "har_netvaerk": bool(nuvaerende),
        "tidligere": [p for p in alle if p.udgaaet_dato],
    }


@require_safe
@kraever("borger.se")
def netvaerk(request: Anmodning, pk: int) -> HttpResponse:
    """The people around the citizen, by whether they help, hinder, or nobody knows yet."""
    sag = sagsramme.hent(request, pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="netvaerk") | _kort(sag)
    kontekst["kan_skrive"] = adgang.maa(request.user, "borger.skriv")
    return svar(request, "borgere/netvaerk.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def netvaerk_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Add a person to the network."""
    sag = sagsramme.hent(request, pk)
    form = NetvaerkspersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.tilfoej_netvaerksperson(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{person.navn} er tilføjet til netværket.")
            return redirect("borgere:netvaerk", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="netvaerk") | {"form": form}
    return svar(request, "borgere/netvaerk_ny.html", kontekst, status=status_for(form))


def _person(sag: Sag, person_pk: int) -> Netvaerksperson:
    fundet: Netvaerksperson = get_object_or_404(sag.borger.netvaerk.nuvaerende(), pk=person_pk)
    return fundet


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def netvaerk_ret(request: Anmodning, pk: int, person_pk: int) -> HttpResponse:
    """Correct what is known of a person."""
    sag = sagsramme.hent(request, pk)
    person = _person(sag, person_pk)
    form = NetvaerkspersonRetForm.fra(person)
    if request.method == "POST":
        form = NetvaerkspersonRetForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data.copy()
            laas = data.pop("laas")
            try:
                services.ret_netvaerksperson(person, data, sag=sag, laas=laas, af=request.user)
            except ForaeldetVersionError:
                return _konflikt(request, sag, person.pk, form)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, f"{data['navn']} er rettet.")
                return redirect("borgere:netvaerk", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="netvaerk")
    kontekst |= {"form": form, "person": person}
    return svar(request, "borgere/netvaerk_ret.html", kontekst, status=status_for(form))


def _konflikt(
    request: Anmodning, sag: Sag, person_pk: int, form: NetvaerkspersonRetForm
) -> HttpResponse:
    """Somebody corrected the person meanwhile: both versions."""
    gemt = Netvaerksperson.objects.get(pk=person_pk)
    opslag.log(request, "netvaerk", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    return konfliktside(
        request,
        form,
        NetvaerkspersonRetForm.fra(gemt),
        sidst_gemt(gemt, "netvaerk.rettet", sag_id=sag.pk),
        titel="I har begge rettet personen i netværket",
        fortryd=reverse("borgere:netvaerk", args=[sag.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def netvaerk_udgaa(request: Anmodning, pk: int, person_pk: int) -> HttpResponse:
    """Ask, and then let the person leave the network with the consents that named them."""
    sag = sagsramme.hent(request, pk)
    person = _person(sag, person_pk)
    if request.method == "POST":
        try:
            services.udgaa_netvaerksperson(person, sag=sag, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, f"{person.navn} er ikke længere i netværket.")
        return redirect("borgere:netvaerk", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="netvaerk") | {"person": person}
    return svar(request, "borgere/netvaerk_udgaa.html", kontekst)
