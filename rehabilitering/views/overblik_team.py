"""The team's Overblik: my next meeting, my sparring, and what became of what we recommended."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from borgere.models import Fase, Sag
from rehabilitering import dagsorden
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    Indstilling,
    Sparringsbooking,
    Teammoede,
)
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Bruger

ANTAL_INDSTILLINGER = 10
ANTAL_SPARRINGER = 10


@dataclass(frozen=True)
class Udkomme:
    """One recommendation, and how the case stands. The name only while one may read the case."""

    indstilling: Indstilling
    navn: str
    sket: str


@require_safe
@kraever("moede.live")
def overblik(request: Anmodning) -> HttpResponse:
    """What a member of the team is to do next, and learns from."""
    bruger: Bruger = request.user
    opslag.log(request, "overblik_team")
    moede = (
        Teammoede.objects.for_deltager(bruger)
        .kommende(i_dag())
        .select_related("moedeleder")
        .first()
    )
    sparring = list(Sparringsbooking.objects.kommende_bookinger(bruger)[:ANTAL_SPARRINGER])
    kontekst = {
        "i_dag": i_dag(),
        "moede": moede,
        "punkter": _punkter(moede, bruger),
        "sparring": sparring,
        "maa_svare": maa(bruger, "sparring.svar"),
        "indstillinger": _udkommer(bruger),
    }
    return render(request, "rehabilitering/overblik_team.html", kontekst)


def _punkter(moede: Teammoede | None, bruger: Bruger) -> list[dagsorden.Punktraekke]:
    if moede is None:
        return []
    return dagsorden.punktraekker(moede, bruger)


def _udkommer(bruger: Bruger) -> list[Udkomme]:
    """The latest recommendations of meetings the user was at, newest first. Two statements."""
    indstillinger = list(
        Indstilling.objects.afsluttede()
        .filter(punkt__in=Dagsordenspunkt.objects.behandlet_med(bruger))
        .select_related("sag__borger", "afgoerelse")
        .order_by("-moede_dato", "-pk")[:ANTAL_INDSTILLINGER]
    )
    synlige = set(
        Sag.objects.synlige_for(bruger)
        .filter(pk__in=[i.sag_id for i in indstillinger])
        .values_list("pk", flat=True)
    )
    return [
        Udkomme(i, i.sag.borger.navn if i.sag_id in synlige else "", _sket(i))
        for i in indstillinger
    ]


def _sket(indstilling: Indstilling) -> str:
    """What the municipality did with it, and where the case is now."""
    sag = indstilling.sag
    afgoerelse: Afgoerelse | None = getattr(indstilling, "afgoerelse", None)
    if afgoerelse and not afgoerelse.foelger_indstilling:
        return "Kommunen fulgte den ikke og bad teamet vurdere sagen igen"
    if not (afgoerelse and afgoerelse.afgoerelse_dato):
        nu = sag.get_fase_display().lower()
        return f"Ingen afgørelse endnu; sagen er i trinnet {nu}"
    tekst = f"Afgørelse {dato(afgoerelse.afgoerelse_dato)} fulgte den"
    if sag.fase == Fase.AFSLUTNING and sag.afsluttet_dato:
        grund = sag.get_afslutningsaarsag_display()
        return f"{tekst}; sagen sluttede {dato(sag.afsluttet_dato)}: {grund}"
    return f"{tekst}; sagen er i trinnet {sag.get_fase_display().lower()}"
