"""The faglig konsulent's Overblik: what waits for a decision, how long, how often it is returned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere.beskyttede import beskyttede
from borgere.models import Sag
from rehabilitering import moedetal
from rehabilitering.egen import FORBEREDENDE_DEL, SCREENING, skrevet_i
from rehabilitering.models import Kvalitetssikring, Screeningsnotat
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger

# Nobody decides more in a sitting; the rest come up as these are done.
VIS_HOEJST = 50
PERIODE = timedelta(days=90)


@dataclass(frozen=True)
class Ventende:
    """One case that waits; `er_egen`: the user wrote in it or handed it in, and may not decide."""

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
        .annotate(er_egen=skrevet_i(request.user, SCREENING))
        .select_related("sag__borger", "skrevet_af")[: VIS_HOEJST + 1]
    )
    sager = (
        Kvalitetssikring.objects.synlige_for(request.user)
        .venter()
        .annotate(er_egen=skrevet_i(request.user, FORBEREDENDE_DEL))
        .select_related("sag__borger", "indsendt_af")[: VIS_HOEJST + 1]
    )
    opslag.log(request, "overblik_konsulent")
    screening = [
        _ventende(n, n.skrevet_af, n.indsendt_den, request.user) for n in notater if n.indsendt_den
    ]
    ks = [_ventende(k, k.indsendt_af, k.indsendt_den, request.user) for k in sager]
    kontekst = {
        "i_dag": i_dag(),
        "screening": screening[:VIS_HOEJST],
        "kvalitetssikring": ks[:VIS_HOEJST],
        "flere_screening": len(screening) > VIS_HOEJST,
        "flere_kvalitetssikring": len(ks) > VIS_HOEJST,
        "vis_hoejst": VIS_HOEJST,
        "beskyttede": beskyttede(request.user),
        "moedetal": moedetal.tal(moedetal.siden()),
        "tal": Kvalitetssikring.objects.tal(timezone.now() - PERIODE),
    }
    return svar(request, "rehabilitering/overblik_konsulent.html", kontekst)


def _ventende(
    raekke: Screeningsnotat | Kvalitetssikring, af: Bruger, den: datetime, bruger: Bruger
) -> Ventende:
    dage = (i_dag() - timezone.localdate(den)).days
    er_egen = af.pk == bruger.pk or raekke.er_egen  # type: ignore[union-attr]
    return Ventende(raekke.sag, af, den, dage, er_egen=er_egen)
