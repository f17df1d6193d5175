"""Pages of the key figures. Aggregates alone are no look-up; a list with case numbers is one."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import dateparse
from django.views.decorators.http import require_safe

from borgere.sagsmaengde import NORM
from noegletal import overskredne, rapportfrist, tilsyn
from noegletal.definitioner import NOEGLETAL
from noegletal.diskretion import FORKLARING
from noegletal.models import Maanedsrapport
from noegletal.tavle import maaneder, tavle
from opfoelgning.visning import Status
from rehabilitering import moedetal
from rehabilitering.models import Klage, Regelfravigelse, Screeningsfravigelse
from ressource import opslag, regneark, visninger
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.kalender import i_dag
from ressource.listevalg import Listevalg

ANTAL_RAPPORTER = 24
ANTAL_KLAGER = 8
ANTAL_FRAVIGELSER = 25


@require_safe
@kraever("noegletal.se")
def dashboard(request: Anmodning) -> HttpResponse:
    """The month in `?maaned=ÅÅÅÅ-MM`, else the running one."""
    mulige = maaneder()
    return render(
        request,
        "noegletal/dashboard.html",
        {
            "tavle": tavle(_valgt_maaned(request, mulige)),
            "maaneder": mulige,
            "definitioner": NOEGLETAL.values(),
            "tegnforklaring": FORKLARING,
            "rapporter": _rapporter(),
        },
    )


def _valgt_maaned(request: Anmodning, mulige: list[date]) -> date:
    """The asked-for month; 404 for one that has no figures."""
    oensket = request.GET.get("maaned")
    if not oensket:
        return mulige[0]
    try:
        maaned = dateparse.parse_date(f"{oensket}-01")
    except ValueError:
        maaned = None
    if maaned not in mulige:
        raise Http404("Der er ingen tal for den måned.")
    return maaned


def _rapporter() -> list[Maanedsrapport]:
    return list(Maanedsrapport.objects.defer("pdf", "tal")[:ANTAL_RAPPORTER])


@require_safe
@kraever("noegletal.se")
def rapport(request: Anmodning, pk: int) -> HttpResponse:
    """The frozen report's PDF, exactly as it was made."""
    fundet = get_object_or_404(Maanedsrapport.objects.defer("tal"), pk=pk)
    svar = HttpResponse(bytes(fundet.pdf), content_type="application/pdf")
    navn = f"noegletal-{fundet.maaned:%Y-%m}-v{fundet.version}.pdf"
    svar["Content-Disposition"] = f'inline; filename="{navn}"'
    return svar


@require_safe
@kraever("noegletal.tilsyn")
def overblik_teamleder(request: Anmodning) -> HttpResponse:
    """What waits for an answer; targets, overdue, caseload, cases without caseworker, reports."""
    dato = i_dag()
    vist = visninger.aabn(request, Listevalg.laes(overskredne.LISTE, request.GET))
    if isinstance(vist, HttpResponse):
        return vist
    if request.GET.get("hent") in regneark.FORMATER:
        return overskredne.hent(request, vist.valg, dato)
    opslag.log(request, "overblik_teamleder")
    uden = tilsyn.uden_sagsbehandler(dato, request.user.team_id)
    fravigelser = Screeningsfravigelse.objects.for_teamleder(request.user).venter()
    regler = Regelfravigelse.objects.for_teamleder(request.user).venter()
    return render(
        request,
        "noegletal/overblik_teamleder.html",
        overskredne.kontekst(request, vist.valg, dato)
        | {
            "visninger": vist,
            "dato": dato,
            "tavle": tavle(dato.replace(day=1)),
            "sagstal": tilsyn.sagstal(dato, request.user.team_id),
            "norm": NORM,
            "fravigelser": fravigelser.select_related("sag", "anmodet_af")[:ANTAL_FRAVIGELSER],
            "regelfravigelser": regler.select_related("sag", "anmodet_af")[:ANTAL_FRAVIGELSER],
            "moedetal": moedetal.tal(moedetal.siden(dato)),
            "klager": Klage.objects.for_overblik(request.user)[:ANTAL_KLAGER],
            "uden_sagsbehandler": uden,
            "antal_uden": uden[0].antal if uden else 0,
            "antal_uden_i_teamet": uden[0].antal_i_teamet if uden else 0,
            "rapporter": _rapporter()[:6],
            "rapportfrist": _rapportfrist(dato),
        },
    )


def _rapportfrist(dato: date) -> tuple[rapportfrist.Rapportfrist, Status] | None:
    """The deadline of the report that is due next, with its badge."""
    fundet = rapportfrist.aktuel()
    return (fundet, fundet.status(dato)) if fundet else None


@require_safe
@kraever("noegletal.se")
def overblik_leder(request: Anmodning) -> HttpResponse:
    """Management sees the figures and nothing else."""
    return dashboard(request)
