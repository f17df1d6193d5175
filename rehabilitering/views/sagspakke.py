"""Case packages: of one meeting, of one case, and the PDF that a member reads."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from rehabilitering import sagspakke as pakker
from rehabilitering.forms.sagspakke import DokumentvalgForm
from rehabilitering.models import Dagsordenspunkt, Sagspakke, Teammoede
from rehabilitering.sagspakke import status, udgaver, udgivne
from rehabilitering.sagspakke.dokumenter import valgbare, valgte
from rehabilitering.sagspakke.udgaver import Udgave
from rehabilitering.services import sagspakke as services
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag


@require_safe
@kraever("sagspakke.liste")
def sagspakker(request: Anmodning, pk: int) -> HttpResponse:
    """The meeting's packages: which are published, what they lack, who has read them."""
    return _liste(request, _moede(request, pk))


def _moede(request: Anmodning, pk: int) -> Teammoede:
    return get_object_or_404(Teammoede.objects.synlige_for(request.user), pk=pk)


def _liste(request: Anmodning, moede: Teammoede, *, kode: int = 200) -> HttpResponse:
    opslag.log(request, "sagspakker")
    planlaegger = maa(request.user, "moede.planlaeg")
    raekker = status.for_moede(moede, request.user, planlaegger=planlaegger)
    er_aabent = moede.aflyst_den is None and moede.dato >= i_dag()
    mangler = [raekke for raekke in raekker if raekke.skal_udgives]
    kontekst = {
        "moede": moede,
        "raekker": raekker,
        "antal_udgivet": sum(r.pakke is not None for r in raekker),
        "antal_mangler": len(mangler),
        "senest": min((r.senest for r in raekker if r.er_aaben), default=None),
        "er_for_sent": any(r.er_for_sent for r in raekker),
        "kan_udgive": er_aabent and maa(request.user, "sagspakke.udgiv"),
        "kan_sende_alle": er_aabent and planlaegger and bool(mangler),
        "maa_laese": maa(request.user, "sagspakke.laes"),
        "maa_vaelge": maa(request.user, "sagspakke.vaelg"),
    }
    return render(request, "rehabilitering/sagspakker.html", kontekst, status=kode)


@require_POST
@kraever("moede.planlaeg")
def sagspakker_send(request: Anmodning, pk: int) -> HttpResponse:
    """Publish every package of the meeting that is not, or whose case has changed."""
    moede = _moede(request, pk)
    try:
        antal = services.udgiv_moedets(moede, af=request.user)
    except ValidationError as fejl:
        return _afvist(request, moede, fejl)
    if antal:
        ord_ = "sagspakke er" if antal == 1 else "sagspakker er"
        messages.success(request, f"{antal} {ord_} udgivet. Teamet kan nu læse sagerne.")
    else:
        messages.info(request, "Alle sagspakker var udgivet, og ingen sag er ændret siden.")
    return redirect("rehabilitering:sagspakker", moede.pk)


def _afvist(request: Anmodning, moede: Teammoede, fejl: ValidationError) -> HttpResponse:
    for besked in fejl.messages:
        messages.error(request, besked)
    return _liste(request, moede, kode=422)


def _punkt(request: Anmodning, pk: int) -> Dagsordenspunkt:
    """An item on an agenda: any for the planner, for others one of a case they may see."""
    punkter = Dagsordenspunkt.objects.select_related("moede", "sag")
    if not maa(request.user, "moede.planlaeg"):
        punkter = punkter.synlige_for(request.user)
    return get_object_or_404(punkter, pk=pk)


@require_POST
@kraever("sagspakke.udgiv")
def sagspakke_udgiv(request: Anmodning, pk: int) -> HttpResponse:
    """Publish one case's package, again if the case has changed."""
    punkt = _punkt(request, pk)
    try:
        services.udgiv(punkt, af=request.user)
    except ValidationError as fejl:
        return _afvist(request, punkt.moede, fejl)
    messages.success(
        request, f"Sagspakken for {punkt.sag.sagsnummer} er udgivet. Teamet kan nu læse sagen."
    )
    return redirect("rehabilitering:sagspakker", punkt.moede_id)


@require_POST
@kraever("sagspakke.udgiv")
def sagspakke_traek(request: Anmodning, pk: int) -> HttpResponse:
    """Take one case's package back; the team can no longer read the case."""
    punkt = _punkt(request, pk)
    try:
        services.traek(punkt, af=request.user)
    except ValidationError as fejl:
        return _afvist(request, punkt.moede, fejl)
    messages.success(
        request,
        f"Sagspakken for {punkt.sag.sagsnummer} er trukket tilbage. Teamet kan ikke længere læse "
        "sagen.",
    )
    return redirect("rehabilitering:sagspakker", punkt.moede_id)


