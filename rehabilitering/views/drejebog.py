"""The drejebog of one case: what is done, what is agreed about the meeting, and the citizen's packet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from rehabilitering.borgerpakke import aftryk, byg_pakke, pakke_pdf
from rehabilitering.drejebog import Drejebog
from rehabilitering.drejebog import drejebog as laes_drejebog
from rehabilitering.forms.drejebog import FluebenForm, MoedeforberedelseForm
from rehabilitering.models import Moedeforberedelse, Teamspoergsmaal
from rehabilitering.services.borgerpakke import udlever_pakke
from rehabilitering.services.drejebog import FASER, fjern_flueben, saet_flueben
from rehabilitering.services.moedeforberedelse import gem_moedeforberedelse
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.dansk import klokkeslaet
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar, vil_have_del
from ressource.kalender import i_dag
from ressource.samtidighed import (
    ForaeldetVersionError,
    konfliktside,
    sidst_gemt,
    uenigheder,
)

FANE = "forberedende_del"
AFTALESKABELON = "rehabilitering/moedeforberedelse.html"


@require_safe
@kraever("drejebog.se")
def drejebog(request: Anmodning, pk: int) -> HttpResponse:
    """The points with their ticks, the team's questions, and the way to agreement and packet."""
    sag = sagsramme.hent(request, pk)
    bog = laes_drejebog(sag)
    return _side(request, sag, bog, FluebenForm(linjer=bog.linjer, bruger=request.user))


