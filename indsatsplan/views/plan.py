"""The plan page: everything on it is changed inside it, one open form at a time."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from borgere import sagsramme
from indsatsplan import aabne, plansiden
from indsatsplan.models import Ressourceforloeb
from indsatsplan.views import hentning
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag

# What a service says of a thing that the page shows no more: its form has no place there.
_UDEN_PLADS = {"fjernet", "taget_ud", "bortfaldet"}


@require_safe
@kraever("plan.se")
def plan(request: Anmodning, pk: int) -> HttpResponse:
    """The whole plan on one page; before the decision, what it takes to get one.

    `?aaben=` opens a form in it (see `indsatsplan.aabne`).
    """
    sag = sagsramme.hent(request, pk)
    alle = hentning.alle_forloeb(sag)
    if not alle:
        kontekst = sagsramme.ramme(request, sag, "plan")
        return svar(request, "indsatsplan/plan_tom.html", kontekst)
    valgt = hentning.valgt(request, alle)
    return _side(request, alle, valgt, request.GET.get("aaben", ""), None)


def vis_plan(
    request: Anmodning,
    forloeb: Ressourceforloeb,
    *,
    aaben: str = "",
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """The plan page with the form `aaben` open in it; `form` is what was sent and refused (422).

    A plan that can only be read has no place for most forms, and says so on top.
    """
    alle = hentning.alle_forloeb(forloeb.sag)
    valgt = next(f for f in alle if f.pk == forloeb.pk)
    if not hentning.er_aabent(valgt):
        messages.error(request, "Forløbet er slut. Planen kan læses, men ikke ændres.")
    return _side(request, alle, valgt, aaben, form)


def vis_afvist(
    request: Anmodning,
    forloeb: Ressourceforloeb,
    aaben: str,
    form: forms.BaseForm,
    fejl: ValidationError,
) -> HttpResponse:
    """What a service refused, in the open form; on top when its thing was taken out meanwhile."""
    if getattr(fejl, "code", "") in _UDEN_PLADS:
        messages.error(request, " ".join(fejl.messages))
        return hentning.til_planen(forloeb)
    fejl_paa_formular(form, fejl)
    return vis_plan(request, forloeb, aaben=aaben, form=form)


def _side(
    request: Anmodning,
    alle: list[Ressourceforloeb],
    valgt: Ressourceforloeb,
    aaben: str,
    form: forms.BaseForm | None,
) -> HttpResponse:
    """The page of `valgt`, with `form` or the form that the key `aaben` opens."""
    kan_rettes = hentning.er_aabent(valgt)
    if form is None and kan_rettes and aaben:
        form = aabne.byg(request, valgt, aaben)
    kontekst = sagsramme.ramme(request, valgt.sag, "plan")
    kontekst |= {
        "planside": plansiden.byg(
            valgt,
            laeser=request.user,
            i_dag=i_dag(),
            kan_rettes=kan_rettes,
            vis=request.GET.dict() | ({} if valgt.er_nyeste else {"forloeb": str(valgt.pk)}),
        ),
        "plan_url": hentning.plan_adresse(valgt),
        # The key of the form to open follows.
        "aabn_url": hentning.plan_adresse(valgt, "aaben="),
        "andre_forloeb": [forloeb for forloeb in alle if forloeb != valgt],
        "aaben": aaben if form else "",
        "form": form,
    }
    status = status_for(form) if form else 200
    return svar(request, "indsatsplan/plan.html", kontekst, status=status)
