"""Exemptions, written inside the plan page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from indsatsplan import aabne, services
from indsatsplan.forms.garanti import FritagelseForm
from indsatsplan.models import Fritagelse, Ressourceforloeb
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_afvist, vis_plan
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def fritagelse_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Write that the citizen is exempted, or that there was no contact."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    if request.method == "GET":
        return hentning.aabn(forloeb, "fritagelse-ny")
    return _gem(request, forloeb, None)


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def fritagelse(request: Anmodning, pk: int) -> HttpResponse:
    """Correct an exemption, or give it a last day."""
    fritagelse = hentning.fritagelse(request, pk)
    if request.method == "GET":
        return hentning.aabn(fritagelse.forloeb, f"fritagelse-{fritagelse.pk}")
    return _gem(request, fritagelse.forloeb, fritagelse)


@require_POST
@kraever("plan.skriv")
def fritagelse_fjern(request: Anmodning, pk: int) -> HttpResponse:
    """Take out an exemption written by mistake."""
    fritagelse = hentning.fritagelse(request, pk)
    try:
        services.fjern_fritagelse(fritagelse, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Fritagelsen er taget ud og tæller ikke længere.")
    return hentning.til_planen(fritagelse.forloeb, "garanti")


def _gem(
    request: Anmodning, forloeb: Ressourceforloeb, fritagelse: Fritagelse | None
) -> HttpResponse:
    form = FritagelseForm(request.POST, instance=fritagelse)
    noegle = f"fritagelse-{fritagelse.pk}" if fritagelse else "fritagelse-ny"
    if form.is_valid():
        try:
            services.gem_fritagelse(
                forloeb, fritagelse=fritagelse, af=request.user, **form.cleaned_data
            )
        except ForaeldetVersionError:
            return _konflikt(request, forloeb, form)
        except ValidationError as fejl:
            return vis_afvist(request, forloeb, noegle, form, fejl)
        else:
            messages.success(request, "Fritagelsen er gemt. Indsatsgarantien er regnet om.")
            return hentning.til_planen(forloeb, "garanti")
    return vis_plan(request, forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, forloeb: Ressourceforloeb, form: FritagelseForm) -> HttpResponse:
    """Somebody corrected the exemption meanwhile: both versions."""
    hentning.log(request, forloeb)
    gemt = forloeb.fritagelser.get(pk=form.instance.pk)
    return konfliktside(
        request,
        form,
        FritagelseForm(instance=gemt),
        sidst_gemt(gemt, "plan.fritagelse_gemt", sag_id=forloeb.sag_id),
        titel="I har begge rettet fritagelsen",
        fortryd=hentning.plan_adresse(forloeb),
    )


def _form(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> FritagelseForm | None:
    if id_tekst == "ny":
        return FritagelseForm()
    fundet = forloeb.fritagelser.gaeldende().filter(pk=aabne.som_id(id_tekst)).first()
    return FritagelseForm(instance=fundet) if fundet else None


aabne.kend("fritagelse", _form)
