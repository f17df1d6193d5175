"""The case circle: who is in it, why and from when to when; and getting out of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme, services
from borgere.adgangsgrunde import adgangsgrunde
from borgere.forms.adgang import InhabilForm
from borgere.models import Sag, Tildeling
from borgere.services.adgang import kan_melde_andre
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag

# What has ended; the whole story is the event log's.
VIS_TIDLIGERE = 25


@require_safe
@kraever("adgang.kreds")
def kreds(request: Anmodning, pk: int) -> HttpResponse:
    """Who sees the case today and why, its assignments, and who is shut out."""
    sag = sagsramme.hent(request, pk)
    dato = i_dag()
    adgange = adgangsgrunde(sag)
    er_varig = any(a.bruger == request.user and a.ser_sagen_varigt for a in adgange)
    tildelinger = list(sag.tildelinger.select_related("bruger").order_by("-fra_dato", "-pk"))
    tidligere = [t for t in tildelinger if t.til_dato and t.til_dato < dato]
    nuvaerende = [t for t in tildelinger if t not in tidligere]
    kontekst = sagsramme.ramme(request, sag, "kreds") | {
        "adgange": adgange,
        "nuvaerende": [(t, t.fra_dato > dato) for t in nuvaerende],
        "tidligere": tidligere[:VIS_TIDLIGERE],
        "flere_tidligere": len(tidligere) > VIS_TIDLIGERE,
        "kan_udskrive_opslag": adgang.maa(request.user, "opslag.udskriv"),
        "kan_tildele": adgang.maa(request.user, "sag.tildel") and er_varig and not sag.er_afsluttet,
        "ansvarlig_art": Tildeling.Art.ANSVARLIG,
    }
    return svar(request, "borgere/adgang_kreds.html", kontekst)


@require_POST
@kraever("sag.tildel")
def tildeling_afslut(request: Anmodning, pk: int) -> HttpResponse:
    """Take somebody out of the circle, at once."""
    synlige = Sag.objects.synlige_for(request.user)
    tildelinger = Tildeling.objects.filter(sag__in=synlige).select_related("bruger")
    tildeling = get_object_or_404(tildelinger, pk=pk)
    sagsramme.hent_varigt(request, tildeling.sag_id)
    sag_id = tildeling.sag_id
    try:
        services.afslut_tildeling(tildeling, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"{tildeling.bruger.navn} er ikke længere knyttet til sagen.")
    # Whoever has taken themself out has no more to do with it.
    if not synlige.filter(pk=sag_id).exists():
        return redirect("borgere:sag_liste")
    return redirect("borgere:kreds", sag_id)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.inhabil")
def inhabil(request: Anmodning, pk: int) -> HttpResponse:
    """Declare oneself too close to the citizen, or, as responsible, register a colleague."""
    sag = sagsramme.hent(request, pk)
    andre = kan_melde_andre(sag, request.user)
    form = InhabilForm(request.POST or None, bruger=request.user, andre=andre)
    if request.method == "POST" and form.is_valid():
        hvem = form.cleaned_data.get("bruger") or request.user
        begrundelse = form.cleaned_data["begrundelse"]
        try:
            services.meld_inhabil(sag, hvem, begrundelse=begrundelse, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            return _meldt(request, sag, er_selv=hvem.pk == request.user.pk, navn=hvem.navn)
    kontekst = sagsramme.ramme(request, sag, "kreds", objekt="inhabil") | {
        "form": form,
        "er_ansvarlig": sag.tildelinger.gaeldende(i_dag())
        .ansvarlige()
        .filter(bruger=request.user)
        .exists(),
    }
    return svar(request, "borgere/adgang_inhabil.html", kontekst, status=status_for(form))


def _meldt(request: Anmodning, sag: Sag, *, er_selv: bool, navn: str) -> HttpResponse:
    """To the circle, or out of the case for whoever has just left it."""
    if not er_selv:
        messages.success(request, f"{navn} er registreret som inhabil og kan ikke se sagen.")
        return redirect("borgere:kreds", sag.pk)
    ledig = Sag.objects.uden_ansvarlig().filter(pk=sag.pk).exists()
    mangler = " Sagen mangler nu en ansvarlig; teamlederen kan se det." if ledig else ""
    messages.success(
        request, f"Du er registreret som inhabil i {sag.sagsnummer} og ser den ikke mere.{mangler}"
    )
    return redirect("overblik")
