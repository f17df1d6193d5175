"""The progression questions: the versions, the one being written, and how it will look."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opfoelgning import maaling
from opfoelgning.forms.progression import IndikatorForm, UdgivForm, VersionForm
from opfoelgning.models import Progressionsindikator, Progressionskatalog
from opfoelgning.services import progressionskatalog as services
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

FORMULAR = "opfoelgning/progressionskatalog_form.html"


@require_safe
@kraever("katalog.ret")
def versioner(request: Anmodning) -> HttpResponse:
    """Every version, the newest first."""
    alle = list(
        Progressionskatalog.objects.select_related("udgivet_af").annotate(
            antal=Count("indikatorer")
        )
    )
    kontekst = {
        "versioner": alle,
        "har_kladde": any(k.er_kladde for k in alle),
        "i_dag": i_dag(),
    }
    return svar(request, "opfoelgning/progressionskataloger.html", kontekst)


@require_POST
@kraever("katalog.ret")
def version_ny(request: Anmodning) -> HttpResponse:
    """Begin a new version."""
    try:
        katalog = services.ny_version(af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect("opfoelgning:progressionskataloger")
    messages.success(
        request, "Den nye version er en kopi af den seneste. Ret den, og tag den i brug."
    )
    return redirect("opfoelgning:progressionskatalog", katalog.pk)


@require_safe
@kraever("katalog.ret")
def version(request: Anmodning, pk: int) -> HttpResponse:
    """One version: its questions, how they look in the meeting form, and putting it in use."""
    katalog = _hent(pk)
    return _side(request, katalog, UdgivForm(katalog=katalog))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("katalog.ret")
def version_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Name, advice and months between of the new version."""
    katalog = _hent_kladde(pk)
    form = VersionForm(request.POST or None, katalog=katalog)
    if request.method == "POST" and form.is_valid():
        try:
            services.ret_version(katalog, **form.cleaned_data, af=request.user)
        except ForaeldetVersionError:
            katalog = _hent(pk)
            return _konflikt(request, katalog, form, VersionForm(katalog=katalog))
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Den nye version er rettet.")
            return redirect("opfoelgning:progressionskatalog", pk)
    kontekst = {"katalog": katalog, "form": form, "overskrift": "Navn og vejledning"}
    return svar(request, FORMULAR, kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("katalog.ret")
def indikator_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Add an indicator to the new version."""
    return _indikator(request, _hent_kladde(pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("katalog.ret")
def indikator_ret(request: Anmodning, pk: int, indikator_pk: int) -> HttpResponse:
    """Write an indicator of the new version anew."""
    katalog = _hent_kladde(pk)
    return _indikator(request, katalog, get_object_or_404(katalog.indikatorer, pk=indikator_pk))


def _indikator(
    request: Anmodning, katalog: Progressionskatalog, indikator: Progressionsindikator | None
) -> HttpResponse:
    overskrift = f"Ret «{indikator}»" if indikator else "Ny indikator"
    form = IndikatorForm(request.POST or None, katalog=katalog, indikator=indikator)
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.gem_indikator(
                katalog, indikator, form.tekst(), laas=form.cleaned_data["laas"], af=request.user
            )
        except ForaeldetVersionError:
            katalog = _hent(katalog.pk)
            gemt = katalog.indikatorer.filter(pk=indikator.pk).first() if indikator else None
            return _konflikt(request, katalog, form, IndikatorForm(katalog=katalog, indikator=gemt))
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"«{ny.navn}» er gemt.")
            return redirect("opfoelgning:progressionskatalog", katalog.pk)
    kontekst = {"katalog": katalog, "form": form, "overskrift": overskrift}
    return svar(request, FORMULAR, kontekst, status=status_for(form))


@require_POST
@kraever("katalog.ret")
def indikator_flyt(request: Anmodning, pk: int, indikator_pk: int) -> HttpResponse:
    """Move an indicator one place, `retning` being «op» or «ned»."""
    katalog = _hent(pk)
    retning: services.Retning = "op" if request.POST.get("retning") == "op" else "ned"
    return _udfoer(
        request,
        katalog,
        "Rækkefølgen er ændret.",
        lambda: services.flyt_indikator(katalog, indikator_pk, retning, af=request.user),
    )


@require_POST
@kraever("katalog.ret")
def indikator_fjern(request: Anmodning, pk: int, indikator_pk: int) -> HttpResponse:
    """Take an indicator out of the new version."""
    katalog = _hent(pk)
    return _udfoer(
        request,
        katalog,
        "Indikatoren er taget ud af den nye version.",
        lambda: services.fjern_indikator(katalog, indikator_pk, af=request.user),
    )


@require_POST
@kraever("katalog.ret")
def version_udgiv(request: Anmodning, pk: int) -> HttpResponse:
    """Put the new version in use from a day."""
    katalog = _hent(pk)
    form = UdgivForm(request.POST, katalog=katalog)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.udgiv(katalog, fra=data["fra"], laas=data["laas"], af=request.user)
        except ForaeldetVersionError:
            messages.error(
                request, "Versionen er rettet imens. Se den igennem, og tag den så i brug."
            )
            return redirect("opfoelgning:progressionskatalog", pk)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Version {katalog.nr} bruges fra {dansk.dato(data['fra'])}.")
            return redirect("opfoelgning:progressionskatalog", pk)
    return _side(request, _hent(pk), form)


@require_POST
@kraever("katalog.ret")
def version_kasser(request: Anmodning, pk: int) -> HttpResponse:
    """Throw the new version away."""
    katalog = _hent(pk)
    try:
        services.kasser(katalog, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Den nye version er kasseret.")
    return redirect("opfoelgning:progressionskataloger")


def _hent(pk: int) -> Progressionskatalog:
    return get_object_or_404(Progressionskatalog.objects.select_related("udgivet_af"), pk=pk)


def _hent_kladde(pk: int) -> Progressionskatalog:
    return get_object_or_404(Progressionskatalog.objects.kladder(), pk=pk)


def _side(request: Anmodning, katalog: Progressionskatalog, form: UdgivForm) -> HttpResponse:
    indikatorer = list(katalog.indikatorer.select_related("katalog").prefetch_related("trin"))
    kontekst = {
        "katalog": katalog,
        "indikatorer": indikatorer,
        "form": form,
        "maaling": maaling.proeve(indikatorer),
        "har_kladde": Progressionskatalog.objects.kladder().exists(),
    }
    return svar(request, "opfoelgning/progressionskatalog.html", kontekst, status=status_for(form))


def _konflikt(
    request: Anmodning,
    katalog: Progressionskatalog,
    form: VersionForm | IndikatorForm,
    gemt: VersionForm | IndikatorForm,
) -> HttpResponse:
    """Another administrator wrote in the new version meanwhile: both versions of the fields."""
    return konfliktside(
        request,
        form,
        gemt,
        sidst_gemt(katalog, "progressionskatalog.rettet", sag_id=None),
        titel="I har begge rettet den nye version",
        fortryd=reverse("opfoelgning:progressionskatalog", args=[katalog.pk]),
    )


def _udfoer(
    request: Anmodning, katalog: Progressionskatalog, tekst: str, goer: Callable[[], None]
) -> HttpResponse:
    try:
        goer()
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, tekst)
    return redirect("opfoelgning:progressionskatalog", katalog.pk)
