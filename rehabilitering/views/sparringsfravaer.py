"""Absences, closing days, and the bookings they hit."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering.forms.sparringstid import FravaerForm, LukkedagForm
from rehabilitering.models import Fravaer, Sparringsbooking, Teammoede
from rehabilitering.services.sparring import fravaer as services
from ressource import dansk
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.kalender import i_dag
from ressource.models import Lukkedag

PR_SIDE = 25


@require_http_methods(["GET", "POST"])
@kraever("sparring.udgiv")
def sparring_fravaer(request: Anmodning) -> HttpResponse:
    """Absences to come, and register one."""
    form = FravaerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _, ramte = services.meld_fravaer(
                data["sundhedskoordinator"],
                *form.tidsrum,
                aarsag=data["aarsag"],
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Fraværet er registreret. {_ramte_tekst(ramte)}")
            return redirect(_videre(request, ramte, "rehabilitering:sparring_fravaer"))
    liste = (
        Fravaer.objects.filter(slut__gt=timezone.now())
        .select_related("bruger")
        .order_by("start", "pk")
    )
    kontekst = {"form": form, "liste": liste}
    return render(
        request, "rehabilitering/sparring_fravaer.html", kontekst, status=status_for(form)
    )


@require_POST
@kraever("sparring.udgiv")
def sparring_fravaer_slet(request: Anmodning, pk: int) -> HttpResponse:
    """Remove an absence that is not to be after all."""
    services.slet_fravaer(get_object_or_404(Fravaer, pk=pk), af=request.user)
    messages.success(request, "Fraværet er slettet. De ledige tider kan bookes igen.")
    return redirect("rehabilitering:sparring_fravaer")


@require_http_methods(["GET", "POST"])
@kraever("lukkedag.ret")
def lukkedage(request: Anmodning) -> HttpResponse:
    """The municipality's own closing days to come, and add some."""
    form = LukkedagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            nye, ramte = services.luk_dage(
                data["fra"], data["til"] or data["fra"], aarsag=data["aarsag"], af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            dage = ", ".join(dansk.dato_kort(dag.dato) for dag in nye)
            messages.success(request, f"Der er lukket {dage}. {_ramte_tekst(ramte)}")
            return redirect(_videre(request, ramte, "rehabilitering:lukkedage"))
    liste = list(Lukkedag.objects.filter(dato__gte=i_dag()))
    moeder = dict(
        Teammoede.objects.filter(dato__in=[dag.dato for dag in liste])
        .values_list("dato")
        .annotate(antal=Count("pk"))
    )
    kontekst = {"form": form, "liste": [(dag, moeder.get(dag.dato, 0)) for dag in liste]}
    return render(request, "rehabilitering/lukkedage.html", kontekst, status=status_for(form))


@require_POST
@kraever("lukkedag.ret")
def lukkedag_slet(request: Anmodning, pk: int) -> HttpResponse:
    """Open a day again."""
    lukkedag = get_object_or_404(Lukkedag, pk=pk)
    services.aabn_dag(lukkedag, af=request.user)
    messages.success(request, f"Der er åbent igen {dansk.dato_lang(lukkedag.dato)}.")
    return redirect("rehabilitering:lukkedage")


def _ramte_tekst(ramte: list[Sparringsbooking]) -> str:
    """How many bookings were hit, and that those who booked have been told."""
    if not ramte:
        return "Ingen bookinger er ramt."
    antal = "1 booking" if len(ramte) == 1 else f"{len(ramte)} bookinger"
    return f"{antal} er ramt. De, der har booket, har fået besked og er tilbudt nye tider."


def _videre(request: Anmodning, ramte: list[Sparringsbooking], ellers: str) -> str:
    """Where to go: to the bookings that were hit, for who may see them."""
    if ramte and maa(request.user, "sparring.udgiv"):
        return reverse("rehabilitering:sparring_ramte")
    return reverse(ellers)


@require_safe
@kraever("sparring.udgiv")
def sparring_ramte(request: Anmodning) -> HttpResponse:
    """Bookings on a closing day or in an absence, each with the slots it can be moved to."""
    side = Paginator(services.ramte_bookinger(), PR_SIDE).get_page(request.GET.get("side"))
    bookinger = list(side.object_list)
    nye = services.nye_tider(bookinger)
    kontekst = {"side": side, "raekker": [(b, nye[b.pk]) for b in bookinger]}
    return render(request, "rehabilitering/sparring_ramte.html", kontekst)
