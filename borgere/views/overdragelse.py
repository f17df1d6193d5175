"""Handing many cases over at once: choose, see what it means, do it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from borgere import overdragelse as regler
from borgere import sagsmaengde
from borgere.forms.overdragelse import OverdragForm, med_sagstal
from borgere.models import Sag
from borgere.services import overdragelse as services
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger

PR_SIDE = 25
UDEN = "uden"


def _fra(request: Anmodning, afgivere: list[Any]) -> Bruger | None:
    """Whose cases the address asks for; None for those nobody answers for. 404 for a stranger."""
    valgt = request.GET.get("fra") or UDEN
    if valgt == UDEN:
        return None
    for bruger in afgivere:
        if str(bruger.pk) == valgt:
            fundet: Bruger = bruger
            return fundet
    raise Http404("Den medarbejder har ingen sager i dit team.")


def _adresse(fra: Bruger | None) -> str:
    return f"{reverse('borgere:overdragelse')}?fra={fra.pk if fra else UDEN}"


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.overdrag")
def overdragelse(request: Anmodning) -> HttpResponse:
    """The cases of one caseworker of the team, 25 to a page; sent, what handing over will mean."""
    team = request.user.team_id
    afgivere = list(regler.afgivere(team))
    fra = _fra(request, afgivere)
    alle = list(regler.sager(team, fra).values_list("pk", flat=True))
    form = OverdragForm(request.POST or None, alle=alle, modtagere=_modtagere(request, fra))
    if request.method == "POST" and form.is_valid():
        return _kontrol(request, form, fra)
    side = Paginator(regler.til_liste(regler.sager(team, fra), request.user), PR_SIDE).get_page(
        request.GET.get("side")
    )
    opslag.log(request, "overdragelse")
    markerede = request.POST.getlist("sager")
    kontekst = {
        "form": form,
        "side": side,
        "linjer": [_linje(sag, i_dag()) for sag in side.object_list],
        "markerede": {int(pk) for pk in markerede if pk.isdecimal()},
        "alle_paa_siden": request.GET.get("marker") == "side",
        "fra": fra,
        "fra_vaerdi": str(fra.pk) if fra else UDEN,
        "afgivere": afgivere,
        "antal_uden": len(alle) if fra is None else regler.sager(team, None).count(),
        "har_team": team is not None,
    }
    return svar(request, "borgere/overdragelse.html", kontekst, status=status_for(form))


def _modtagere(request: Anmodning, fra: Bruger | None) -> Any:
    alle = regler.modtagere(request.user.team_id)
    return alle.exclude(pk=fra.pk) if fra else alle


def _linje(sag: Sag, dato: Any) -> dict[str, Any]:
    """A case in the list. `skjult` says why the citizen is not named, empty when they are."""
    skjult = "Beskyttet" if sag.borger.er_beskyttet(dato) else ""
    if getattr(sag, "laeser_er_inhabil", False):
        skjult = "Du er inhabil"
    return {"sag": sag, "skjult": skjult, "navn": "" if skjult else sag.borger.navn}


def _kontrol(
    request: Anmodning, form: OverdragForm, fra: Bruger | None, *, status: int = 200
) -> HttpResponse:
    """What will happen, and the cases that cannot go with it, before anything does."""
    data = form.cleaned_data
    til = data["til"]
    valgte = list(
        regler.til_liste(
            Sag.objects.filter(pk__in=data["sager"], team=request.user.team_id).order_by(
                "sagsnummer"
            ),
            request.user,
        )
    )
    hindringer = regler.hindringer(valgte, fra=fra, til=til, team_id=request.user.team_id)
    dato = i_dag()
    gaar = [_linje(sag, dato) for sag in valgte if sag.pk not in hindringer]
    opslag.log(request, "overdragelse_kontrol")
    kontekst = {
        "form": form,
        "fra": fra,
        "til": til,
        "data": data,
        "adresse": _adresse(fra),
        "gaar": gaar,
        "blokerede": [
            _linje(sag, dato) | {"hvorfor": hindringer[sag.pk]}
            for sag in valgte
            if sag.pk in hindringer
        ],
        "nu": med_sagstal(til),
        "efter": til.antal + len(gaar),
        "efter_i_ord": sagsmaengde.i_ord(til.antal + len(gaar)),
    }
    return render(request, "borgere/overdragelse_kontrol.html", kontekst, status=status)


@require_POST
@kraever("sag.overdrag")
def overdragelse_udfoer(request: Anmodning) -> HttpResponse:
    """Hand the cases over, all or none."""
    team = request.user.team_id
    valgt = request.GET.get("fra") or UDEN
    # Sent twice, whoever gave the cases away may have none left.
    fra = None if valgt == UDEN else Bruger.objects.filter(pk=_tal(valgt)).first()
    if valgt != UDEN and fra is None:
        raise Http404("Den medarbejder findes ikke.")
    form = OverdragForm(
        request.POST,
        alle=list(regler.sager(team, fra).values_list("pk", flat=True)),
        modtagere=_modtagere(request, fra),
    )
    if not form.is_valid():
        messages.error(request, "Intet er overdraget. Vælg sager og ny ansvarlig igen.")
        return redirect("borgere:overdragelse")
    data = form.cleaned_data
    try:
        antal = services.overdrag(
            data["sager"],
            fra=fra,
            til=data["til"],
            fra_dato=data["fra_dato"],
            note=data["note"],
            af=request.user,
        )
    except ValidationError as fejl:
        fejl_paa_formular(form, fejl)
        return _kontrol(request, form, fra, status=422)
    navn = data["til"].navn
    if antal:
        messages.success(request, f"{antal} sager er overdraget til {navn}.")
    else:
        messages.info(request, f"Sagerne var allerede overdraget til {navn}.")
    return redirect("borgere:overdragelse")


def _tal(tekst: str) -> int:
    return int(tekst) if tekst.isdecimal() and len(tekst) < 10 else 0