# The case's own page


def _aabent(sag: Sag) -> Dagsordenspunkt | None:
    """The agenda item that the case waits for, with what a package needs."""
    punkter = sag.dagsordenspunkter.aabne().select_related("moede")
    punkt: Dagsordenspunkt | None = punkter.first()
    if punkt:
        punkt.sag = sag
    return punkt


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sagspakke.vaelg")
def sagspakke_sag(request: Anmodning, pk: int) -> HttpResponse:
    """What the case's package holds and lacks, and the choice of its documents."""
    sag = sagsramme.hent(request, pk)
    punkt = _aabent(sag)
    mulige = list(valgbare([sag.pk])) if punkt else []
    valg = valgte(punkt, mulige) if punkt else []
    form = DokumentvalgForm(
        request.POST if request.method == "POST" else None, mulige=mulige, valgte=valg
    )
    if request.method == "POST" and punkt and form.is_valid():
        data = form.cleaned_data
        try:
            services.vaelg_dokumenter(punkt, data["dokumenter"], vist=data["vist"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Valget er gemt.")
            return redirect("rehabilitering:sagspakke_sag", sag.pk)
    kontekst: dict[str, Any] = {"punkt": punkt, "form": form, "mulige": mulige}
    if punkt:
        kontekst |= _indhold(request, punkt, valg)
    kontekst |= sagsramme.ramme(request, sag, "moede", objekt="sagspakke_indhold")
    return render(request, "rehabilitering/sagspakke_sag.html", kontekst, status=status_for(form))


def _indhold(request: Anmodning, punkt: Dagsordenspunkt, valg: list[int]) -> dict[str, Any]:
    grundlag = pakker.laes_grundlag(punkt, valg, med_indhold=False)
    (raekke,) = status.for_punkter([punkt], request.user)
    return {
        "grundlag": grundlag,
        "mangler": pakker.mangler(grundlag),
        "raekke": raekke,
        "kan_udgive": punkt.moede.aflyst_den is None and punkt.moede.dato >= i_dag(),
    }


@require_safe
@kraever("sagspakke.vaelg")
def sagspakke_kladde(request: Anmodning, pk: int) -> HttpResponse:
    """The package as it would be published now, the whole of it, as a PDF."""
    sag = sagsramme.hent(request, pk)
    punkt = _aabent(sag)
    if punkt is None:
        raise Http404
    valg = valgte(punkt, valgbare([sag.pk]))
    return sagspdf.vis(
        request,
        sag,
        "sagspakke_indhold",
        lambda: pakker.dan(punkt, valg, Udgave.FULD, timezone.now()),
        filnavn="sagspakke-kladde.pdf",
        ellers=reverse("rehabilitering:sagspakke_sag", args=[sag.pk]),
    )


@require_safe
@kraever("sagspakke.laes")
def sagspakke(request: Anmodning, pk: int) -> HttpResponse:
    """The published package in the reader's own edition, as a PDF; until it is made, a page."""
    alle = Sagspakke.objects.gaeldende().synlige_for(request.user)
    pakke = get_object_or_404(alle.select_related(*udgivne.MED), pk=pk)
    if not udgaver.maa_laese(pakke, request.user):
        raise Http404
    udgave = udgaver.udgave_for(request.user)
    gemt = pakke.udgaver.filter(udgave=udgave).first()
    if gemt is None and (udgivne.er_paa_vej(pakke) or not udgivne.kan_dannes(pakke)):
        return _ikke_klar(request, pakke)

    def hent() -> bytes:
        if gemt:
            return bytes(gemt.indhold)
        return pakker.dan(pakke.punkt, pakke.dokumenter, udgave, pakke.udgivet_den)

    return sagspdf.vis(
        request,
        pakke.punkt.sag,
        status.LAEST,
        hent,
        filnavn=f"sagspakke-{pakke.pk}.pdf",
        ellers=reverse("rehabilitering:sagspakker", args=[pakke.punkt.moede_id]),
    )


def _ikke_klar(request: Anmodning, pakke: Sagspakke) -> HttpResponse:
    """The page that asks the reader to wait, or tells that the file has been deleted."""
    sag = pakke.punkt.sag
    opslag.log(request, "sagspakker", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst = {"pakke": pakke, "sag": sag, "kommer": udgivne.kan_dannes(pakke)}
    return render(request, "rehabilitering/sagspakke_laves.html", kontekst)
