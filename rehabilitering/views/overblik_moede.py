"""The mødekoordinator's Overblik: meetings with free places, cases that wait, sparring this week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere.models import Tildeling
from rehabilitering import dagsorden, indkaldelser, moedetal
from rehabilitering.lister import DAGSORDEN
from rehabilitering.models import Sparringsbooking, Sparringstid, Teammoede
from rehabilitering.sagspakke import status
from ressource import opslag, regneark, visninger
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.kalender import i_dag, ugens_mandag
from ressource.listevalg import Listevalg, taellere
from ressource.models import Opslag
from ressource.regneark import Celle

ANTAL_MOEDER = 10
ANTAL_SAGER = 25
LANG_VENTETID = 28
NAVNE = {
    "alle": "Alle",
    "klar": "Kan sættes på",
    "uden_attest": "Mangler LÆ 265",
    "lang": f"Ventet over {LANG_VENTETID // 7} uger",
}


@dataclass(frozen=True)
class Sparringsuge:
    """How many of the week's published slots are taken, and how many bookings await an answer."""

    antal: int
    booket: int
    venter_paa_svar: int

    @property
    def ledige(self) -> int:
        """Slots nobody has booked, past ones included."""
        return self.antal - self.booket


@require_safe
@kraever("moede.planlaeg")
def overblik(request: Anmodning) -> HttpResponse:
    """Names, case numbers and flags only: the role is in no case circle (domain.md 3)."""
    vist = visninger.aabn(request, Listevalg.laes(DAGSORDEN, request.GET))
    if isinstance(vist, HttpResponse):
        return vist
    moeder: list[Any] = list(
        Teammoede.objects.kommende(i_dag()).med_antal().select_related("moedeleder")[:ANTAL_MOEDER]
    )
    naeste = next((m for m in moeder if m.antal_sager < m.kapacitet), None)
    dato = naeste.dato if naeste else i_dag()
    venter = dagsorden.venter_paa_dagsorden(dato)
    if request.GET.get("hent") in regneark.FORMATER:
        return _hent(request, vist.valg, venter, dato)
    opslag.log(request, "overblik_moede")
    kontekst = _klar(request, vist.valg, venter, dato) | {
        "i_dag": i_dag(),
        "visninger": vist,
        "moeder": moeder,
        "naeste": naeste,
        "dato": dato,
        "sparring": _sparring(),
        "mangler_indkaldelse": indkaldelser.mangler(moeder, request.user),
        "uudgivne": status.uudgivne(moeder),
        "forgaeves": indkaldelser.uden_moede(request.user),
        "moedetal": moedetal.tal(moedetal.siden()),
    }
    return render(request, "rehabilitering/overblik_moede.html", kontekst)


def _vilkaar() -> dict[str, Q]:
    """What each of `NAVNE` counts."""
    foerste = i_dag() - timedelta(days=LANG_VENTETID)
    laenge = timezone.make_aware(datetime.combine(foerste, time.min))
    return {
        "alle": Q(),
        "klar": Q(har_attest=True),
        "uden_attest": Q(har_attest=False),
        "lang": Q(godkendt_den__lt=laenge),
    }


def _valgte(valg: Listevalg, venter: QuerySet[Any]) -> QuerySet[Any]:
    """The cases as they are chosen, each with its caseworker's name."""
    ansvarlige = Tildeling.objects.gaeldende(i_dag()).filter(
        sag=OuterRef("pk"), art=Tildeling.Art.ANSVARLIG
    )
    valgte: QuerySet[Any] = (
        venter.filter(_vilkaar()[valg.filter("vis", "alle")])
        .annotate(sagsbehandler=Subquery(ansvarlige.order_by("pk").values("bruger__navn")[:1]))
        .order_by(*valg.orden)
    )
    return valgte


def _klar(
    request: Anmodning, valg: Listevalg, venter: QuerySet[Any], dato: date
) -> dict[str, object]:
    """The cases that wait for an agenda: counts, and one page. Two statements."""
    antal = venter.order_by().aggregate(
        **{vis: Count("pk", filter=vilkaar) for vis, vilkaar in _vilkaar().items()}
    )
    side = Paginator(range(antal[valg.filter("vis", "alle")]), ANTAL_SAGER).get_page(
        request.GET.get("side")
    )
    fra = (side.number - 1) * ANTAL_SAGER
    sager = _valgte(valg, venter)[fra : fra + ANTAL_SAGER]
    return {
        "valg": valg,
        "taellere": taellere(valg, NAVNE, antal, haster="lang"),
        "side": side,
        "sager": dagsorden.kandidatraekker(sager, dato),
        "antal_sager": antal["alle"],
    }


def _hent(request: Anmodning, valg: Listevalg, venter: QuerySet[Any], dato: date) -> HttpResponse:
    """All the cases chosen, in a file. Logged as an export."""
    sager = list(_valgte(valg, venter)[: regneark.HENT_HOEJST])
    opslag.log(request, "overblik_moede", handling=Opslag.Handling.EKSPORT)
    ark = regneark.Regneark(
        DAGSORDEN.titel,
        [
            navn
            for kol in valg.viste
            for navn in (("Sagsnr.", "Borger") if kol.fast else (kol.navn,))
        ],
        [
            [celle for kode in valg.kolonner for celle in _celler(raekke, kode)]
            for raekke in dagsorden.kandidatraekker(sager, dato)
        ],
    )
    return regneark.svar(ark, request.GET["hent"])


def _celler(raekke: dagsorden.Kandidatraekke, kode: str) -> list[Celle]:
    sag: Any = raekke.sag
    celler: dict[str, list[Celle]] = {
        "sag": [sag.sagsnummer, raekke.navn],
        "godkendt": [timezone.localdate(sag.godkendt_den)],
        "ventet": [raekke.ventet_dage],
        "krav": [", ".join(raekke.krav)],
        "attest": [raekke.mangel_stor or "Aktuel"],
        "sagsbehandler": [sag.sagsbehandler or ""],
    }
    return celler[kode]


def _sparring() -> Sparringsuge:
    """This week's slots, Monday to Sunday. Two statements."""
    mandag = timezone.make_aware(datetime.combine(ugens_mandag(i_dag()), time.min))
    booking = Sparringsbooking.objects.aktive().filter(tid=OuterRef("pk"))
    tal = (
        Sparringstid.objects.udgivne()
        .filter(start__gte=mandag, start__lt=mandag + timedelta(weeks=1))
        .annotate(er_booket=Exists(booking))
        .aggregate(antal=Count("pk"), booket=Count("pk", filter=Q(er_booket=True)))
    )
    venter = Sparringsbooking.objects.venter_paa_svar().count()
    return Sparringsuge(tal["antal"], tal["booket"], venter)
