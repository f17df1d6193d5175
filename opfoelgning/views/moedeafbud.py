"""A follow-up that is moved, called off, or that the citizen did not come to."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from opfoelgning import services
from opfoelgning.forms import AflysForm, FlytForm, UdeblevForm, placer_fejl
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.views.moede import hent
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError

SKABELON = "opfoelgning/moede_afbud.html"
IMENS = "Mødet er ændret, mens du skrev. Det, der står nu, er hentet. Ret, og gem igen."


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def moede_flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Another time for the meeting, with the reason; the old time is in its history."""
    moede = hent(request, pk)
    form = FlytForm(
        request.POST or None,
        initial={
            "laas": moede.laas,
            "dato": timezone.localdate(moede.tidspunkt),
            "kl": timezone.localtime(moede.tidspunkt).time(),
            "sted": moede.sted,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            flyttet = _flyt(request, moede, form)
        except ForaeldetVersionError:
            return _flyttet_imens(request, moede)
        except ValidationError as fejl:
            placer_fejl(form, fejl)
        else:
            tid = dansk.tidspunkt(flyttet.tidspunkt)
            messages.success(request, f"Opfølgning nr. {moede.nr} er flyttet til {tid}.")
            return _efter_flytning(flyttet)
    return _side(request, moede, form, "Flyt mødet", "Gem den nye tid")


def _flyt(request: Anmodning, moede: Opfoelgningsmoede, form: FlytForm) -> Opfoelgningsmoede:
    data = form.cleaned_data
    return services.flyt_moede(
        moede,
        tidspunkt=form.tidspunkt(),
        sted=data["sted"],
        aarsag=data["aarsag"],
        laas=data["laas"],
        af=request.user,
    )


def _efter_flytning(moede: Opfoelgningsmoede) -> HttpResponse:
    """To its form when it has been held, else to the list."""
    if timezone.localdate(moede.tidspunkt) <= i_dag():
        return redirect("opfoelgning:moede", moede.pk)
    return redirect("opfoelgning:liste", moede.sag_id)


def _flyttet_imens(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    """Somebody saved meanwhile: the same input with the number of what stands now."""
    data = request.POST.copy()
    data["laas"] = str(Opfoelgningsmoede.objects.values_list("laas", flat=True).get(pk=moede.pk))
    form = FlytForm(data)
    form.add_error(None, IMENS)
    return _side(request, hent(request, moede.pk), form, "Flyt mødet", "Gem den nye tid")


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def moede_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Call the meeting off, with who could not come and why."""
    moede = hent(request, pk)
    form = AflysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.aflys_moede(moede, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            placer_fejl(form, fejl)
        else:
            messages.success(request, "Mødet er aflyst. Aftal et nyt, så borgeren ikke bliver væk.")
            return redirect("opfoelgning:liste", moede.sag_id)
    return _side(request, moede, form, "Aflys mødet", "Aflys mødet")


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def moede_udeblev(request: Anmodning, pk: int) -> HttpResponse:
    """Register that the citizen did not come, and what is known of why."""
    moede = hent(request, pk)
    er_sendt = request.method == "POST"
    form = UdeblevForm(request.POST if er_sendt else None)
    if er_sendt and form.is_valid():
        try:
            services.udeblev(moede, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            placer_fejl(form, fejl)
        else:
            messages.success(
                request, "Det er registreret, at borgeren ikke kom. Aftal et nyt møde."
            )
            return redirect("opfoelgning:liste", moede.sag_id)
    return _side(request, moede, form, "Borgeren kom ikke", "Registrér, at borgeren ikke kom")


def _side(
    request: Anmodning, moede: Opfoelgningsmoede, form: forms.Form, titel: str, knap: str
) -> HttpResponse:
    kontekst = sagsramme.ramme(request, moede.sag, "opfoelgning") | {
        "moede": moede,
        "form": form,
        "titel": titel,
        "knap": knap,
    }
    return svar(request, SKABELON, kontekst, status=status_for(form))
