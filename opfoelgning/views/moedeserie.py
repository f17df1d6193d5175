"""Several follow-ups planned ahead: seen first, then agreed; and the rest called off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Sag
from opfoelgning import services
from opfoelgning.forms import AflysForm, SerieForm, placer_fejl
from opfoelgning.forms.aftale import samlet
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningsserie
from opfoelgning.services.serier import Seriedag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def serie_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Plan a series: the dates are shown before «Aftal møderne» makes them."""
    sag = sagsramme.hent(request, pk)
    form = SerieForm(
        request.POST or None,
        initial={"antal": 6, "uger": 6, "form": Opfoelgningsmoede.Form.PERSONLIGT},
    )
    dage: list[Seriedag] = []
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("trin") == "aftal":
                return _opret(request, sag, form)
            data = form.cleaned_data
            foerste = samlet(data["dato"], data["kl"])
            dage = services.kraev_serie(sag, foerste, antal=data["antal"], uger=data["uger"])
        except ValidationError as fejl:
            placer_fejl(form, fejl)
    kontekst = sagsramme.ramme(request, sag, "opfoelgning") | {"form": form, "dage": dage}
    return svar(request, "opfoelgning/serie_ny.html", kontekst, status=status_for(form))


def _opret(request: Anmodning, sag: Sag, form: SerieForm) -> HttpResponse:
    data = dict(form.cleaned_data)
    foerste = samlet(data.pop("dato"), data.pop("kl"))
    services.opret_serie(sag, foerste=foerste, **data, af=request.user)
    messages.success(request, f"{data['antal']} møder er aftalt.")
    return redirect("opfoelgning:liste", sag.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def serie_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Call off what is left of a series."""
    synlige = Sag.objects.synlige_for(request.user)
    serie = get_object_or_404(Opfoelgningsserie.objects.filter(sag__in=synlige), pk=pk)
    sag = sagsramme.hent(request, serie.sag_id)
    form = AflysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            aflyste = services.aflys_resten(serie, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            placer_fejl(form, fejl)
        else:
            antal = len(aflyste)
            messages.success(request, f"{antal} {'møde' if antal == 1 else 'møder'} er aflyst.")
            return redirect("opfoelgning:liste", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "opfoelgning") | {
        "form": form,
        "serie": serie,
        "rest": list(services.rest_af(serie)),
    }
    return svar(request, "opfoelgning/serie_aflys.html", kontekst, status=status_for(form))
