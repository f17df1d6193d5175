"""The goals of the plan, written inside the plan page."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indsatsplan import aabne, maalhistorik, services
from indsatsplan.forms import DatoForm, FlytMaalForm, MaalForm, TagMaalUdForm
from indsatsplan.models import Maal, Ressourceforloeb
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_afvist, vis_plan
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

FLYT = "flyt-maal"
# The events that leave a goal with a new lock number.
SOM_GEMMER = ("plan.maal_gemt", "plan.maal_naaet", "plan.maal_ikke_naaet")


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def maal_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write a new goal; asked for, its form opens in the plan page."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    if request.method == "GET":
        return hentning.aabn(forloeb, "maal-ny")
    return _gem(request, forloeb, None)


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def maal(request: Anmodning, pk: int) -> HttpResponse:
    """Change a goal or its place; asked for, its form opens in the plan page."""
    maal = hentning.maal(request, pk)
    if request.method == "GET":
        return hentning.aabn(maal.forloeb, f"maal-{maal.pk}")
    return _gem(request, maal.forloeb, maal)


def _gem(request: Anmodning, forloeb: Ressourceforloeb, maal: Maal | None) -> HttpResponse:
    if maal and maal.fjernet_den:
        messages.error(request, "Målet er taget ud af planen og kan ikke rettes.")
        return hentning.til_planen(forloeb)
    form = MaalForm(request.POST, instance=maal, antal_maal=_antal(forloeb))
    noegle = f"maal-{maal.pk}" if maal else "maal-ny"
    if form.is_valid():
        felter = form.cleaned_data
        try:
            gemt = services.gem_maal(
                forloeb, maal=maal, rang=felter.pop("plads"), af=request.user, **felter
            )
        except ForaeldetVersionError:
            return _konflikt(request, forloeb, form)
        except ValidationError as fejl:
            return vis_afvist(request, forloeb, noegle, form, fejl)
        else:
            messages.success(request, "Målet er gemt.")
            return hentning.til_planen(forloeb, f"maal-{gemt.pk}")
    return vis_plan(request, forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, forloeb: Ressourceforloeb, form: MaalForm) -> HttpResponse:
    """Somebody changed or moved the goal meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = forloeb.maal.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        MaalForm(instance=gemt, antal_maal=_antal(forloeb)),
        sidst_gemt(gemt, *SOM_GEMMER, sag_id=forloeb.sag_id),
        titel="I har begge rettet målet",
        fortryd=hentning.plan_adresse(forloeb),
    )


def _antal(forloeb: Ressourceforloeb) -> int:
    return forloeb.maal.gaeldende().count()


@require_POST
@kraever("plan.skriv")
def maal_flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Move a goal one place up or down."""
    maal = hentning.maal(request, pk)
    form = FlytMaalForm(request.POST)
    if form.is_valid():
        retning = -1 if form.cleaned_data["retning"] == "op" else 1
        grund = form.cleaned_data["begrundelse"]
        try:
            services.flyt_maal(maal, retning=retning, begrundelse=grund, af=request.user)
        except ValidationError as fejl:
            return vis_afvist(request, maal.forloeb, f"maal_flyt-{maal.pk}", form, fejl)
        else:
            messages.success(request, "Målet er flyttet.")
            return hentning.aabn(maal.forloeb, FLYT, ved=f"maal-{maal.pk}")
    return vis_plan(request, maal.forloeb, aaben=f"maal_flyt-{maal.pk}", form=form)


@require_POST
@kraever("plan.skriv")
def maal_naaet(request: Anmodning, pk: int) -> HttpResponse:
    """Write the day the goal was reached; the button «fortryd» takes it back."""
    maal = hentning.maal(request, pk)
    fortryd = "fortryd" in request.POST
    form = DatoForm(request.POST, label="Nået den")
    if fortryd or form.is_valid():
        dato = None if fortryd else form.cleaned_data["dato"]
        try:
            services.saet_maal_naaet(maal, dato=dato, af=request.user)
        except ValidationError as fejl:
            return vis_afvist(request, maal.forloeb, f"maal_naaet-{maal.pk}", form, fejl)
        else:
            tekst = "Målet er ikke nået alligevel." if fortryd else "Målet er nået."
            messages.success(request, tekst)
            return hentning.til_planen(maal.forloeb, f"maal-{maal.pk}")
    return vis_plan(request, maal.forloeb, aaben=f"maal_naaet-{maal.pk}", form=form)


@require_POST
@kraever("plan.skriv")
def maal_ud(request: Anmodning, pk: int) -> HttpResponse:
    """Take a goal out of the plan."""
    maal = hentning.maal(request, pk)
    form = TagMaalUdForm(request.POST)
    if form.is_valid():
        try:
            services.tag_maal_ud(maal, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            form.add_error(None, "Målet er rettet imens. Læs det igen, før du tager det ud.")
        except ValidationError as fejl:
            return vis_afvist(request, maal.forloeb, f"maal_ud-{maal.pk}", form, fejl)
        else:
            messages.success(request, "Målet er taget ud af planen.")
            return hentning.til_planen(maal.forloeb, "maal")
    return vis_plan(request, maal.forloeb, aaben=f"maal_ud-{maal.pk}", form=form)


@require_safe
@kraever("plan.se_helbred")
def maal_udgaver(request: Anmodning, pk: int) -> HttpResponse:
    """How the goal has been worded: when, by whom and why."""
    maal = hentning.maal(request, pk)
    kontekst = hentning.ramme(request, maal.forloeb) | {
        "maal": maal,
        "udgaver": maalhistorik.udgaver(maal),
    }
    return svar(request, "indsatsplan/maal_udgaver.html", kontekst)


def _maal_i(forloeb: Ressourceforloeb, id_tekst: str) -> Maal | None:
    return forloeb.maal.gaeldende().filter(pk=aabne.som_id(id_tekst)).first()


def _maalform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> MaalForm | None:
    if id_tekst == "ny":
        return MaalForm(antal_maal=_antal(forloeb))
    maal = _maal_i(forloeb, id_tekst)
    return MaalForm(instance=maal, antal_maal=_antal(forloeb)) if maal else None


def _naaetform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> DatoForm | None:
    return DatoForm(label="Nået den") if _maal_i(forloeb, id_tekst) else None


def _udform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> TagMaalUdForm | None:
    maal = _maal_i(forloeb, id_tekst)
    return TagMaalUdForm(initial={"laas": maal.laas}) if maal else None


def _flytform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> forms.Form | None:
    """The page with buttons to move goals; the form itself stands behind each button."""
    return FlytMaalForm() if id_tekst == "maal" else None


aabne.kend("maal", _maalform)
aabne.kend("maal_naaet", _naaetform)
aabne.kend("maal_ud", _udform)
aabne.kend("flyt", _flytform)
