"""The plan page, its goals and its next version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from indsatsplan import plansiden, services
from indsatsplan.forms import MaalForm
from indsatsplan.models import Maal, Ressourceforloeb
from indsatsplan.views import hentning
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_safe
@kraever("plan.se")
def plan(request: Anmodning, pk: int) -> HttpResponse:
    """The whole plan on one page; before the decision, what it takes to get one."""
    sag = sagsramme.hent(request, pk)
    kontekst = sagsramme.ramme(request, sag, "plan")
    alle = hentning.alle_forloeb(sag)
    if not alle:
        return svar(request, "indsatsplan/plan_tom.html", kontekst)
    valgt = next((f for f in alle if str(f.pk) == request.GET.get("forloeb")), alle[0])
    planside = plansiden.byg(valgt, laeser=request.user, i_dag=i_dag(), kan_rettes=valgt == alle[0])
    andre = [forloeb for forloeb in alle if forloeb != valgt]
    kontekst |= {"planside": planside, "andre_forloeb": andre}
    return svar(request, "indsatsplan/plan.html", kontekst)


@require_POST
@kraever("plan.skriv")
def ny_version(request: Anmodning, pk: int) -> HttpResponse:
    """Open the next version of the plan for change."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    try:
        kladde = services.ny_kladde(forloeb, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Version {kladde.nr} er en kladde, I kan skrive i.")
    return redirect("indsatsplan:plan", pk)


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def maal_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write a new goal."""
    return _maal(request, hentning.forloeb_for_sag(request, pk), None)


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def maal(request: Anmodning, pk: int) -> HttpResponse:
    """Change a goal or its place."""
    maal = hentning.maal(request, pk)
    return _maal(request, maal.forloeb, maal)


def _maal(request: Anmodning, forloeb: Ressourceforloeb, maal: Maal | None) -> HttpResponse:
    form = MaalForm(request.POST or None, instance=maal, antal_maal=forloeb.maal.count())
    if request.method == "POST" and form.is_valid():
        felter = form.cleaned_data
        try:
            services.gem_maal(
                forloeb,
                tekst=felter["tekst"],
                art=felter["art"],
                rang=felter["plads"],
                maal=maal,
                laas=felter["laas"],
                af=request.user,
            )
        except ForaeldetVersionError:
            return _konflikt(request, forloeb, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Målet er gemt.")
            return redirect("indsatsplan:plan", forloeb.sag_id)
    kontekst = hentning.ramme(request, forloeb) | {"form": form, "maal": maal}
    return svar(request, "indsatsplan/maal_form.html", kontekst, status=status_for(form))


def _konflikt(request: Anmodning, forloeb: Ressourceforloeb, form: MaalForm) -> HttpResponse:
    """Somebody changed or moved the goal meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = forloeb.maal.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        MaalForm(instance=gemt, antal_maal=forloeb.maal.count()),
        sidst_gemt(gemt, "plan.maal_gemt", sag_id=forloeb.sag_id),
        titel="I har begge rettet målet",
        fortryd=reverse("indsatsplan:plan", args=[forloeb.sag_id]),
    )