@require_POST
@kraever("drejebog.skriv")
def drejebog_saet(request: Anmodning, pk: int) -> HttpResponse:
    """Tick the chosen points, all with the same date and initials."""
    sag = sagsramme.hent(request, pk)
    bog = laes_drejebog(sag)
    form = FluebenForm(request.POST, linjer=bog.linjer, bruger=request.user)
    if form.is_valid():
        data = form.cleaned_data
        koder = data.pop("punkter")
        try:
            nye = saet_flueben(sag, koder, **data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{len(nye)} flueben er sat.")
            return redirect("rehabilitering:drejebog", sag.pk)
    return _side(request, sag, bog, form)


@require_POST
@kraever("drejebog.skriv")
def drejebog_fjern(request: Anmodning, pk: int, flueben_pk: int) -> HttpResponse:
    """Take one tick off."""
    sag = sagsramme.hent(request, pk)
    flueben = get_object_or_404(sag.flueben, pk=flueben_pk)
    try:
        fjern_flueben(flueben, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Fluebenet er fjernet. Det kan stadig ses nederst på siden.")
    return redirect("rehabilitering:drejebog", sag.pk)


def _side(request: Anmodning, sag: Sag, bog: Drejebog, form: FluebenForm) -> HttpResponse:
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="drejebog") | {
        "bog": bog,
        "form": form,
        "valgte": set(form["punkter"].value() or ()),
        "spoergsmaal": Teamspoergsmaal.objects.gaeldende(i_dag()),
        "aftale": Moedeforberedelse.objects.filter(sag=sag).select_related("rettet_af").first(),
        "udlevering": sag.pakkeudleveringer.select_related("udleveret_af").first(),
        "kan_skrive": _kan_skrive(request, sag),
    }
    return svar(request, "rehabilitering/drejebog.html", kontekst, status=status_for(form))


def _kan_skrive(request: Anmodning, sag: Sag) -> bool:
    return maa(request.user, "drejebog.skriv") and sag.fase in FASER


# The agreement


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("drejebog.skriv")
def drejebog_aftale(request: Anmodning, pk: int) -> HttpResponse:
    """Write down what is agreed with the citizen about the meeting; it saves itself as one types."""
    sag = sagsramme.hent(request, pk)
    form = MoedeforberedelseForm(request.POST or None, instance=_aftale(sag))
    if request.method == "POST" and form.is_valid():
        oplysninger: dict[str, Any] = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            aftale = gem_moedeforberedelse(sag, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            return _konflikt(request, sag, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            if vil_have_del(request):
                return _gemt(request, aftale)
            messages.success(request, "Aftalen om mødet er gemt.")
            return redirect("rehabilitering:drejebog", sag.pk)
    if form.errors and vil_have_del(request):
        return _ikke_gemt(
            request, [str(t) for tekster in form.errors.values() for t in tekster], 422
        )
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="drejebog") | {"form": form}
    return svar(request, AFTALESKABELON, kontekst, status=status_for(form))


def _gemt(request: Anmodning, aftale: Moedeforberedelse) -> HttpResponse:
    """After an automatic save: the time, and the lock number that the next one is sent with."""
    kontekst = {"gemt_kl": klokkeslaet(timezone.now()), "laas": aftale.laas}
    return svar(request, AFTALESKABELON, kontekst, delvis="gemt")


def _ikke_gemt(request: Anmodning, fejl: list[str], status: int) -> HttpResponse:
    """After an automatic save that was refused: why. The text stands in its field."""
    return svar(request, AFTALESKABELON, {"fejl": fejl}, delvis="gemt", status=status)


def _aftale(sag: Sag) -> Moedeforberedelse:
    return Moedeforberedelse.objects.filter(sag=sag).first() or Moedeforberedelse(sag=sag)


def _konflikt(request: Anmodning, sag: Sag, form: MoedeforberedelseForm) -> HttpResponse:
    """Somebody wrote meanwhile: both versions, logged as the form is. The same text is no conflict."""
    gemt = _aftale(sag)
    if vil_have_del(request):
        if not uenigheder(form, MoedeforberedelseForm(instance=gemt)):
            return _gemt(request, gemt)
        tekst = "En anden gemte, mens du skrev. Tryk på Gem aftalen for at se begge tekster."
        return _ikke_gemt(request, [tekst], 409)
    opslag.log(request, "drejebog", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    return konfliktside(
        request,
        form,
        MoedeforberedelseForm(instance=gemt),
        sidst_gemt(gemt, "moedeforberedelse.gemt", sag_id=sag.pk),
        titel="I har begge skrevet i aftalen om mødet",
        fortryd=reverse("rehabilitering:drejebog", args=[sag.pk]),
    )


# The packet


@require_safe
@kraever("drejebog.se")
def borgerpakke(request: Anmodning, pk: int) -> HttpResponse:
    """What the citizen's packet will say, what it lacks, and when it was handed over."""
    return _pakkeside(request, sagsramme.hent(request, pk))


def _pakkeside(request: Anmodning, sag: Sag, fejl: list[str] | None = None) -> HttpResponse:
    pakke = byg_pakke(sag)
    udleveringer = list(sag.pakkeudleveringer.select_related("udleveret_af", "dokument"))
    seneste = udleveringer[0] if udleveringer else None
    er_ny = seneste is None or seneste.aftryk != aftryk(pakke)
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="borgerpakke") | {
        "pakke": pakke,
        "udleveringer": udleveringer,
        "er_forandret": seneste is not None and er_ny,
        "kan_udlevere": er_ny and not pakke.mangler,
        "kan_skrive": _kan_skrive(request, sag),
        "kan_sende": maa(request.user, "forsendelse.send"),
        "maa_rette_skabelon": maa(request.user, "skabelon.ret"),
        "fejl": fejl,
    }
    return svar(request, "rehabilitering/borgerpakke.html", kontekst, status=422 if fejl else 200)


@require_safe
@kraever("drejebog.se")
def borgerpakke_pdf(request: Anmodning, pk: int) -> HttpResponse:
    """The packet as it would be handed over today; logged as printed."""
    sag = sagsramme.hent(request, pk)
    return sagspdf.vis(
        request,
        sag,
        "borgerpakke",
        lambda: pakke_pdf(sag, byg_pakke(sag), af=request.user, tidspunkt=timezone.now()),
        filnavn="borgerens-pakke.pdf",
        ellers=reverse("rehabilitering:borgerpakke", args=[sag.pk]),
    )


@require_POST
@kraever("drejebog.skriv")
def borgerpakke_udlever(request: Anmodning, pk: int) -> HttpResponse:
    """Store the packet as handed over; refused while a required slot is empty."""
    sag = sagsramme.hent(request, pk)
    try:
        udlever_pakke(sag, af=request.user)
    except ValidationError as fejl:
        return _pakkeside(request, sag, fejl.messages)
    messages.success(request, "Pakken ligger på sagen. Print den, eller send den til borgeren.")
    return redirect("rehabilitering:borgerpakke", sag.pk)
