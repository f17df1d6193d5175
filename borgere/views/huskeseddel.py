"""One's own dated reminders on a case."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagsramme, services
from borgere.forms.huskeseddel import FlytForm, HuskeseddelForm
from borgere.models import Huskeseddel
from borgere.services.journal import er_ansvarlig
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag

PR_SIDE = 25
# Where a button stands, and so where it leads back to.
_TILBAGE = {"overblik": "overblik", "paamindelser": "opfoelgning:paamindelser"}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("huskeseddel.skriv")
def huskesedler(request: Anmodning, pk: int) -> HttpResponse:
    """The case's open reminders of the user's own, and the form for one more.

    Whoever answers for the case sees, and may take over, those of people who have left it.
    """
    sag = sagsramme.hent(request, pk)
    form = HuskeseddelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.skriv_huskeseddel(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Huskesedlen er skrevet.")
            return redirect("borgere:huskesedler", sag.pk)
    dato = i_dag()
    egne = Huskeseddel.objects.for_bruger(request.user, dato).filter(sag=sag)
    efterladte = (
        Huskeseddel.objects.efterladte(sag, dato)
        if er_ansvarlig(sag, request.user)
        else Huskeseddel.objects.none()
    )
    ramme = sagsramme.ramme(request, sag, "overblik", objekt="huskesedler")
    kontekst = ramme | {
        "form": form,
        "side": Paginator(egne.select_related("bruger"), PR_SIDE).get_page(request.GET.get("side")),
        "efterladte": efterladte.exclude(bruger=request.user).select_related("bruger")[:PR_SIDE],
        "dato": dato,
    }
    return svar(request, "borgere/huskesedler.html", kontekst, status=status_for(form))


def _hent(request: Anmodning, pk: int) -> Huskeseddel:
    """An open or done one in the user's reach. Raises `Http404` for anybody else's."""
    egne = Huskeseddel.objects.i_raekkevidde(request.user, i_dag()).select_related("sag")
    return get_object_or_404(egne, pk=pk)


def _tilbage(request: Anmodning, seddel: Huskeseddel) -> HttpResponseRedirect:
    if side := _TILBAGE.get(request.POST.get("tilbage", "")):
        return redirect(side)
    return redirect("borgere:huskesedler", seddel.sag_id)


@require_POST
@kraever("huskeseddel.skriv")
def klaret(request: Anmodning, pk: int) -> HttpResponse:
    """Mark as done. A second press changes nothing and says so."""
    seddel = _hent(request, pk)
    try:
        services.klar_huskeseddel(seddel, af=request.user)
    except ValidationError as fejl:
        messages.info(request, fejl.messages[0])
    else:
        messages.success(request, "Huskesedlen er klaret.")
    return _tilbage(request, seddel)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("huskeseddel.skriv")
def flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Choose another day."""
    seddel = _hent(request, pk)
    form = FlytForm(request.POST or None, initial={"dato": max(seddel.dato, i_dag())})
    if request.method == "POST" and form.is_valid():
        try:
            services.flyt_huskeseddel(seddel, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Huskesedlen er flyttet.")
            return redirect("borgere:huskesedler", seddel.sag_id)
    sag = sagsramme.hent(request, seddel.sag_id)
    ramme = sagsramme.ramme(request, sag, "overblik", objekt="huskesedler")
    kontekst = ramme | {"form": form, "seddel": seddel}
    return svar(request, "borgere/huskeseddel_flyt.html", kontekst, status=status_for(form))


@require_POST
@kraever("huskeseddel.skriv")
def overtag(request: Anmodning, pk: int) -> HttpResponse:
    """Take over what somebody who left the case wanted to remember."""
    synlige = Huskeseddel.objects.synlige_for(request.user).select_related("sag")
    seddel = get_object_or_404(synlige, pk=pk)
    try:
        services.overtag_huskeseddel(seddel, af=request.user)
    except ValidationError as fejl:
        messages.info(request, fejl.messages[0])
    else:
        messages.success(request, "Huskesedlen er nu din.")
    return redirect("borgere:huskesedler", seddel.sag_id)
