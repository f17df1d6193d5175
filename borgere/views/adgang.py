"""Opening a case with a reason, and the administrator's two pages on who may what."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import services
from borgere.adgangsgrunde import Adgang, adgangsgrunde
from borgere.forms.adgang import BegrundelseForm, ForklarForm, NoedadgangForm
from borgere.models import Sag
from borgere.services.adgang import AABEN_TIMER, find_til_noedadgang
from ressource import opslag
from ressource.adgang import HANDLINGER, kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag, Rolle

# What the log has room for.
FORMAAL_LAENGDE = 200


def _formaal(slags: str, begrundelse: str) -> str:
    return f"{slags}: {' '.join(begrundelse.split())}"[:FORMAAL_LAENGDE]


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.noedadgang")
def noedadgang(request: Anmodning) -> HttpResponse:
    """Break-glass: a number and a reason open somebody else's case for some hours."""
    form = NoedadgangForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        formaal = _formaal("nødadgang", data["begrundelse"])
        try:
            sag = services.aabn_noedadgang(
                data["nummer"], begrundelse=data["begrundelse"], af=request.user
            )
        except ValidationError as fejl:
            if getattr(fejl, "code", "") == "afvist":
                _log_afvist(request, data["nummer"], formaal)
            fejl_paa_formular(form, fejl)
        else:
            _log_aabning(request, "noedadgang", sag, formaal)
            return redirect("sag", sag.pk)
    kontekst = {"form": form, "timer": AABEN_TIMER}
    return svar(request, "borgere/adgang_noedadgang.html", kontekst, status=status_for(form))


def _log_afvist(request: Anmodning, nummer: str, formaal: str) -> None:
    """The refused attempt; on the citizen's own list too, although the user is not told of any."""
    sag = find_til_noedadgang(nummer)
    opslag.log(
        request,
        "noedadgang",
        handling=Opslag.Handling.AFVIST,
        sag_id=sag.pk if sag else None,
        borger_noegle=sag.borger.noegle if sag else None,
        formaal=formaal,
    )


def _log_aabning(request: Anmodning, objekt: str, sag: Sag, formaal: str) -> None:
    noegle = sag.borger.noegle
    opslag.log(request, objekt, sag_id=sag.pk, borger_noegle=noegle, formaal=formaal)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.beskyttet")
def beskyttet(request: Anmodning, pk: int) -> HttpResponse:
    """The further gate of a protected citizen: the case number, and room for a reason."""
    if Sag.objects.synlige_for(request.user).filter(pk=pk).exists():
        return redirect("sag", pk)
    bag = Sag.objects.bag_beskyttelse(request.user)
    sag = bag.select_related("borger").filter(pk=pk).first()
    if sag is None:
        raise Http404
    form = BegrundelseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begrundelse = form.cleaned_data["begrundelse"]
        try:
            services.aabn_beskyttet(sag, begrundelse=begrundelse, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            _log_aabning(request, "beskyttet", sag, _formaal("beskyttet borger", begrundelse))
            return redirect("sag", sag.pk)
    opslag.log(request, "beskyttet", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst = {"form": form, "sag": sag, "timer": AABEN_TIMER}
    return svar(request, "borgere/adgang_beskyttet.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("adgang.forklar")
def forklar(request: Anmodning) -> HttpResponse:
    """Who can see a case today, and why; by case number, and nothing of what the case says."""
    form = ForklarForm(request.POST or None)
    kontekst: dict[str, Any] = {"form": form, "i_dag": i_dag()}
    if request.method == "POST" and form.is_valid():
        nummer = form.cleaned_data["sagsnummer"].strip()
        sag = Sag.objects.select_related("borger", "team").filter(sagsnummer__iexact=nummer).first()
        if sag is None:
            form.add_error("sagsnummer", "Der er ingen sag med det nummer. Kontrollér det.")
        else:
            opslag.log(request, "adgang_forklar", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
            kontekst |= {"sag": sag, "er_beskyttet": sag.borger.er_beskyttet(i_dag())}
            kontekst["linjer"] = [(a, _maa(a)) for a in adgangsgrunde(sag)]
    return svar(request, "borgere/adgang_forklar.html", kontekst, status=status_for(form))


def _maa(adgang: Adgang) -> list[str]:
    """What the person's roles let them do, in the matrix' words."""
    roller = {str(rolle) for rolle in adgang.bruger.roller}
    return [h.hvad for h in HANDLINGER.values() if roller & h.roller]


@require_safe
@kraever("adgang.forklar")
def matrix(request: Anmodning) -> HttpResponse:
    """The permission matrix as it stands in the code: every action, and who may."""
    kontekst = {
        "roller": [rolle.label for rolle in Rolle],
        "raekker": [(h.hvad, [rolle in h.roller for rolle in Rolle]) for h in HANDLINGER.values()],
    }
    return svar(request, "borgere/adgang_matrix.html", kontekst)
