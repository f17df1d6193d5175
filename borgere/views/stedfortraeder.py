"""Who stands in for me, and for whom I stand in. Colleagues only: no citizen is on the page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from borgere import services
from borgere.forms.stedfortraeder import StedfortraederForm
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle, Stedfortraeder

PR_SIDE = 25


def _egne(bruger: Bruger) -> Q:
    """Those the reader has to do with: as one of the two, or as their teamleder."""
    egne = Q(for_bruger=bruger) | Q(vikar=bruger)
    if bruger.har_rolle(Rolle.TEAMLEDER) and bruger.team_id is not None:
        egne |= Q(for_bruger__team=bruger.team_id)
    return egne


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.stedfortraeder")
def stedfortraedere(request: Anmodning) -> HttpResponse:
    """Present and coming, soonest first, and a form for one more."""
    form = StedfortraederForm(request.POST or None, bruger=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.saet_stedfortraeder(
                form.for_bruger(),
                data["vikar"],
                fra_dato=data["fra_dato"],
                til_dato=data["til_dato"],
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request, f"{data['vikar'].navn} er valgt som vikar for {form.for_bruger().navn}."
            )
            return redirect("borgere:stedfortraedere")
    dato = i_dag()
    raekker = (
        Stedfortraeder.objects.filter(_egne(request.user))
        .filter(Q(til_dato=None) | Q(til_dato__gte=dato))
        .select_related("for_bruger", "vikar")
        .order_by("fra_dato", "pk")
    )
    side = Paginator(raekker, PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {"form": form, "side": side, "i_dag": dato, "er_leder": "for_bruger" in form.fields}
    return svar(request, "borgere/adgang_stedfortraedere.html", kontekst, status=status_for(form))


@require_POST
@kraever("adgang.stedfortraeder")
def stedfortraeder_afslut(request: Anmodning, pk: int) -> HttpResponse:
    """End one at once."""
    egne = Stedfortraeder.objects.filter(_egne(request.user)).select_related("for_bruger", "vikar")
    raekke = get_object_or_404(egne, pk=pk)
    navne = f"{raekke.vikar.navn} er ikke længere vikar for {raekke.for_bruger.navn}."
    services.afslut_stedfortraeder(raekke, af=request.user)
    messages.success(request, navne)
    return redirect("borgere:stedfortraedere")
