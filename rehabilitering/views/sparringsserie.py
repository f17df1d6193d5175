"""Weekly series of slots: lay out with a preview, publish, leave out a day, end."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering import sparringsuge
from rehabilitering.forms.sparringstid import DagForm, SerieForm
from rehabilitering.models import Sparringsserie
from rehabilitering.services.sparring import fravaer, serier
from rehabilitering.views.sparring_tider import udeladt_tekst, udgivet_tekst
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag

# Series that ended long ago are not on the list.
FLEST_SERIER = 50
PR_SIDE = 50


def udgiverside(uge: sparringsuge.Uge) -> dict[str, Any]:
    """What the week page shows besides to who publishes: the form for a series, bookings hit."""
    return {
        "serie_form": SerieForm(initial={"fra_dato": max(uge.mandag, i_dag())}),
        "antal_ramte": fravaer.ramte_bookinger().count(),
    }


@require_safe
@kraever("sparring.udgiv")
def sparring_serier(request: Anmodning) -> HttpResponse:
    """The series, the newest first, with how many drafts and slots to come each has."""
    kommende = Q(tider__aflyst_den=None, tider__start__gt=timezone.now())
    liste = (
        Sparringsserie.objects.select_related("sundhedskoordinator")
        .annotate(
            antal_kladder=Count("tider", filter=kommende & Q(tider__udgivet_den=None)),
            antal_kommende=Count("tider", filter=kommende & Q(tider__udgivet_den__isnull=False)),
        )
        .order_by("-fra_dato", "-pk")[:FLEST_SERIER]
    )
    return render(request, "rehabilitering/sparring_serier.html", {"serier": liste})


@require_http_methods(["GET", "POST"])
@kraever("sparring.udgiv")
def sparring_serie_ny(request: Anmodning) -> HttpResponse:
    """Lay out a series: `vis` shows every date first, else it is kept as drafts.

    htmx asks with `vis` for the preview alone.
    """
    form = SerieForm(request.POST or None, initial={"fra_dato": i_dag()})
    visning: serier.Forhaandsvisning | None = None
    if request.method == "POST" and form.is_valid():
        koordinator = form.cleaned_data["sundhedskoordinator"]
        try:
            if "vis" in request.POST:
                visning = serier.vis_plan(koordinator, form.plan)
            else:
                serie, visning = serier.opret_serie(
                    koordinator, form.plan, form.hvordan, af=request.user
                )
                messages.success(request, _gemt_tekst(visning))
                return redirect("rehabilitering:sparring_serie", pk=serie.pk)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
    kontekst = {"form": form, "visning": visning}
    if "HX-Request" in request.headers:
        # While somebody is filling in, an unfinished form is no refusal.
        return render(request, "rehabilitering/_sparring_forhaandsvisning.html", kontekst)
    return render(
        request, "rehabilitering/sparring_serie_ny.html", kontekst, status=status_for(form)
    )


def _gemt_tekst(visning: serier.Forhaandsvisning) -> str:
    antal = len(visning.pladser)
    tekst = "1 tid er gemt" if antal == 1 else f"{antal} tider er gemt"
    return f"{tekst} som kladde. {udeladt_tekst(visning.udeladte)}".strip()


def _serie(pk: int) -> Sparringsserie:
    return get_object_or_404(
        Sparringsserie.objects.select_related("sundhedskoordinator", "oprettet_af"), pk=pk
    )


def _serieside(
    request: Anmodning,
    serie: Sparringsserie,
    *,
    undtag: DagForm | None = None,
    slut: DagForm | None = None,
) -> HttpResponse:
    """The page of one series, with the form that was refused, if any."""
    tider = serie.tider.filter(aflyst_den=None, start__gt=timezone.now())
    alle = tider.med_bundet().order_by("start", "pk")
    undtag = undtag or DagForm(label="Undtag denne dag", prefix="undtag")
    slut = slut or DagForm(label="Ophører fra", prefix="slut", initial={"dato": i_dag()})
    kontekst = {
        "serie": serie,
        "fra_tekst": dansk.dato(serie.fra_dato),
        "ugedage": sparringsuge.ugedage_tekst(serie.ugedage),
        "side": Paginator(alle, PR_SIDE).get_page(request.GET.get("side")),
        "antal_kladder": tider.filter(udgivet_den=None).count(),
        "undtagelser": [(dag, dag >= i_dag()) for dag in serie.undtagelser],
        "undtag": undtag,
        "slut": slut,
    }
    status = max(status_for(undtag), status_for(slut))
    return render(request, "rehabilitering/sparring_serie.html", kontekst, status=status)


@require_safe
@kraever("sparring.udgiv")
def sparring_serie(request: Anmodning, pk: int) -> HttpResponse:
    """One series: its slots to come, what is a draft, and what can be done with it."""
    return _serieside(request, _serie(pk))


@require_POST
@kraever("sparring.udgiv")
def sparring_serie_udgiv(request: Anmodning, pk: int) -> HttpResponse:
    """Publish all the series' drafts."""
    serie = _serie(pk)
    # A slot that was moved may lie after the series' last day.
    sidste = serie.tider.aggregate(sidste=Max("start"))["sidste"]
    til = max(serie.til_dato, timezone.localdate(sidste)) if sidste else serie.til_dato
    try:
        udgivelse = serier.udgiv_kladder(i_dag(), til, serie=serie, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, udgivet_tekst(udgivelse))
    return redirect("rehabilitering:sparring_serie", pk=pk)


@require_POST
@kraever("sparring.udgiv")
def sparring_serie_undtag(request: Anmodning, pk: int) -> HttpResponse:
    """Leave out one day of the series."""
    serie = _serie(pk)
    form = DagForm(request.POST, label="Undtag denne dag", prefix="undtag")
    if form.is_valid():
        try:
            antal = serier.undtag_dag(serie, form.cleaned_data["dato"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            tider = "1 tid" if antal == 1 else f"{antal} tider"
            messages.success(request, f"Dagen er undtaget. {tider} er taget tilbage.")
            return redirect("rehabilitering:sparring_serie", pk=pk)
    return _serieside(request, serie, undtag=form)


@require_POST
@kraever("sparring.udgiv")
def sparring_serie_saet_ind(request: Anmodning, pk: int) -> HttpResponse:
    """Put a day that was left out back into the series."""
    try:
        dato = date.fromisoformat(request.POST.get("dato", ""))
        antal = serier.saet_dag_ind(_serie(pk), dato, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    except ValueError:
        messages.error(request, "Vælg en af de undtagne dage.")
    else:
        tider = "1 tid" if antal == 1 else f"{antal} tider"
        messages.success(
            request, f"{dansk.dato_kort(dato).capitalize()} er sat ind igen: {tider} som kladde."
        )
    return redirect("rehabilitering:sparring_serie", pk=pk)


@require_POST
@kraever("sparring.udgiv")
def sparring_serie_slut(request: Anmodning, pk: int) -> HttpResponse:
    """End the series from a day on; what is booked stays."""
    serie = _serie(pk)
    form = DagForm(request.POST, label="Ophører fra", prefix="slut")
    if form.is_valid():
        try:
            vaek, bliver = serier.slut_serie(serie, form.cleaned_data["dato"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            tekst = f"De faste tider er ophørt. {vaek} ledige tider og kladder er taget tilbage."
            if bliver:
                tekst += f" {bliver} bookede tider står ved magt."
            messages.success(request, tekst)
            return redirect("rehabilitering:sparring_serie", pk=pk)
    return _serieside(request, serie, slut=form)
