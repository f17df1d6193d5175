"""The screening note: the caseworker writes, the faglig konsulent decides."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering.forms.screening import AfgoerNotatForm, ScreeningsnotatForm
from rehabilitering.models import Screeningsnotat
from rehabilitering.services import screening as services
from rehabilitering.views import konflikt
from ressource import dansk
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar, vil_have_del
from ressource.samtidighed import ForaeldetVersionError, uenigheder

SKABELON = "rehabilitering/screening.html"


@require_http_methods(["GET", "POST"])
@kraever("screening.se")
def screening(request: Anmodning, pk: int) -> HttpResponse:
    """The case's notes; POST saves the draft, and hands it in with `trin=indsend`.

    The form saves itself while one types; those saves are answered with the status alone.
    """
    sag = sagsramme.hent(request, pk)
    if request.method == "GET":
        return _side(request, sag)
    kraev(request.user, "screening.skriv")
    form = ScreeningsnotatForm(request.POST, instance=Screeningsnotat(sag=sag))
    indsend = request.POST.get("trin") == "indsend"
    if form.is_valid():
        try:
            laas = form.cleaned_data["laas"]
            notat = services.gem_notat(sag, form.cleaned_data, laas=laas, af=request.user)
            form.gaa_videre_fra(notat)
            if indsend:
                services.indsend_notat(notat, af=request.user)
        except ForaeldetVersionError:
            return _konfliktside(request, sag, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            if vil_have_del(request):
                return _gemt(request, notat)
            tekst = "Notatet er sendt til faglig konsulent." if indsend else "Kladden er gemt."
            messages.success(request, tekst)
            return redirect("rehabilitering:screening", pk=sag.pk)
    if vil_have_del(request):
        return _ikke_gemt(
            request, [str(t) for tekster in form.errors.values() for t in tekster], 422
        )
    return _side(request, sag, form=form)


@require_http_methods(["GET", "POST"])
@kraever("screening.afgoer")
def screening_afgoer(request: Anmodning, pk: int) -> HttpResponse:
    """Decide the note that was on the page; GET shows the page with the decision form."""
    sag = sagsramme.hent(request, pk)
    if request.method == "GET":
        return _side(request, sag)
    form = AfgoerNotatForm(request.POST, sag=sag)
    if form.is_valid():
        try:
            services.afgoer_notat(**form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Screeningen af {sag.sagsnummer} er afgjort.")
            return redirect("overblik")
    return _side(request, sag, afgoer=form)


def _konfliktside(request: Anmodning, sag: Sag, form: ScreeningsnotatForm) -> HttpResponse:
    """409 with both versions; what is chosen is saved as a draft, whatever the button was.

    The same text sent twice is no conflict.
    """
    gemt = sag.screeningsnotater.select_related("sag__borger")[0]
    felter = uenigheder(form, ScreeningsnotatForm(instance=gemt))
    if vil_have_del(request):
        if not felter:
            return _gemt(request, gemt)
        tekst = "En anden gemte, mens du skrev. Tryk på Gem kladden for at se begge tekster."
        return _ikke_gemt(request, [tekst], 409)
    if not felter:
        messages.success(request, "Kladden er allerede gemt med det samme indhold.")
        return redirect("rehabilitering:screening", pk=sag.pk)
    data = request.POST.copy()
    data.pop("trin", None)
    request.POST = data  # type: ignore[assignment]
    return konflikt.konfliktside(
        request,
        gemt,
        felter,
        objekt="screening",
        kode="screening.gemt",
        titel="I har begge skrevet i screeningsnotatet",
        fortryd=reverse("rehabilitering:screening", args=[sag.pk]),
    )


def _gemt(request: Anmodning, notat: Screeningsnotat) -> HttpResponse:
    """After an automatic save: the time, and the lock number that the next one is sent with."""
    kontekst = {"gemt_kl": dansk.klokkeslaet(timezone.now()), "laas": notat.laas}
    return svar(request, SKABELON, kontekst, delvis="gemt")


def _ikke_gemt(request: Anmodning, fejl: list[str], status: int) -> HttpResponse:
    """After an automatic save that was refused: why. The text stands in its field."""
    return svar(request, SKABELON, {"fejl": fejl}, delvis="gemt", status=status)


def _side(
    request: Anmodning,
    sag: Sag,
    *,
    form: ScreeningsnotatForm | None = None,
    afgoer: AfgoerNotatForm | None = None,
) -> HttpResponse:
    """The page: the open note to write in, or the newest one to read and decide."""
    notater = list(sag.screeningsnotater.select_related("skrevet_af", "afgjort_af"))
    seneste = notater[0] if notater else None
    fravigelser = list(sag.screeningsfravigelser.select_related("anmodet_af", "afgjort_af"))
    kan_skrive = (
        sag.fase == Fase.SCREENING
        and maa(request.user, "screening.skriv")
        and (seneste is None or seneste.kan_skrives_videre)
    )
    if form is None and kan_skrive:
        form = ScreeningsnotatForm(instance=services.udkast(sag, af=request.user))
    if afgoer is None and seneste and seneste.venter and maa(request.user, "screening.afgoer"):
        afgoer = AfgoerNotatForm(sag=sag, initial={"notat": seneste})
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="screening") | {
        "form": form,
        "afgoer": afgoer,
        "er_egen": bool(afgoer and seneste and services.er_egen(seneste, request.user)),
        "notat": seneste if form is None else None,
        "afgjorte": [notat for notat in notater if notat.resultat],
        "maa_skrive": maa(request.user, "screening.skriv"),
        "usagt": services.usagt(seneste) if afgoer and seneste else [],
        "mangler_perspektiv": bool(seneste and services.mangler_perspektiv(seneste, sag)),
        "fravigelser": fravigelser,
        "kan_fravige": sag.fase == Fase.SCREENING
        and maa(request.user, "screening.skriv")
        and not any(f.kan_afgoeres for f in fravigelser),
    }
    sendt = form if form is not None and form.is_bound else afgoer
    status = status_for(sendt) if sendt is not None else 200
    return svar(request, SKABELON, kontekst, status=status)
