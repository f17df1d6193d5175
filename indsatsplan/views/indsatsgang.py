"""What happens to an effort, written where it stands in the plan."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from indsatsplan import aabne, praktikplads, services
from indsatsplan.forms.indsatsgang import Gangform, RetPauseForm
from indsatsplan.models import Indsats, Indsatspause, Ressourceforloeb
from indsatsplan.views import hentning, indsatspanel
from indsatsplan.views.plan import vis_plan
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_POST
@kraever("plan.skriv")
def udfoer(request: Anmodning, pk: int, kode: str) -> HttpResponse:
    """Do one of `indsatspanel.HANDLINGER`: begin, pause, go on, end, extend, lapse, correct."""
    indsats = hentning.indsats(request, pk)
    handling = indsatspanel.HANDLINGER[kode]
    form = handling.form(request.POST, indsats=indsats)
    if form.is_valid():
        try:
            handling.udfoer(indsats, form.cleaned_data, request.user)
        except ForaeldetVersionError:
            gemt = handling.form(indsats=hentning.indsats(request, pk))
            return _konflikt(request, indsats, form, gemt)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, handling.besked)
            if kode == "begynd" and (advarsel := praktikplads.ved_start(pk, i_dag())):
                messages.warning(request, advarsel)
            return hentning.til_planen(indsats.forloeb, f"indsats-{pk}")
    form.panel = indsatspanel.for_handling(indsats, handling)
    return vis_plan(request, indsats.forloeb, aaben=f"{kode}-{pk}", form=form)


@require_POST
@kraever("plan.skriv")
def pause_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct the days of a pause or its reason; the button «fjern» takes it out."""
    pause = _pause(request, pk)
    forloeb, noegle = pause.indsats.forloeb, f"indsats-{pause.indsats_id}"
    if "fjern" in request.POST:
        try:
            services.fjern_pause(pause, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, "Pausen er taget ud.")
        return hentning.til_planen(forloeb, noegle)
    form = RetPauseForm(request.POST, pause=pause)
    if form.is_valid():
        try:
            services.ret_pause(pause, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            gemt = RetPauseForm(pause=_pause(request, pk))
            return _konflikt(request, pause.indsats, form, gemt)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Pausen er rettet.")
            return hentning.til_planen(forloeb, noegle)
    form.panel = indsatspanel.for_pause(pause.indsats, pk)
    return vis_plan(request, forloeb, aaben=f"retpause-{pk}", form=form)


def _konflikt(request: Anmodning, indsats: Indsats, form: Gangform, gemt: Gangform) -> HttpResponse:
    """Somebody saved the effort meanwhile: both versions of what was typed."""
    hentning.log(request, indsats.forloeb)
    return konfliktside(
        request,
        form,
        gemt,
        sidst_gemt(indsats, *indsatspanel.SOM_GEMMER, sag_id=indsats.forloeb.sag_id),
        titel="I har begge rettet indsatsen",
        fortryd=reverse("indsatsplan:indsats", args=[indsats.pk]),
    )


def _pause(request: Anmodning, pk: int) -> Indsatspause:
    """A pause of a case the user may see. Raises `Http404`."""
    synlige = Indsatspause.objects.synlige_for(request.user).select_related(
        *(f"indsats__{sti}" for sti in hentning.SAGEN), "indsats__forloeb__afgoerelse"
    )
    return get_object_or_404(synlige, pk=pk)


def _gangform(
    kode: str, _request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str
) -> Gangform | None:
    """The form of one of the things to do, when the effort's state offers it."""
    handling = indsatspanel.HANDLINGER[kode]
    indsats = forloeb.indsatser.filter(
        pk=aabne.som_id(id_tekst), status__in=handling.status
    ).first()
    if indsats is None:
        return None
    indsats.forloeb = forloeb
    form = handling.form(indsats=indsats)
    form.panel = indsatspanel.for_handling(indsats, handling)
    return form


def _pauseform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> RetPauseForm | None:
    pause = (
        Indsatspause.objects.gaeldende()
        .filter(indsats__forloeb=forloeb, pk=aabne.som_id(id_tekst))
        .select_related("indsats")
        .first()
    )
    if pause is None:
        return None
    pause.indsats.forloeb = forloeb
    form = RetPauseForm(pause=pause)
    form.panel = indsatspanel.for_pause(pause.indsats, pause.pk)
    return form


for _kode in indsatspanel.HANDLINGER:
    aabne.kend(_kode, partial(_gangform, _kode))
aabne.kend("retpause", _pauseform)
