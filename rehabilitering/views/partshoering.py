"""Hearing the citizen before a decision: the letter, the answer, what it means."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Sag
from borgere.sagspdf import vis
from rehabilitering.forms.partshoering import PartshoeringForm, PartshoeringssvarForm
from rehabilitering.models import Afgoerelse, Partshoering
from rehabilitering.services import afgoerelse as afgoerelser
from rehabilitering.services.afgoerelse import partshoering as services
from rehabilitering.views.afgoerelse import adresse
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.skriv")
def partshoering_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write what the citizen is to be heard about; look at the letter, then begin."""
    synlige = Afgoerelse.objects.synlige_for(request.user)
    fundet = get_object_or_404(synlige, pk=pk)
    fundet.sag = sagsramme.hent(request, fundet.sag_id)
    kan_skrive = _kan_skrive(request, fundet.sag)
    form = PartshoeringForm(request.POST if request.method == "POST" else None, afgoerelse=fundet)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("handling") == "vis":
                return _brevet(request, fundet, form)
            hoering = services.begynd(fundet, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Partshøringen er begyndt. Afgørelsen venter på svaret.")
            if hoering.dokument_id:
                return redirect("borgere:dokument_send", hoering.dokument_id)
            return redirect(adresse(fundet))
    kontekst = sagsramme.ramme(request, fundet.sag, "moede", objekt="partshoering")
    kontekst |= {"form": form if kan_skrive else None, "tilbage": adresse(fundet)}
    return svar(request, "rehabilitering/partshoering_ny.html", kontekst, status=status_for(form))


def _kan_skrive(request: Anmodning, sag: Sag) -> bool:
    """Whether the user may hear the citizen. Raises `PermissionDenied` when they try and may not."""
    kan_skrive = afgoerelser.kan_skrive(sag, request.user)
    if request.method == "POST" and not kan_skrive:
        raise PermissionDenied("Kun den ansvarlige sagsbehandler kan høre borgeren.")
    return kan_skrive


def _brevet(request: Anmodning, fundet: Afgoerelse, form: PartshoeringForm) -> HttpResponse:
    """The letter as it would be sent today; nothing is stored."""
    hoering = Partshoering(afgoerelse=fundet, sendt_dato=i_dag(), **form.cleaned_data)
    return vis(
        request,
        fundet.sag,
        "partshoering",
        lambda: services.dan_brev(hoering, af=request.user),
        filnavn="partshoering-udkast.pdf",
        ellers=adresse(fundet),
    )


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.skriv")
def partshoering(request: Anmodning, pk: int) -> HttpResponse:
    """What the citizen answered, and what it means for the decision."""
    synlige = Partshoering.objects.filter(
        afgoerelse__in=Afgoerelse.objects.synlige_for(request.user)
    )
    hoering = get_object_or_404(synlige.select_related("afgoerelse", "dokument"), pk=pk)
    hoering.afgoerelse.sag = sag = sagsramme.hent(request, hoering.afgoerelse.sag_id)
    kan_skrive = _kan_skrive(request, sag)
    form = PartshoeringssvarForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.afslut(hoering, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Partshøringen er afsluttet. Du kan skrive afgørelsen.")
            return redirect(adresse(hoering.afgoerelse))
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="partshoering") | {
        "hoering": hoering,
        "form": form if kan_skrive and hoering.afsluttet_den is None else None,
        "tilbage": adresse(hoering.afgoerelse),
    }
    return svar(request, "rehabilitering/partshoering.html", kontekst, status=status_for(form))
