"""The faglig konsulent's Overblik: what waits for a decision, and how often cases are returned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere.models import Sag
from rehabilitering.models import Kvalitetssikring, Screeningsnotat
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger

# Nobody decides more in a sitting; the rest come up as these are done.
VIS_HOEJST = 50
RETUR_PERIODE = timedelta(days=90)


@dataclass(frozen=True)
class Ventende:
    """One case that waits; `er_egen`: the user handed it in and may not decide it."""

    sag: Sag
    indsendt_af: Bruger
    indsendt_den: datetime
    dage: int
    er_egen: bool


@require_safe
@kraever("kvalitetssikring.afgoer")
def overblik(request: Anmodning) -> HttpResponse:
    """Notes and cases that wait, the one that has waited longest first."""
    notater = (
        Screeningsnotat.objects.synlige_for(request.user)
        .venter()
        .select_related("sag__borger", "skrevet_af")[: VIS_HOEJST + 1]
    )
    sager = (
        Kvalitetssikring.objects.synlige_for(request.user)
        .venter()
        .select_related("sag__borger", "indsendt_af")[: VIS_HOEJST + 1]
    )
    opslag.log(request, "overblik_konsulent")
    screening = [
        _ventende(request.user, n.sag, n.skrevet_af, n.indsendt_den)
        for n in notater
        if n.indsendt_den
    ]
    ks = [_ventende(request.user, k.sag, k.indsendt_af, k.indsendt_den) for k in sager]
    kontekst = {
        "i_dag": i_dag(),
        "screening": screening[:VIS_HOEJST],
        "kvalitetssikring": ks[:VIS_HOEJST],
        "flere_screening": len(screening) > VIS_HOEJST,
        "flere_kvalitetssikring": len(ks) > VIS_HOEJST,
        "vis_hoejst": VIS_HOEJST,
        "retur": Kvalitetssikring.objects.returandel(timezone.now() - RETUR_PERIODE),
    }
    return svar(request, "rehabilitering/overblik_konsulent.html", kontekst)


def _ventende(bruger: Bruger, sag: Sag, af: Bruger, den: datetime) -> Ventende:
    dage = (i_dag() - timezone.localdate(den)).days
    return Ventende(sag, af, den, dage, er_egen=af.pk == bruger.pk)
