"""Changing a meeting's agenda: which cases, in which order, how long, with which breaks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere.models import Sag
from rehabilitering import dagsorden, dagsordenspdf, deltagerkrav
from rehabilitering.forms.moede import KravForm, PauseForm, PunktForm
from rehabilitering.models import Dagsordenspunkt, Moedepause
from rehabilitering.services import moede as services
from rehabilitering.views import dagsordenside
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.models import Opslag
from ressource.pdf import PdfUtilgaengelig


def _retning(request: Anmodning) -> services.Retning:
    return "op" if request.POST.get("retning") == "op" else "ned"


@require_POST
@kraever("moede.planlaeg")
def moede_saet_paa(request: Anmodning, pk: int) -> HttpResponse:
    """Put the case in `sag` last on the agenda."""
    moede = dagsordenside.hent(request, pk)
    nummer = request.POST.get("sag", "")
    venter = dagsorden.kandidater(moede.dato).exclude(dagsorden.inhabil(request.user))
    sag: Sag | None = venter.filter(pk=int(nummer[:18]) if nummer.isdecimal() else 0).first()
    if sag is None:
        messages.error(request, "Sagen venter ikke længere på et møde. Vælg en anden sag.")
        return dagsordenside.side(request, moede, afvist=True)
    return dagsordenside.udfoer(
        request,
        moede,
        f"{sag.sagsnummer} er sat på dagsordenen.",
        lambda: services.saet_paa_dagsorden(moede, sag, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_punkt_flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Move a case one place, `retning` being «op» or «ned», or to `plads`; the times follow."""
    punkt = dagsordenside.hent_punkt(request, pk)
    plads = request.POST.get("plads", "")
    if plads.isdecimal():
        return dagsordenside.udfoer(
            request,
            punkt.moede,
            f"{punkt.sag.sagsnummer} er flyttet. Tiderne er regnet om.",
            lambda: services.flyt_til(punkt, int(plads[:4]), af=request.user),
        )
    retning = _retning(request)
    return dagsordenside.udfoer(
        request,
        punkt.moede,
        f"{punkt.sag.sagsnummer} er flyttet {retning}. Tiderne er regnet om.",
        lambda: services.flyt(punkt, retning, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_punkt_tag_af(request: Anmodning, pk: int) -> HttpResponse:
    """Take a case off the agenda."""
    punkt = dagsordenside.hent_punkt(request, pk)
    return dagsordenside.udfoer(
        request,
        punkt.moede,
        f"{punkt.sag.sagsnummer} er taget af dagsordenen. Deltagerne kan ikke længere læse sagen.",
        lambda: services.tag_af(punkt, af=request.user),
    )


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_punkt_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Which number the case has, and how many minutes it takes."""
    punkt = _aabent(dagsordenside.hent_punkt(request, pk))
    tur = dagsorden.tur_for(punkt)
    nu = {"plads": tur.nr, "minutter": tur.plads.minutter}
    form = PunktForm(request.POST or None, initial=nu)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.ret_punkt(punkt, data["plads"], data["minutter"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Dagsordenen er rettet. Tiderne er regnet om.")
            return redirect("rehabilitering:moede", pk=punkt.moede_id)
    opslag.log(request, "dagsorden", sag_id=punkt.sag_id, borger_noegle=punkt.sag.borger.noegle)
    kontekst = {"punkt": punkt, "form": form, "antal": tur.antal, "navn": _navn(request, punkt)}
    return render(request, "rehabilitering/moede_punkt.html", kontekst, status=status_for(form))


def _aabent(punkt: Dagsordenspunkt) -> Dagsordenspunkt:
    if punkt.taget_af_den or punkt.behandlet_den:
        raise Http404("Punktet er behandlet eller taget af dagsordenen.")
    return punkt


def _navn(request: Anmodning, punkt: Dagsordenspunkt) -> str:
    i_kredsen = Sag.objects.synlige_for(request.user).filter(pk=punkt.sag_id).exists()
    return dagsorden.vist_navn(punkt.sag.borger, er_i_kredsen=i_kredsen)


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_krav(request: Anmodning, pk: int, fagomraade: str) -> HttpResponse:
    """Why nobody from `fagomraade` comes to the case, when the rule set wants somebody."""
    punkt = _aabent(dagsordenside.hent_punkt(request, pk))
    krav = next((k for k in deltagerkrav.status(punkt) if k.krav.fagomraade == fagomraade), None)
    if krav is None:
        raise Http404("Sagens regelsæt kræver ikke nogen fra det fagområde.")
    form = KravForm(request.POST or None, initial={"begrundelse": krav.begrundelse})
    if request.method == "POST" and form.is_valid():
        tekst = form.cleaned_data["begrundelse"]
        try:
            services.begrund_krav(punkt, fagomraade, tekst, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{krav.naevn}: begrundelsen er gemt.")
            return redirect("rehabilitering:moede", pk=punkt.moede_id)
    opslag.log(request, "dagsorden", sag_id=punkt.sag_id, borger_noegle=punkt.sag.borger.noegle)
    kontekst = {"punkt": punkt, "form": form, "krav": krav, "navn": _navn(request, punkt)}
    return render(request, "rehabilitering/moede_krav.html", kontekst, status=status_for(form))


@require_POST
@kraever("moede.planlaeg")
def moede_pause_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Put a break on the agenda."""
    moede, form = dagsordenside.hent(request, pk), PauseForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.tilfoej_pause(moede, data["efter_plads"], data["minutter"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Pausen er sat på. Tiderne er regnet om.")
            return redirect("rehabilitering:moede", pk=moede.pk)
    return dagsordenside.side(request, moede, pause_form=form)


@require_POST
@kraever("moede.planlaeg")
def moede_pause_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Move a break one case (`retning`), or take it out (`fjern`)."""
    pause = get_object_or_404(Moedepause.objects.select_related("moede__moedeleder"), pk=pk)
    if "fjern" in request.POST:
        return dagsordenside.udfoer(
            request,
            pause.moede,
            "Pausen er taget ud. Tiderne er regnet om.",
            lambda: services.fjern_pause(pause, af=request.user),
        )
    retning = _retning(request)
    return dagsordenside.udfoer(
        request,
        pause.moede,
        f"Pausen er flyttet {retning}. Tiderne er regnet om.",
        lambda: services.flyt_pause(pause, retning, af=request.user),
    )


@require_safe
@kraever("moede.liste")
def moede_dagsorden_pdf(request: Anmodning, pk: int) -> HttpResponse:
    """The agenda as the reader may see it, as a PDF."""
    moede = dagsordenside.hent(request, pk)
    laest = dagsorden.laes(moede, request.user, planlaegger=maa(request.user, "moede.planlaeg"))
    try:
        pdf = dagsordenspdf.dan(moede, laest, tidspunkt=timezone.now())
    except PdfUtilgaengelig as fejl:
        messages.error(request, str(fejl))
        return redirect("rehabilitering:moede", pk=moede.pk)
    opslag.log(request, "dagsorden", handling=Opslag.Handling.UDSKRIV)
    navn = f"dagsorden-{moede.dato.isoformat()}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{navn}"'},
    )
