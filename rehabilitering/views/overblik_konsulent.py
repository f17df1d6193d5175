"""The faglig konsulent's Overblik: what waits for a decision, how long, how often it is returned."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere.beskyttede import beskyttede
from borgere.models import Sag
from rehabilitering import moedetal
from rehabilitering.egen import FORBEREDENDE_DEL, SCREENING, skrevet_i
from rehabilitering.lister import VENTENDE
from rehabilitering.models import Kvalitetssikring, Screeningsnotat
from ressource import opslag, regneark, visninger
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.listevalg import Listevalg, taellere
from ressource.models import Bruger, Opslag
from ressource.regneark import Celle

# Nobody decides more in a sitting; the rest come up as these are done.
VIS_HOEJST = 50
PERIODE = timedelta(days=90)
LANG_VENTETID = 7
NAVNE = {
    "alle": "Alle",
    "screening": "Screeningsnotater",
    "kvalitetssikring": "Kvalitetssikring",
    "lang": f"Ventet over {LANG_VENTETID} dage",
    "mine": "Til mig",
}
_TABELLER = ("screening", "kvalitetssikring")


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
    vist = visninger.aabn(request, Listevalg.laes(VENTENDE, request.GET))
    if isinstance(vist, HttpResponse):
        return vist
    valg, koer = vist.valg, _koer(request.user)
    if request.GET.get("hent") in regneark.FORMATER:
        return _hent(request, valg, koer)
    antal = _antal(koer)
    opslag.log(request, "overblik_konsulent")
    tabeller: dict[str, object] = {}
    for navn in _TABELLER:
        ventende = _ventende(koer[navn], valg, navn, VIS_HOEJST + 1)
        tabeller[navn] = ventende[:VIS_HOEJST]
        tabeller[f"flere_{navn}"] = len(ventende) > VIS_HOEJST
    kontekst = tabeller | {
        "i_dag": i_dag(),
        "valg": valg,
        "visninger": vist,
        "taellere": taellere(valg, NAVNE, antal, haster="lang"),
        "vis": valg.filter("vis"),
        "vis_hoejst": VIS_HOEJST,
        "beskyttede": beskyttede(request.user),
        "moedetal": moedetal.tal(moedetal.siden()),
        "tal": Kvalitetssikring.objects.tal(timezone.now() - PERIODE),
    }
    return svar(request, "rehabilitering/overblik_konsulent.html", kontekst)


def _koer(bruger: Bruger) -> dict[str, QuerySet[Any]]:
    """The two queues, each row with who handed it in and whether the user may not decide it."""
    notater = (
        Screeningsnotat.objects.synlige_for(bruger)
        .venter()
        .annotate(er_egen=skrevet_i(bruger, SCREENING), afsender=F("skrevet_af__navn"))
        .select_related("sag__borger", "skrevet_af")
    )
    sager = (
        Kvalitetssikring.objects.synlige_for(bruger)
        .venter()
        .annotate(er_egen=skrevet_i(bruger, FORBEREDENDE_DEL), afsender=F("indsendt_af__navn"))
        .select_related("sag__borger", "indsendt_af")
    )
    egne = {
        "screening": Q(skrevet_af=bruger) | Q(er_egen=True),
        "kvalitetssikring": Q(indsendt_af=bruger) | Q(er_egen=True),
    }
    return {
        "screening": notater.annotate(maa=~egne["screening"]),
        "kvalitetssikring": sager.annotate(maa=~egne["kvalitetssikring"]),
    }


def _lang() -> Q:
    """Handed in more than `LANG_VENTETID` days ago."""
    foerste = i_dag() - timedelta(days=LANG_VENTETID)
    return Q(indsendt_den__lt=timezone.make_aware(datetime.combine(foerste, time.min)))


def _antal(koer: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """What each of `NAVNE` counts. One statement for each queue."""
    tal = {
        navn: koe.order_by().aggregate(
            alle=Count("pk"), lang=Count("pk", filter=_lang()), mine=Count("pk", filter=Q(maa=True))
        )
        for navn, koe in koer.items()
    }
    sammen = {vis: sum(t[vis] for t in tal.values()) for vis in ("alle", "lang", "mine")}
    return sammen | {navn: t["alle"] for navn, t in tal.items()}


def _ventende(koe: QuerySet[Any], valg: Listevalg, navn: str, hoejst: int) -> list[Ventende]:
    """The rows of one queue as they are chosen; empty when only the other is."""
    vis = valg.filter("vis")
    if vis in _TABELLER and vis != navn:
        return []
    if vis == "lang":
        koe = koe.filter(_lang())
    if vis == "mine":
        koe = koe.filter(maa=True)
    return [_linje(raekke) for raekke in koe.order_by(*valg.orden)[:hoejst]]


def _linje(raekke: Any) -> Ventende:
    af = raekke.skrevet_af if isinstance(raekke, Screeningsnotat) else raekke.indsendt_af
    dage = (i_dag() - timezone.localdate(raekke.indsendt_den)).days
    return Ventende(raekke.sag, af, raekke.indsendt_den, dage, er_egen=not raekke.maa)


def _hent(request: Anmodning, valg: Listevalg, koer: dict[str, QuerySet[Any]]) -> HttpResponse:
    """Both queues as they are chosen, in a file. Logged as an export."""
    raekker = [
        [NAVNE[navn], *(_celle(linje, kode) for kode in valg.kolonner)]
        for navn in _TABELLER
        for linje in _ventende(koer[navn], valg, navn, regneark.HENT_HOEJST)
    ]
    opslag.log(request, "overblik_konsulent", handling=Opslag.Handling.EKSPORT)
    ark = regneark.Regneark(
        VENTENDE.titel,
        ["Venter på", *(kolonne.navn for kolonne in valg.viste)],
        raekker,
    )
    return regneark.svar(ark, request.GET["hent"])


def _celle(linje: Ventende, kode: str) -> Celle:
    celler: dict[str, Celle] = {
        "borger": linje.sag.borger.navn,
        "sagsnummer": linje.sag.sagsnummer,
        "indsendt": timezone.localdate(linje.indsendt_den),
        "af": linje.indsendt_af.navn,
        "dage": linje.dage,
        "skridt": "En anden afgør" if linje.er_egen else "Afgør",
    }
    return celler[kode]
