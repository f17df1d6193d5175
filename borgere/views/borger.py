"""The citizen's own data: the tab «Borger og netværk»."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import netvaerkskort, sagsramme, services
from borgere.forms.borger import BorgerRetForm
from borgere.models import Borger, Sag
from borgere.views.personnummer import historik
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


def _side(
    request: Anmodning, sag: Sag, *, handling: Opslag.Handling = Opslag.Handling.SE
) -> dict[str, Any]:
    """Context of the tab: with the frame's three, eight statements, whatever the rows."""
    kontekst = sagsramme.ramme(request, sag, "borger", handling=handling)
    return kontekst | {
        "netvaerkskort": netvaerkskort.kort(sag.borger),
        "numre": historik(sag.borger),
        "kan_skrive": adgang.maa(request.user, "borger.skriv"),
        "vis_adresse": handling == Opslag.Handling.VIS_ADRESSE or not kontekst["er_beskyttet"],
    }


def _hent(request: Anmodning, pk: int) -> Sag:
    """The case with all that the tab says of the citizen."""
    sager = Sag.objects.synlige_for(request.user).select_related(
        "borger__laegepraksis", "borger__boernesag_fulgt_op_af", "regelsaet", "team"
    )
    return get_object_or_404(sager, pk=pk)


@require_safe
@kraever("borger.se")
def borger(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen's data, network and consents; a protected address stays hidden."""
    return svar(request, "borgere/borger.html", _side(request, _hent(request, pk)))


@require_POST
@kraever("borger.vis_adresse")
def borger_adresse(request: Anmodning, pk: int) -> HttpResponse:
    """The same page with the protected address, once; who saw it is logged."""
    sag = _hent(request, pk)
    kontekst = _side(request, sag, handling=Opslag.Handling.VIS_ADRESSE)
    return svar(request, "borgere/borger.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def borger_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct the citizen's data. The form shows a protected address, so opening it is logged so."""
    sag = sagsramme.hent(request, pk)
    form = BorgerRetForm(request.POST or None, instance=sag.borger)
    if request.method == "POST" and form.is_valid():
        oplysninger = form.cleaned_data.copy()
        laas = oplysninger.pop("laas")
        try:
            services.ret_borger(sag, oplysninger, laas=laas, af=request.user)
        except ForaeldetVersionError:
            return _konflikt(request, sag, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Borgerens oplysninger er rettet.")
            return redirect("borgere:borger", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", handling=_set_i_formular(sag.borger))
    kontekst |= {"form": form}
    return svar(request, "borgere/borger_ret.html", kontekst, status=status_for(form))


def _set_i_formular(borger: Borger) -> Opslag.Handling:
    """What showing the citizen's data in a form is logged as."""
    beskyttet = borger.er_beskyttet(i_dag())
    return Opslag.Handling.VIS_ADRESSE if beskyttet else Opslag.Handling.SE


def _konflikt(request: Anmodning, sag: Sag, form: BorgerRetForm) -> HttpResponse:
    """Somebody corrected the citizen meanwhile: both versions, logged as the form is."""
    gemt = Borger.objects.get(pk=sag.borger_id)
    opslag.log(
        request,
        "borger",
        handling=_set_i_formular(gemt),
        sag_id=sag.pk,
        borger_noegle=gemt.noegle,
    )
    return konfliktside(
        request,
        form,
        BorgerRetForm(instance=gemt),
        sidst_gemt(gemt, "borger.rettet", sag_id=sag.pk),
        titel="I har begge rettet borgerens oplysninger",
        fortryd=reverse("borgere:borger", args=[sag.pk]),
    )
