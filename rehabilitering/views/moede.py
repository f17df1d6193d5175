"""Team meetings: the list, planning one, the agenda, and the case's own tab."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering import dagsorden, helbred
from rehabilitering.forms.moede import DeltagerForm, MoedeForm
from rehabilitering.models import Dagsordenspunkt, Moededeltager, Svarindsaettelse, Teammoede
from rehabilitering.services import moede as services
from rehabilitering.services.moede import Medlem
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag

MOEDER_PR_SIDE = 25
# Cases offered on an agenda page, longest wait first; the rest come when these are placed.
KANDIDATER_PR_SIDE = 25


@require_safe
@kraever("moede.liste")
def moede_liste(request: Anmodning) -> HttpResponse:
    """Meetings the user has to do with; the coming ones first, `?vis=tidligere` the others."""
    moeder = Teammoede.objects.synlige_for(request.user)
    kommende, tidligere = moeder.kommende(i_dag()), moeder.tidligere(i_dag())
    viser_tidligere = request.GET.get("vis") == "tidligere"
    valgte = tidligere if viser_tidligere else kommende
    side = Paginator(valgte.med_antal().select_related("moedeleder"), MOEDER_PR_SIDE).get_page(
        request.GET.get("side")
    )
    kontekst = {
        "side": side,
        "viser_tidligere": viser_tidligere,
        "antal_kommende": kommende.count(),
        "antal_tidligere": tidligere.count(),
        "maa_planlaegge": maa(request.user, "moede.planlaeg"),
    }
    return render(request, "rehabilitering/moede_liste.html", kontekst)


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_ny(request: Anmodning) -> HttpResponse:
    """Plan a meeting."""
    form = MoedeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            moede = services.opret_moede(
                dato=data["dato"],
                start=data["start"],
                slut=data["slut"],
                sted=data["sted"],
                kapacitet=data["kapacitet"],
                minutter_pr_sag=data["minutter_pr_sag"],
                moedeleder=data["moedeleder"],
                medlemmer=form.medlemmer(),
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Teammødet er oprettet. Sæt nu sager på dagsordenen.")
            return redirect("rehabilitering:moede", pk=moede.pk)
    return render(
        request, "rehabilitering/moede_form.html", {"form": form}, status=status_for(form)
    )


def _hent(request: Anmodning, pk: int) -> Teammoede:
    moeder = Teammoede.objects.synlige_for(request.user).select_related("moedeleder")
    return get_object_or_404(moeder, pk=pk)


@require_safe
@kraever("moede.liste")
def moede(request: Anmodning, pk: int) -> HttpResponse:
    """The agenda with times, who sits in, and for the mødekoordinator the cases that wait."""
    return _dagsordenside(request, _hent(request, pk), DeltagerForm())


def _dagsordenside(request: Anmodning, moede: Teammoede, form: DeltagerForm) -> HttpResponse:
    opslag.log(request, "dagsorden")
    planlaegger = maa(request.user, "moede.planlaeg")
    kan_aendres = planlaegger and moede.dato >= i_dag()
    deltagere = list(moede.deltagere.select_related("bruger"))
    punkter = dagsorden.punktraekker(moede, deltagere, request.user, planlaegger=planlaegger)
    antal = len(punkter)
    kontekst: dict[str, Any] = {
        "moede": moede,
        "deltagere": deltagere,
        "punkter": punkter,
        "antal": antal,
        "mangler": _manglende_omraader(punkter),
        "kan_aendres": kan_aendres,
        "maa_planlaegge": planlaegger,
        "er_fuldt": antal >= moede.kapacitet,
        "maa_se_sag": maa(request.user, "sag.se"),
        "maa_live": maa(request.user, "moede.live"),
        "form": form,
    }
    if kan_aendres:
        kontekst |= _kandidater(moede, antal)
    return render(request, "rehabilitering/moede_dagsorden.html", kontekst, status=status_for(form))


def _kandidater(moede: Teammoede, antal: int) -> dict[str, Any]:
    venter = dagsorden.venter_paa_dagsorden(moede.dato)
    return {
        "kandidater": dagsorden.kandidatraekker(venter[:KANDIDATER_PR_SIDE], moede.dato),
        "antal_venter": venter.count(),
        "naeste_tid": dagsorden.tid_for(moede, antal)[0],
    }


def _manglende_omraader(punkter: list[dagsorden.Punktraekke]) -> list[str]:
    """Whom the meeting lacks, with the time of the first case that needs them."""
    fundne: dict[str, str] = {}
    for raekke in punkter:
        for krav in raekke.krav:
            if not krav.er_opfyldt and raekke.maa_ses:
                fundne.setdefault(krav.naevn, f"{krav.naevn} kl. {raekke.start:%-H.%M}")
    return list(fundne.values())


def _udfoer(request: Anmodning, moede: Teammoede, tekst: str, goer: Any) -> HttpResponse:
    """Do one thing to the agenda and show it again; a refusal is said above it."""
    try:
        goer()
    except ValidationError as fejl:
        for besked in fejl.messages:
            messages.error(request, besked)
        return _dagsordenside_med_afvisning(request, moede)
    messages.success(request, tekst)
    return redirect("rehabilitering:moede", pk=moede.pk)


def _dagsordenside_med_afvisning(request: Anmodning, moede: Teammoede) -> HttpResponse:
    response = _dagsordenside(request, moede, DeltagerForm())
    response.status_code = 422
    return response


@require_POST
@kraever("moede.planlaeg")
def moede_saet_paa(request: Anmodning, pk: int) -> HttpResponse:
    """Put the case in `sag` last on the agenda."""
    moede = _hent(request, pk)
    nummer = request.POST.get("sag", "")
    venter = dagsorden.kandidater(moede.dato)
    sag: Sag | None = venter.filter(pk=int(nummer[:18]) if nummer.isdecimal() else 0).first()
    if sag is None:
        messages.error(request, "Sagen venter ikke længere på et møde. Vælg en anden sag.")
        return _dagsordenside_med_afvisning(request, moede)
    return _udfoer(
        request,
        moede,
        f"{sag.sagsnummer} er sat på dagsordenen. Deltagerne kan nu læse sagen.",
        lambda: services.saet_paa_dagsorden(moede, sag, af=request.user),
    )


def _hent_punkt(pk: int) -> Dagsordenspunkt:
    return get_object_or_404(
        Dagsordenspunkt.objects.select_related("moede__moedeleder", "sag"), pk=pk
    )


@require_POST
@kraever("moede.planlaeg")
def moede_punkt_flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Move a case one place, `retning` being «op» or «ned»; the times follow."""
    punkt = _hent_punkt(pk)
    retning: services.Retning = "op" if request.POST.get("retning") == "op" else "ned"
    return _udfoer(
        request,
        punkt.moede,
        f"{punkt.sag.sagsnummer} er flyttet {retning}. Tiderne er regnet om.",
        lambda: services.flyt(punkt, retning, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_punkt_tag_af(request: Anmodning, pk: int) -> HttpResponse:
    """Take a case off the agenda."""
    punkt = _hent_punkt(pk)
    return _udfoer(
        request,
        punkt.moede,
        f"{punkt.sag.sagsnummer} er taget af dagsordenen. Deltagerne kan ikke længere læse sagen.",
        lambda: services.tag_af(punkt, af=request.user),
    )


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Let one more person sit in the meeting."""
    moede, form = _hent(request, pk), DeltagerForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        medlem = Medlem(data["bruger"], data["fagomraade"], data["mandat"])
        try:
            services.tilfoej_deltager(moede, medlem, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{medlem.bruger.navn} deltager nu i mødet.")
            return redirect("rehabilitering:moede", pk=moede.pk)
    return _dagsordenside(request, moede, form)


@require_POST
@kraever("moede.planlaeg")
def moede_deltager_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take a person off the meeting."""
    deltager = get_object_or_404(
        Moededeltager.objects.select_related("moede__moedeleder", "bruger"), pk=pk
    )
    return _udfoer(
        request,
        deltager.moede,
        f"{deltager.bruger.navn} deltager ikke længere i mødet.",
        lambda: services.fjern_deltager(deltager, af=request.user),
    )


@require_safe
@kraever("indstilling.se")
def sag_moede(request: Anmodning, pk: int) -> HttpResponse:
    """The case's tab: its meeting, what the team recommends, and how the decision stands."""
    sag = sagsramme.hent(request, pk)
    punkter = list(
        sag.dagsordenspunkter.aktive().select_related("moede", "indstilling").order_by("-pk")
    )
    aabent = next((p for p in punkter if p.behandlet_den is None), None)
    indstillinger: list[Any] = list(
        sag.indstillinger.afsluttede()
        .select_related("punkt__moede", "afsluttet_af", "afgoerelse__brev")
        .prefetch_related(
            "linjer__indsatstype",
            Prefetch(
                "indsatte_svar", Svarindsaettelse.objects.med_kilde(), to_attr="staaende_svar"
            ),
        )
    )
    skjulte = helbred.moeder_uden_tekst(sag, request.user)
    for indstilling in indstillinger:
        indstilling.med_tekst = indstilling.punkt.moede_id not in skjulte
        # The team's reasons are told to who sat there; an answer is health as such.
        if not helbred.ser_forberedelsens(indstilling.punkt, request.user):
            indstilling.staaende_svar = []
    kontekst = sagsramme.ramme(request, sag, "moede") | {
        "aabent": aabent,
        "tid": _tid(aabent) if aabent else None,
        "indstillinger": indstillinger,
        "maa_live": maa(request.user, "moede.live"),
        "maa_se_afgoerelse": maa(request.user, "afgoerelse.se"),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
        "kan_afgoeres": sag.fase == Fase.AFGOERELSE,
        "kan_sende": maa(request.user, "forsendelse.send"),
        "maa_se_drejebog": maa(request.user, "drejebog.se"),
    }
    return render(request, "rehabilitering/moede_sag.html", kontekst)


def _tid(punkt: Dagsordenspunkt) -> tuple[Any, Any]:
    nr, _ = dagsorden.plads_for(punkt)
    return dagsorden.tid_for(punkt.moede, nr - 1)
