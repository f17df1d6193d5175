"""`/tilsyn/`: special accesses to look through, and spot checks of what the team has looked at."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import services
from borgere import tilsyn as laesning
from borgere.forms.tilsyn import GennemsynForm, KonklusionForm, StikproeveForm, VurderingForm
from borgere.models import Saerligadgang
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag, Stikproeve, Stikproevelinje

PR_SIDE = 25
SENESTE = 10
# What the citizen reads, should they ask who has looked.
FORMAAL = "tilsyn"


@require_safe
@kraever("adgang.tilsyn")
def tilsyn(request: Anmodning) -> HttpResponse:
    """What waits for the teamleder, and what was done last."""
    adgange = Saerligadgang.objects.select_related("sag", "bruger").til_gennemsyn(request.user)
    stikproever = Stikproeve.objects.synlige_for(request.user)
    seneste = list(stikproever.til_liste()[:SENESTE])
    opslag.log(request, "tilsyn", formaal=FORMAAL)
    kontekst = {
        "side": Paginator(adgange, PR_SIDE).get_page(request.GET.get("side")),
        "gennemsete": laesning.gennemsete(request.user, SENESTE),
        "stikproever": seneste,
        "mangler_stikproeve": request.user.team_id is not None
        and not stikproever.udtaget_siden(i_dag().replace(day=1)).exists(),
        "har_team": request.user.team_id is not None,
        "har_aaben": any(proeve.afsluttet_den is None for proeve in seneste),
    }
    return svar(request, "borgere/tilsyn.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.tilsyn")
def gennemse(request: Anmodning, pk: int) -> HttpResponse:
    """One opening: who, why, and what was looked at meanwhile; reviewed with a remark."""
    egne = Saerligadgang.objects.til_gennemsyn(request.user).select_related("sag__borger", "bruger")
    adgang = get_object_or_404(egne, pk=pk)
    form = GennemsynForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.gennemse_adgang(adgang, note=form.cleaned_data["note"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Adgangen til {adgang.sag.sagsnummer} er gennemset.")
            return redirect("borgere:tilsyn")
    sag = adgang.sag
    opslag.log(
        request,
        "saerlig_adgang",
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
        formaal=FORMAAL,
    )
    kontekst = {"adgang": adgang, "form": form, "opslag": laesning.under_adgang(adgang)}
    return svar(request, "borgere/tilsyn_gennemse.html", kontekst, status=status_for(form))


@require_safe
@kraever("adgang.tilsyn")
def stikproever(request: Anmodning) -> HttpResponse:
    """Every spot check of the team, with its figures. Counts only, so no look-up."""
    egne = Stikproeve.objects.synlige_for(request.user).til_liste()
    side = Paginator(egne, PR_SIDE).get_page(request.GET.get("side"))
    return svar(request, "borgere/stikproeve_liste.html", {"side": side})


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.tilsyn")
def stikproeve_ny(request: Anmodning) -> HttpResponse:
    """Draw a spot check."""
    form = StikproeveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.udtag_stikproeve(**form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Stikprøven er udtaget. Vurdér opslagene ét for ét.")
            return redirect("borgere:stikproeve", ny.pk)
    return svar(request, "borgere/stikproeve_ny.html", {"form": form}, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.tilsyn")
def stikproeve(request: Anmodning, pk: int) -> HttpResponse:
    """The drawn look-ups and their judgements; POST concludes."""
    proeve = get_object_or_404(Stikproeve.objects.synlige_for(request.user).til_liste(), pk=pk)
    form = KonklusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.afslut_stikproeve(proeve, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Stikprøven er afsluttet.")
            return redirect("borgere:stikproeve", pk)
    linjer = list(proeve.linjer.select_related("opslag__bruger").order_by("pk"))
    viste = laesning.vis([linje.opslag for linje in linjer])
    opslag.log(request, "stikproeve", formaal=FORMAAL)
    kontekst = {
        "stikproeve": proeve,
        "linjer": [(linje, viste[linje.opslag_id]) for linje in linjer],
        "naeste": next((linje for linje in linjer if not linje.vurdering), None),
        "form": form,
    }
    return svar(request, "borgere/stikproeve.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.tilsyn")
def stikproevelinje(request: Anmodning, pk: int) -> HttpResponse:
    """Judge one look-up, and go on to the next that has not been judged."""
    egne = Stikproevelinje.objects.filter(
        stikproeve__in=Stikproeve.objects.synlige_for(request.user)
    )
    linje = get_object_or_404(egne.select_related("stikproeve", "opslag__bruger"), pk=pk)
    mangler = egne.filter(stikproeve=linje.stikproeve_id, vurdering="").order_by("pk")
    start = {"vurdering": linje.vurdering, "bemaerkning": linje.bemaerkning}
    form = VurderingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.vurder_opslag(linje, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            if (naeste := mangler.first()) is None:
                return redirect("borgere:stikproeve", linje.stikproeve_id)
            return redirect("borgere:stikproevelinje", naeste.pk)
    _log_linje(request, linje.opslag)
    kontekst = {
        "linje": linje,
        "vist": laesning.vis([linje.opslag])[linje.opslag_id],
        "form": form,
        "mangler": mangler.count(),
        "kan_vurdere": linje.stikproeve.afsluttet_den is None
        and linje.opslag.bruger_id != request.user.pk,
    }
    return svar(request, "borgere/stikproevelinje.html", kontekst, status=status_for(form))


def _log_linje(request: Anmodning, vurderet: Opslag) -> None:
    opslag.log(
        request,
        "stikproeve",
        sag_id=vurderet.sag_id,
        borger_noegle=vurderet.borger_noegle,
        formaal=FORMAAL,
    )
