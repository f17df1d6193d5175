"""The draft that lays the case before the team again, and what comes of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagspdf, sagsramme
from indsatsplan import dokumenter_garanti, garantiside, genforelaeggelse, services
from indsatsplan.forms.garanti import GenforelaeggelseForm, SaerligeGrundeForm
from indsatsplan.models import Ressourceforloeb
from indsatsplan.views import hentning
from rehabilitering.services import ny_runde
from rehabilitering.services.afgoerelse import kan_skrive
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

_OBJEKT = "genforelaeggelse"


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def udkast(request: Anmodning, pk: int) -> HttpResponse:
    """The draft; before it is saved, what can be reckoned of it."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    if request.method == "GET":
        return _side(request, forloeb)
    gemt = forloeb.genforelaeggelser.aabne().first()
    form = GenforelaeggelseForm(request.POST, instance=gemt)
    if form.is_valid():
        try:
            services.gem_udkast(forloeb, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            return _konflikt(request, forloeb, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Udkastet er gemt.")
            return redirect("indsatsplan:genforelaeggelse", pk)
    return _side(request, forloeb, form=form)


@require_POST
@kraever("plan.skriv")
def forelaeg(request: Anmodning, pk: int) -> HttpResponse:
    """Begin the new round that the draft is for."""
    fundet = hentning.genforelaeggelse(request, pk)
    try:
        services.forelaeg(fundet, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return _side(request, fundet.forloeb, status=422)
    messages.success(
        request,
        "Sagen forberedes til teamet, og forløbet fortsætter imens. Udkastet ligger nu under "
        "Dokumenter og kan vælges til sagspakken.",
    )
    return redirect("rehabilitering:forberedende_del", pk=fundet.forloeb.sag_id)


@require_POST
@kraever("plan.skriv")
def saerlige_grunde(request: Anmodning, pk: int) -> HttpResponse:
    """Settle that the team need not see the case."""
    fundet = hentning.genforelaeggelse(request, pk)
    form = SaerligeGrundeForm(request.POST)
    if form.is_valid():
        try:
            services.afgoer_med_saerlige_grunde(fundet, af=request.user, **form.cleaned_data)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "De særlige grunde er gemt. Teamet skal ikke se sagen igen.")
            return hentning.til_planen(fundet.forloeb, "garanti")
    return _side(request, fundet.forloeb, grundeform=form)


@require_safe
@kraever("plan.se_helbred")
def udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The saved draft as a PDF; logged as printed."""
    fundet = hentning.genforelaeggelse(request, pk)
    return sagspdf.vis(
        request,
        fundet.forloeb.sag,
        _OBJEKT,
        lambda: dokumenter_garanti.udkast(fundet, tidspunkt=timezone.now()),
        filnavn="til-teamet.pdf",
        ellers=reverse("indsatsplan:plan", args=[fundet.forloeb.sag_id]),
    )


def _side(
    request: Anmodning,
    forloeb: Ressourceforloeb,
    *,
    form: GenforelaeggelseForm | None = None,
    grundeform: SaerligeGrundeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sag, dato = forloeb.sag, i_dag()
    alle = list(forloeb.genforelaeggelser.select_related("afgjort_af"))
    aabent = next((g for g in alle if g.afgjort_den is None), None)
    if form is None:
        foerst = {} if aabent else {"tekst": genforelaeggelse.foerste_udkast(forloeb, dato)}
        form = GenforelaeggelseForm(instance=aabent, initial=foerst)
    afvist = form if form.errors else grundeform
    garanti = garantiside.hent(forloeb, dato)
    kontekst = sagsramme.ramme(request, sag, "plan", objekt=_OBJEKT) | {
        "form": form,
        "grundeform": grundeform or SaerligeGrundeForm(),
        "udkast": aabent,
        "mangler": genforelaeggelse.mangler(aabent.tekst) if aabent else [],
        "afgjorte": [g for g in alle if g.afgjort_den],
        "garanti": garanti,
        # What was sent is shown again, whatever happened meanwhile.
        "kan_rette": hentning.er_aabent(forloeb)
        and (aabent is not None or garanti.kan_forelaegges or form.is_bound),
        "kan_begynde": sag.fase in ny_runde.FASER and kan_skrive(sag, request.user),
    }
    if afvist:
        status = status_for(afvist)
    return svar(request, "indsatsplan/genforelaeggelse.html", kontekst, status=status)


def _konflikt(
    request: Anmodning, forloeb: Ressourceforloeb, form: GenforelaeggelseForm
) -> HttpResponse:
    """Somebody saved or used the draft meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = forloeb.genforelaeggelser.first()
    return konfliktside(
        request,
        form,
        GenforelaeggelseForm(instance=gemt),
        sidst_gemt(gemt, "plan.genforelaeggelse_gemt", sag_id=forloeb.sag_id) if gemt else None,
        titel="I har begge rettet udkastet",
        fortryd=reverse("indsatsplan:genforelaeggelse", args=[forloeb.sag_id]),
    )
