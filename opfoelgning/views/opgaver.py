"""A case's tasks: who does what when, ticked, given away, taken out, and one's own added."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from borgere.models import Sag
from opfoelgning import services
from opfoelgning.forms.logistik import BortfaldForm, OpgaveForm, OpgaveRetForm
from opfoelgning.models import Hvem, Opgave
from opfoelgning.opgaver import kreds, linjer, seneste_indstilling, synlige
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

FANE = "opfoelgning"
PR_SIDE = 60
# Where a button stands, and so where it leads back to; «sag» and «eftermoede» are the case's own.
_TILBAGE = {"overblik": "overblik", "paamindelser": "opfoelgning:paamindelser"}
_TILBAGE_TIL_SAGEN = {"sag": "sag", "eftermoede": "opfoelgning:eftermoede"}


@require_safe
@kraever("opgave.se")
def opgaver(request: Anmodning, pk: int) -> HttpResponse:
    """The tasks by date: open ones, or with `?vis=alle` all; `?hvem=` picks one role's."""
    sag = sagsramme.hent(request, pk)
    alle = synlige(sag, request.user)
    vis_alle = request.GET.get("vis") == "alle"
    vist = alle if vis_alle else alle.aabne()
    roller = set(vist.values_list("hvem", flat=True))
    hvem = request.GET.get("hvem", "")
    valgt = hvem if hvem in roller else ""
    fundne = vist.filter(hvem=valgt) if valgt else vist
    fundne = fundne.select_related("bruger", "udfoert_af").order_by("frist_dato", "pk")
    side = Paginator(fundne, PR_SIDE).get_page(request.GET.get("side"))
    kan_skrive = _maa(request, "opgave.skriv") and not sag.er_afsluttet
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="opgaver") | {
        "side": side,
        "linjer": linjer(side.object_list),
        "roller": [(kode, navn) for kode, navn in Hvem.choices if kode in roller],
        "valgt": valgt,
        "vis_alle": vis_alle,
        "foresporgsel": f"hvem={valgt}&vis={'alle' if vis_alle else ''}",
        "kan_goere": _maa(request, "opgave.goer") and not sag.er_afsluttet,
        "kan_skrive": kan_skrive,
        "indstilling": seneste_indstilling(sag),
    }
    return svar(request, "opfoelgning/opgaver.html", kontekst)


def _maa(request: Anmodning, handling: str) -> bool:
    return adgang.maa(request.user, handling)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opgave.skriv")
def opgave_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Add a task of the case's own."""
    sag = sagsramme.hent(request, pk)
    form = OpgaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.tilfoej_opgave(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Opgaven er skrevet på.")
            return redirect("opfoelgning:opgaver", sag.pk)
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="opgaver") | {"form": form}
    return svar(request, "opfoelgning/opgave_ny.html", kontekst, status=status_for(form))


def _hent(request: Anmodning, pk: int) -> tuple[Sag, Opgave]:
    """The task and its case. Raises `Http404` for a stranger, and for another's task to a mentor."""
    opgave = get_object_or_404(
        Opgave.objects.synlige_for(request.user).select_related("bruger", "indstilling"), pk=pk
    )
    sag = sagsramme.hent(request, opgave.sag_id)
    if not synlige(sag, request.user).filter(pk=pk).exists():
        raise Http404
    return sag, opgave


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opgave.skriv")
def opgave_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Give a task to somebody else, or another day."""
    sag, opgave = _hent(request, pk)
    personer = kreds(sag)
    form = OpgaveRetForm(request.POST or None, opgave=opgave, kreds=personer)
    if request.method == "POST" and form.is_valid():
        try:
            services.ret_opgave(opgave, **form.cleaned_data, af=request.user)
        except ForaeldetVersionError:
            opgave.refresh_from_db()
            return konfliktside(
                request,
                form,
                OpgaveRetForm(opgave=opgave, kreds=personer),
                sidst_gemt(opgave, *services.OPGAVEHAENDELSER, sag_id=sag.pk),
                titel="I har begge rettet opgaven",
                fortryd=reverse("opfoelgning:opgave_ret", args=[opgave.pk]),
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Opgaven er rettet.")
            return redirect("opfoelgning:opgaver", sag.pk)
    return _ret_side(request, sag, opgave, form=form, bortfald=BortfaldForm())


def _ret_side(request: Anmodning, sag: Sag, opgave: Opgave, **former: Any) -> HttpResponse:
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="opgaver")
    (linje,) = linjer([opgave])
    status = max(status_for(form) for form in former.values())
    return svar(
        request, "opfoelgning/opgave_ret.html", kontekst | {"linje": linje} | former, status=status
    )


@require_POST
@kraever("opgave.skriv")
def opgave_bortfald(request: Anmodning, pk: int) -> HttpResponse:
    """Say why a task is not to be done."""
    sag, opgave = _hent(request, pk)
    form = BortfaldForm(request.POST)
    if form.is_valid():
        try:
            services.bortfald_opgave(opgave, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Opgaven er taget af listen. Den kan åbnes igen.")
            return redirect("opfoelgning:opgaver", sag.pk)
    ret = OpgaveRetForm(opgave=opgave, kreds=kreds(sag))
    return _ret_side(request, sag, opgave, form=ret, bortfald=form)


@require_POST
@kraever("opgave.goer")
def opgave_gjort(request: Anmodning, pk: int) -> HttpResponse:
    """Mark a task as done today."""
    _sag, opgave = _hent(request, pk)
    try:
        services.udfoer_opgave(opgave, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Gjort: {opgave.hvad}")
    return _tilbage(request, opgave)


@require_POST
@kraever("opgave.goer")
def opgave_aabn(request: Anmodning, pk: int) -> HttpResponse:
    """Undo that a task was done or lapsed."""
    _sag, opgave = _hent(request, pk)
    try:
        services.fortryd_opgave(opgave, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Opgaven er åben igen.")
    return _tilbage(request, opgave)


def _tilbage(request: Anmodning, opgave: Opgave) -> HttpResponseRedirect:
    tilbage = request.POST.get("tilbage", "")
    if side := _TILBAGE.get(tilbage):
        return redirect(side)
    return redirect(_TILBAGE_TIL_SAGEN.get(tilbage, "opfoelgning:opgaver"), opgave.sag_id)
