"""The teamleder's list of conflicts of interest: case numbers and colleagues, no citizens."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from borgere import services
from borgere.forms.adgang import KollegaInhabilForm
from borgere.models import Inhabilitet, Sag
from borgere.services.adgang import kan_melde_andre
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.inhabil_ret")
def inhabilitet(request: Anmodning) -> HttpResponse:
    """Those that hold, newest first, and a form to register one by case number."""
    form = KollegaInhabilForm(request.POST or None, bruger=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        sag = Sag.objects.filter(sagsnummer__iexact=data["sagsnummer"].strip()).first()
        # A number that is nobody's and one of another team's are the same to this reader.
        if sag is None or not kan_melde_andre(sag, request.user):
            form.add_error("sagsnummer", "Dit team har ingen sag med det nummer. Kontrollér det.")
        else:
            try:
                services.meld_inhabil(
                    sag, data["bruger"], begrundelse=data["begrundelse"], af=request.user
                )
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, f"{data['bruger'].navn} er registreret som inhabil.")
                return redirect("borgere:inhabilitet")
    nyeste = Sag.objects.filter(borger=OuterRef("borger")).order_by("-oprettet_dato", "-pk")
    gaeldende = (
        Inhabilitet.objects.gaeldende()
        .for_teamleder(request.user)
        .select_related("bruger", "registreret_af")
        .annotate(sagsnummer=Subquery(nyeste.values("sagsnummer")[:1]))
    )
    opslag.log(request, "inhabilitet")
    side = Paginator(gaeldende, PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {"form": form, "side": side}
    return svar(request, "borgere/adgang_inhabilitet.html", kontekst, status=status_for(form))


@require_POST
@kraever("adgang.inhabil_ret")
def inhabilitet_ophaev(request: Anmodning, pk: int) -> HttpResponse:
    """Let today be the last day of one."""
    egne = Inhabilitet.objects.for_teamleder(request.user).select_related("bruger")
    raekke = get_object_or_404(egne, pk=pk)
    if raekke.bruger_id == request.user.pk:
        raise PermissionDenied("Du kan ikke ophæve din egen inhabilitet.")
    services.ophaev_inhabilitet(raekke, af=request.user)
    messages.success(request, f"Inhabiliteten for {raekke.bruger.navn} slutter i dag.")
    return redirect("borgere:inhabilitet")
