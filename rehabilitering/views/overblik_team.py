"""The team's Overblik: my next meeting, my sparring, and what became of what we recommended."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from borgere.models import Fase, Sag
from rehabilitering import dagsorden
from rehabilitering.lister import INDSTILLINGER
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    Indstilling,
    Sparringsbooking,
    Teammoede,
)
from ressource import opslag, regneark, visninger
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.listevalg import Listevalg, taellere
from ressource.models import Bruger, Opslag
from ressource.regneark import Celle

ANTAL_INDSTILLINGER = 10
ANTAL_SPARRINGER = 10
NAVNE = {
    "alle": "Alle",
    "uden_afgoerelse": "Ingen afgørelse endnu",
    "fulgt": "Fulgt",
    "ikke_fulgt": "Ikke fulgt",
}
_AFGJORT = Q(afgoerelse__afgoerelse_dato__isnull=False)
_FRAVEGET = Q(afgoerelse__foelger_indstilling=False)
VILKAAR = {
    "alle": Q(),
    "uden_afgoerelse": ~(_AFGJORT | _FRAVEGET),
    "fulgt": _AFGJORT & ~_FRAVEGET,
    "ikke_fulgt": _FRAVEGET,
}


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
    vist = visninger.aabn(request, Listevalg.laes(INDSTILLINGER, request.GET))
    if isinstance(vist, HttpResponse):
        return vist
    mine = _mine(bruger)
    if request.GET.get("hent") in regneark.FORMATER:
        return _hent(request, vist.valg, mine)
    opslag.log(request, "overblik_team")
    moede = (
        Teammoede.objects.for_deltager(bruger)
        .kommende(i_dag())
        .select_related("moedeleder")
        .first()
    )
    sparring = list(Sparringsbooking.objects.kommende_bookinger(bruger)[:ANTAL_SPARRINGER])
    kontekst = _siden(request, vist.valg, mine) | {
        "i_dag": i_dag(),
        "visninger": vist,
        "moede": moede,
        "punkter": _punkter(moede, bruger),
        "sparring": sparring,
        "maa_svare": maa(bruger, "sparring.svar"),
    }
    return render(request, "rehabilitering/overblik_team.html", kontekst)


def _punkter(moede: Teammoede | None, bruger: Bruger) -> list[dagsorden.Punktraekke]:
    if moede is None:
        return []
    return dagsorden.punktraekker(moede, bruger)


def _mine(bruger: Bruger) -> QuerySet[Indstilling]:
    """The finished recommendations of meetings the user was at."""
    return (
        Indstilling.objects.afsluttede()
        .filter(punkt__in=Dagsordenspunkt.objects.behandlet_med(bruger))
        .select_related("sag__borger", "afgoerelse")
    )


def _valgte(valg: Listevalg, mine: QuerySet[Indstilling]) -> QuerySet[Indstilling]:
    return mine.filter(VILKAAR[valg.filter("vis", "alle")]).order_by(*valg.orden)


def _siden(request: Anmodning, valg: Listevalg, mine: QuerySet[Indstilling]) -> dict[str, object]:
    """Counts, and one page of what became of them. Three statements."""
    antal = mine.order_by().aggregate(
        **{vis: Count("pk", filter=vilkaar) for vis, vilkaar in VILKAAR.items()}
    )
    side = Paginator(range(antal[valg.filter("vis", "alle")]), ANTAL_INDSTILLINGER).get_page(
        request.GET.get("side")
    )
    fra = (side.number - 1) * ANTAL_INDSTILLINGER
    return {
        "valg": valg,
        "taellere": taellere(valg, NAVNE, antal),
        "side": side,
        "antal_indstillinger": antal["alle"],
        "indstillinger": _udkommer(
            request.user, _valgte(valg, mine)[fra : fra + ANTAL_INDSTILLINGER]
        ),
    }


def _udkommer(bruger: Bruger, valgte: QuerySet[Indstilling]) -> list[Udkomme]:
    """What became of each. Two statements."""
    indstillinger = list(valgte)
    synlige = set(
        Sag.objects.synlige_for(bruger)
        .filter(pk__in=[i.sag_id for i in indstillinger])
        .values_list("pk", flat=True)
    )
    return [
        Udkomme(i, i.sag.borger.navn if i.sag_id in synlige else "", _sket(i))
        for i in indstillinger
    ]


def _hent(request: Anmodning, valg: Listevalg, mine: QuerySet[Indstilling]) -> HttpResponse:
    """All that are chosen, in a file; by case number alone. Logged as an export."""
    udkommer = _udkommer(request.user, _valgte(valg, mine)[: regneark.HENT_HOEJST])
    opslag.log(request, "overblik_team", handling=Opslag.Handling.EKSPORT)
    ark = regneark.Regneark(
        INDSTILLINGER.titel,
        [kolonne.navn for kolonne in valg.viste],
        [[_celle(u, kode) for kode in valg.kolonner] for u in udkommer],
    )
    return regneark.svar(ark, request.GET["hent"])


def _celle(udkomme: Udkomme, kode: str) -> Celle:
    indstilling = udkomme.indstilling
    celler: dict[str, Celle] = {
        "sag": indstilling.sag.sagsnummer,
        "moede": indstilling.moede_dato,
        "indstilling": indstilling.get_udfald_display(),
        "siden": udkomme.sket,
    }
    return celler[kode]


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
