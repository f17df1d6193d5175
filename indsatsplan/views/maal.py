"""The goals of the plan, written inside the plan page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indsatsplan import aabne, services
from indsatsplan.forms import MaalForm
from indsatsplan.models import Maal, Ressourceforloeb
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_plan
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def maal_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write a new goal."""
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
    form = MaalForm(request.POST, instance=maal, antal_maal=forloeb.maal.gaeldende().count())
    if form.is_valid():
        felter = form.cleaned_data
        try:
            gemt = services.gem_maal(
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
            return hentning.til_planen(forloeb, f"maal-{gemt.pk}")
    noegle = f"maal-{maal.pk}" if maal else "maal-ny"
    return vis_plan(request, forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, forloeb: Ressourceforloeb, form: MaalForm) -> HttpResponse:
    """Somebody changed or moved the goal meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = forloeb.maal.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        MaalForm(instance=gemt, antal_maal=forloeb.maal.gaeldende().count()),
        sidst_gemt(gemt, "plan.maal_gemt", sag_id=forloeb.sag_id),
        titel="I har begge rettet målet",
        fortryd=reverse("indsatsplan:plan", args=[forloeb.sag_id]),
    )


def _form(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> MaalForm | None:
    antal = forloeb.maal.gaeldende().count()
    if id_tekst == "ny":
        return MaalForm(antal_maal=antal)
    maal = forloeb.maal.gaeldende().filter(pk=aabne.som_id(id_tekst)).first()
    return MaalForm(instance=maal, antal_maal=antal) if maal else None


aabne.kend("maal", _form)
