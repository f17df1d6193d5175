"""Who takes part in a case at the meeting: the list, calling one, and what came back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagspdf
from borgere.models import Forsendelse, Inhabilitet
from rehabilitering import dagsorden
from rehabilitering import indkaldelser as laesning
from rehabilitering.forms.indkaldelse import DeltagerForm, IndkaldForm, SvarForm
from rehabilitering.models import Dagsordenspunkt, Indkaldelse, Punktdeltager
from rehabilitering.services import indkaldelse as services
from rehabilitering.services.indkaldelse import afsendelse
from rehabilitering.services.indkaldelse.faelles import er_i_kredsen, er_skjult
from rehabilitering.views import dagsordenside
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag

_MED = ("moede__moedeleder", "sag__borger", "sag__regelsaet")


def _punkt(request: Anmodning, pk: int) -> Dagsordenspunkt:
    """An item: any for the planner who is not inhabil, for others one of a case they may see."""
    punkter = Dagsordenspunkt.objects.select_related(*_MED)
    if maa(request.user, "moede.planlaeg"):
        inhabil = Inhabilitet.objects.gaeldende().filter(bruger=request.user)
        punkter = punkter.exclude(sag__borger__in=inhabil.values("borger"))
    else:
        punkter = punkter.synlige_for(request.user)
    punkt = get_object_or_404(punkter, pk=pk)
    if punkt.taget_af_den:
        raise Http404("Sagen er taget af dagsordenen.")
    return punkt


def _deltager(request: Anmodning, pk: int) -> Punktdeltager:
    alle = Punktdeltager.objects.aktuelle().select_related("bruger", "netvaerksperson", "fuldmagt")
    deltager = get_object_or_404(alle, pk=pk)
    deltager.punkt = _punkt(request, deltager.punkt_id)
    if er_skjult(deltager.punkt.sag, request.user):
        raise Http404("Borgerens navn er beskyttet.")
    return deltager


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("moede.indkald")
def indkaldelser(request: Anmodning, pk: int) -> HttpResponse:
    """The case's list with every call; somebody else is put on it."""
    punkt = _punkt(request, pk)
    form = DeltagerForm(request.POST if request.method == "POST" else None, punkt=punkt)
    if request.method == "POST" and form.is_valid():
        try:
            deltager = services.tilfoej(punkt, form.deltagelse(), af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{deltager.navn} er sat på listen.")
            return redirect("rehabilitering:indkaldelser", punkt.pk)
    return _liste(request, punkt, form, kode=status_for(form))


def _liste(
    request: Anmodning, punkt: Dagsordenspunkt, form: DeltagerForm, *, kode: int = 200
) -> HttpResponse:
    kontekst = _ramme(request, punkt) | {"form": form}
    if not kontekst["er_skjult"]:
        raekker = laesning.laes(punkt, kontekst["tid"])
        kontekst |= {
            "raekker": raekker,
            "forslag": [_forslag(en) for en in services.forslag(punkt)],
            "kan_aendres": _kan_aendres(punkt),
            "senest": laesning.sidste_dag(
                punkt.moede.dato,
                punkt.sag.regelsaet,
                fritaget_digital_post=punkt.sag.borger.er_fritaget_digital_post,
            ),
            "i_dag": i_dag(),
        }
    return render(request, "rehabilitering/indkaldelser.html", kontekst, status=kode)


def _forslag(en: services.Deltagelse) -> str:
    return f"{en.vist_navn} ({Punktdeltager.Art(en.art).label})"


def _kan_aendres(punkt: Dagsordenspunkt) -> bool:
    kommer = punkt.moede.dato >= i_dag() and punkt.moede.aflyst_den is None
    return kommer and punkt.behandlet_den is None


def _ramme(request: Anmodning, punkt: Dagsordenspunkt) -> dict[str, Any]:
    """What every page about one item shows; one row in the look-up log."""
    sag = punkt.sag
    opslag.log(request, "indkaldelser", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    i_kredsen = er_i_kredsen(sag, request.user)
    kl = dagsorden.tur_for(punkt).plads.start
    return {
        "punkt": punkt,
        "moede": punkt.moede,
        "sag": sag,
        "navn": dagsorden.vist_navn(sag.borger, er_i_kredsen=i_kredsen),
        "er_skjult": sag.borger.er_beskyttet(i_dag()) and not i_kredsen,
        "er_i_kredsen": i_kredsen,
        "kl": kl,
        "tid": (punkt.moede.dato, kl, punkt.moede.sted),
    }


@require_POST
@kraever("moede.indkald")
def indkaldelser_foreslaaede(request: Anmodning, pk: int) -> HttpResponse:
    """Put everybody on the list whom the case itself names."""
    punkt = _punkt(request, pk)
    try:
        antal = services.tilfoej_foreslaaede(punkt, af=request.user)
    except ValidationError as fejl:
        return _afvist(request, punkt, fejl)
    ord_ = "person er" if antal == 1 else "personer er"
    messages.success(request, f"{antal} {ord_} sat på listen.")
    return redirect("rehabilitering:indkaldelser", punkt.pk)


def _afvist(request: Anmodning, punkt: Dagsordenspunkt, fejl: ValidationError) -> HttpResponse:
    for besked in fejl.messages:
        messages.error(request, besked)
    return _liste(request, punkt, DeltagerForm(punkt=punkt), kode=422)


@require_POST
@kraever("moede.indkald")
def indkald_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take somebody off the case's list."""
    deltager = _deltager(request, pk)
    try:
        services.fjern(deltager, af=request.user)
    except ValidationError as fejl:
        return _afvist(request, deltager.punkt, fejl)
    messages.success(request, f"{deltager.navn} er taget af listen.")
    return redirect("rehabilitering:indkaldelser", deltager.punkt_id)


@require_POST
@kraever("moede.planlaeg")
def underret(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen has been told that the case is not on the meeting; back to the Overblik."""
    punkt = dagsordenside.hent_punkt(request, pk)
    try:
        services.underret(punkt, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        tekst = f"Det er noteret, at borgeren i {punkt.sag.sagsnummer} har fået besked."
        messages.success(request, tekst)
    return redirect("overblik")


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("moede.indkald")
def indkald(request: Anmodning, pk: int) -> HttpResponse:
    """The letter or notice as it will be, and how it is sent; look first, then call."""
    deltager = _deltager(request, pk)
    kanaler = services.kanaler(deltager)
    if not kanaler or not _kan_aendres(deltager.punkt):
        raise Http404("Personen kan ikke indkaldes.")
    form = IndkaldForm(
        request.POST if request.method == "POST" else None,
        kanaler=kanaler,
        initial={"nr": afsendelse.naeste_nr(deltager)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("handling") == "vis":
                return _pdf(request, deltager, form.cleaned_data["kanal"])
            services.indkald(deltager, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{deltager.navn} er indkaldt.")
            return redirect("rehabilitering:indkaldelser", deltager.punkt_id)
    kontekst = _ramme(request, deltager.punkt) | _udkast(request, deltager, form, kanaler)
    return render(request, "rehabilitering/indkald.html", kontekst, status=status_for(form))


def _udkast(
    request: Anmodning, deltager: Punktdeltager, form: IndkaldForm, kanaler: list[Indkaldelse.Kanal]
) -> dict[str, Any]:
    """What will be sent, by the channel that is chosen, else the usual one."""
    kanal = form["kanal"].value()
    kanal = kanal if kanal in kanaler else kanaler[0]
    plan = services.planlaeg(deltager, kanal)
    udkast: dict[str, Any] = {
        "deltager": deltager,
        "form": form,
        "plan": plan,
        "overskrift": f"Indkald {deltager.navn}",
        "maa_vise_adresse": maa(request.user, "borger.vis_adresse")
        and er_i_kredsen(deltager.punkt.sag, request.user),
    }
    if deltager.art not in afsendelse.SKRIFTLIGE:
        besked = kanal == Indkaldelse.Kanal.BESKED
        tekst = afsendelse.beskedtekst(deltager.punkt, plan.kl) if besked else ""
        return udkast | {"besked": tekst}
    try:
        udkast["brev"] = services.vis_brev(deltager, plan, af=request.user)
    except ValidationError as fejl:
        udkast["brevfejl"] = fejl.messages
    return udkast


def _pdf(request: Anmodning, deltager: Punktdeltager, kanal: str) -> HttpResponse:
    """The letter as it would be sent today; nothing is stored."""
    if deltager.art not in afsendelse.SKRIFTLIGE:
        raise ValidationError("Der er intet brev til den person.")
    plan = services.planlaeg(deltager, kanal)
    return sagspdf.vis(
        request,
        deltager.punkt.sag,
        "indkaldelser",
        lambda: afsendelse.dan_brev(deltager, plan, af=request.user, tidspunkt=timezone.now()),
        filnavn="indkaldelse-udkast.pdf",
        ellers=reverse("rehabilitering:indkald", args=[deltager.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("moede.indkald")
def indkald_svar(request: Anmodning, pk: int) -> HttpResponse:
    """When the latest call was received, and whether the person comes."""
    deltager = _deltager(request, pk)
    nyeste = deltager.indkaldelser.nyeste_foerst().select_related("forsendelse").first()
    if nyeste is None:
        raise Http404("Personen er ikke indkaldt.")
    nyeste.deltager = deltager
    form = SvarForm(
        request.POST if request.method == "POST" else None,
        initial={
            "kvitteret": _kvitteret(nyeste),
            "svar": nyeste.svar,
            "bemaerkning": nyeste.svar_bemaerkning,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.registrer_svar(nyeste, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Svaret er gemt.")
            return redirect("rehabilitering:indkaldelser", deltager.punkt_id)
    kontekst = _ramme(request, deltager.punkt)
    kontekst |= {
        "deltager": deltager,
        "nyeste": nyeste,
        "form": form,
        "overskrift": f"Svar fra {deltager.navn}",
    }
    return render(request, "rehabilitering/indkald_svar.html", kontekst, status=status_for(form))


def _kvitteret(indkaldelse: Indkaldelse) -> Any:
    forsendelse: Forsendelse | None = indkaldelse.forsendelse
    if indkaldelse.kvittering_den:
        return timezone.localdate(indkaldelse.kvittering_den)
    return forsendelse.modtaget_dato if forsendelse else None
