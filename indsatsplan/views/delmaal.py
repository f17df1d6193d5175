"""The milestones of a goal, written inside the plan page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from indsatsplan import aabne, services
from indsatsplan.forms import DelmaalForm
from indsatsplan.models import Delmaal, Maal, Ressourceforloeb
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_afvist, vis_plan
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def delmaal_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write a new milestone of a goal; asked for, its form opens in the plan page."""
    maal = hentning.maal(request, pk)
    if request.method == "GET":
        return hentning.aabn(maal.forloeb, f"delmaal_ny-{maal.pk}")
    return _gem(request, maal, None, f"delmaal_ny-{maal.pk}")


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def delmaal(request: Anmodning, pk: int) -> HttpResponse:
    """Change a milestone or write that it was reached."""
    delmaal = _hent(request, pk)
    noegle = f"delmaal-{delmaal.pk}"
    if request.method == "GET":
        return hentning.aabn(delmaal.maal.forloeb, noegle)
    return _gem(request, delmaal.maal, delmaal, noegle)


def _hent(request: Anmodning, pk: int) -> Delmaal:
    """A milestone of a case the user may see. Raises `Http404`."""
    synlige = Delmaal.objects.synlige_for(request.user).select_related(
        *(f"maal__{felt}" for felt in hentning.SAGEN)
    )
    return get_object_or_404(synlige, pk=pk)


def _gem(request: Anmodning, maal: Maal, delmaal: Delmaal | None, noegle: str) -> HttpResponse:
    form = DelmaalForm(request.POST, instance=delmaal or Delmaal(maal=maal))
    if form.is_valid():
        try:
            services.gem_delmaal(maal, delmaal=delmaal, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            return _konflikt(request, maal.forloeb, form)
        except ValidationError as fejl:
            return vis_afvist(request, maal.forloeb, noegle, form, fejl)
        else:
            messages.success(request, "Delmålet er gemt.")
            return hentning.til_planen(maal.forloeb, f"maal-{maal.pk}")
    return vis_plan(request, maal.forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, forloeb: Ressourceforloeb, form: DelmaalForm) -> HttpResponse:
    """Somebody changed the milestone meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = Delmaal.objects.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        DelmaalForm(instance=gemt),
        sidst_gemt(gemt, "plan.delmaal_gemt", sag_id=forloeb.sag_id),
        titel="I har begge rettet delmålet",
        fortryd=hentning.plan_adresse(forloeb),
    )


@require_POST
@kraever("plan.skriv")
def delmaal_ud(request: Anmodning, pk: int) -> HttpResponse:
    """Take a milestone out of the plan."""
    delmaal = _hent(request, pk)
    forloeb = delmaal.maal.forloeb
    try:
        services.tag_delmaal_ud(delmaal, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Delmålet er taget ud af planen.")
    return hentning.til_planen(forloeb, f"maal-{delmaal.maal_id}")


def _form(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> DelmaalForm | None:
    fundet = Delmaal.objects.gaeldende().filter(maal__forloeb=forloeb, pk=aabne.som_id(id_tekst))
    delmaal = fundet.first()
    return DelmaalForm(instance=delmaal) if delmaal else None


def _nyt(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> DelmaalForm | None:
    maal = forloeb.maal.gaeldende().filter(pk=aabne.som_id(id_tekst)).first()
    return DelmaalForm(instance=Delmaal(maal=maal)) if maal else None


aabne.kend("delmaal", _form)
aabne.kend("delmaal_ny", _nyt)
