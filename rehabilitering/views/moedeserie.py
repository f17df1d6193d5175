"""Planning meetings: one or a series, moving one, calling one off, ending a series."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering.forms.moede import (
    AflysForm,
    MoedeForm,
    MoedeserieForm,
    RetMoedeForm,
    SkiftMedlemForm,
    StopSerieForm,
)
from rehabilitering.models import Fastmedlem, Moedeserie, Teammoede
from rehabilitering.services import moede as services
from rehabilitering.services.moede import serier
from rehabilitering.views import dagsordenside
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag

FLEST_SERIER = 50


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_ny(request: Anmodning) -> HttpResponse:
    """Plan a meeting."""
    form = MoedeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rammer = ("dato", "start", "slut", "sted", "kapacitet", "minutter_pr_sag", "moedeleder")
        data = {felt: form.cleaned_data[felt] for felt in (*rammer, "stedfortraeder_leder")}
        try:
            moede = services.opret_moede(**data, medlemmer=form.medlemmer(), af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Teammødet er oprettet. Sæt nu sager på dagsordenen.")
            return redirect("rehabilitering:moede", pk=moede.pk)
    return render(
        request, "rehabilitering/moede_form.html", {"form": form}, status=status_for(form)
    )


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Another day, time, place or chair for one meeting."""
    moede = dagsordenside.hent(request, pk)
    form = RetMoedeForm(moede, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ret_moede(
                moede, form.rettelse, sekvens=form.cleaned_data["sekvens"], af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            _laes_igen(form, moede)
        else:
            messages.success(
                request, "Mødet er rettet. Deltagerne får besked, hvis det er flyttet."
            )
            return redirect("rehabilitering:moede", pk=moede.pk)
    kontekst = {"moede": moede, "form": form}
    return render(request, "rehabilitering/moede_ret.html", kontekst, status=status_for(form))


def _laes_igen(form: RetMoedeForm, moede: Teammoede) -> None:
    """Let the refused form, sent again, count as written on what is stored now."""
    moede.refresh_from_db(fields=["sekvens"])
    form.data = {**form.data.dict(), "sekvens": str(moede.sekvens)}  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Call a meeting off: its cases wait for another."""
    moede = dagsordenside.hent(request, pk)
    form = AflysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.aflys_moede(moede, form.cleaned_data["grund"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Mødet er aflyst. Sagerne venter på et andet møde.")
            return redirect("rehabilitering:moede_liste")
    kontekst = {"moede": moede, "form": form, "antal": moede.punkter.aabne().count()}
    return render(request, "rehabilitering/moede_aflys.html", kontekst, status=status_for(form))


@require_safe
@kraever("moede.planlaeg")
def moede_serier(request: Anmodning) -> HttpResponse:
    """The series, the newest first."""
    liste = Moedeserie.objects.select_related("moedeleder")[:FLEST_SERIER]
    kontekst = {"serier": [(serie, _rytme(serie)) for serie in liste]}
    return render(request, "rehabilitering/moedeserier.html", kontekst)


def _rytme(serie: Moedeserie) -> str:
    """«Torsdag hver 2. uge»."""
    hver = "hver uge" if serie.hver_uge == 1 else f"hver {serie.hver_uge}. uge"
    return f"{dansk.UGEDAGE[serie.ugedag].capitalize()} {hver}"


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_serie_ny(request: Anmodning) -> HttpResponse:
    """Lay out a series: `vis` shows every day first, else the meetings are made."""
    form = MoedeserieForm(request.POST or None)
    visning: serier.Forhaandsvisning | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "vis" in request.POST:
                visning = serier.vis_plan(form.plan)
            else:
                serie, visning = serier.opret_serie(form.plan, form.medlemmer(), af=request.user)
                messages.success(request, f"{len(visning.dage)} møder er lagt ud.")
                return redirect("rehabilitering:moede_serie", pk=serie.pk)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
    kontekst = {"form": form, "visning": visning}
    return render(request, "rehabilitering/moedeserie_ny.html", kontekst, status=status_for(form))


def _serie(pk: int) -> Moedeserie:
    serier_ = Moedeserie.objects.select_related("moedeleder", "stedfortraeder_leder", "oprettet_af")
    return get_object_or_404(serier_, pk=pk)


def _serieside(
    request: Anmodning, serie: Moedeserie, *, stop: StopSerieForm | None = None
) -> HttpResponse:
    stop = stop or StopSerieForm(initial={"fra": i_dag()})
    kontekst = {
        "serie": serie,
        "rytme": _rytme(serie),
        "medlemmer": serie.medlemmer.select_related("bruger", "stedfortraeder"),
        "moeder": serie.moeder.kommende(i_dag()).med_antal().select_related("moedeleder"),
        "stop": stop,
    }
    return render(request, "rehabilitering/moedeserie.html", kontekst, status=status_for(stop))


@require_safe
@kraever("moede.planlaeg")
def moede_serie(request: Anmodning, pk: int) -> HttpResponse:
    """One series: its members and its meetings to come."""
    return _serieside(request, _serie(pk))


@require_POST
@kraever("moede.planlaeg")
def moede_serie_stop(request: Anmodning, pk: int) -> HttpResponse:
    """End a series; meetings with cases are held."""
    serie, form = _serie(pk), StopSerieForm(request.POST)
    if form.is_valid():
        try:
            aflyst, staar = serier.stop_serie(serie, form.cleaned_data["fra"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            tekst = f"Serien er stoppet. {aflyst} møder er aflyst."
            if staar:
                tekst += f" {staar} møder har sager på dagsordenen og står ved magt."
            messages.success(request, tekst)
            return redirect("rehabilitering:moede_serie", pk=serie.pk)
    return _serieside(request, serie, stop=form)


@require_http_methods(["GET", "POST"])
@kraever("moede.planlaeg")
def moede_serie_medlem(request: Anmodning, pk: int) -> HttpResponse:
    """Another person for a standing member, in all meetings from a day on."""
    fast = get_object_or_404(
        Fastmedlem.objects.select_related("serie", "bruger", "stedfortraeder"), pk=pk
    )
    form = SkiftMedlemForm(request.POST or None, initial={"fra": i_dag()})
    if request.method == "POST" and form.is_valid():
        ny, navn = form.cleaned_data["ny"], fast.bruger.navn
        try:
            antal = serier.afloes_medlem(fast, ny, form.cleaned_data["fra"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{ny.navn} er sat ind for {navn} i {antal} møder.")
            return redirect("rehabilitering:moede_serie", pk=fast.serie_id)
    kontekst = {"fast": fast, "form": form}
    return render(
        request, "rehabilitering/moedeserie_medlem.html", kontekst, status=status_for(form)
    )
