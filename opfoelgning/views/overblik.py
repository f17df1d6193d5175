"""The Overblik of those who work on the cases: what is due, and the next step of each case."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from borgere import soegning
from borgere.models import Fase, Huskeseddel, Sag, Tildeling
from borgere.sagsmaengde import i_ord
from opfoelgning import arbejdsliste, dagen, sagsmaengde, visning
from opfoelgning.arbejdsliste import PR_SIDE, Antal, Raekke, Udsnit
from opfoelgning.forklaring import forklar
from opfoelgning.forms import ArbejdslisteForm
from opfoelgning.models import Frist, Opfoelgningsmoede
from opfoelgning.naeste_skridt import Skridt, naeste_skridt
from opfoelgning.sagsfakta import Sagsfakta
from ressource import dansk, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag

# The rest are on the page of reminders.
VIS_HUSKESEDLER = 8
NAVNE = {
    "alle": "Alle",
    "overskredet": "Overskredet",
    "varslet": "Varslet",
    "ingen_aftale": "Ingen næste aftale",
    "stille": f"Intet sket i {arbejdsliste.DAGE_STILLE} dage",
    "mangler_mentor": "Mangler mentor",
    "mangler_praktik": "Mangler praktik",
}
TOMME = {
    "alle": "Du har ingen åbne sager.",
    "overskredet": "Ingen frister er overskredet.",
    "varslet": "Ingen frister er tæt på.",
    "ingen_aftale": "Alle borgere i forløb har en næste aftale.",
    "stille": "Der er sket noget i alle sager.",
    "mangler_mentor": "Alle forløb har en mentor.",
    "mangler_praktik": "Alle forløb har en virksomhedsrettet indsats i gang.",
}


@dataclass(frozen=True, slots=True)
class Linje:
    """One row of the table, in words."""

    raekke: Raekke
    alder: int
    fase: str
    status: visning.Status | None
    frist_dato: str
    sidst: str
    naeste: str
    skridt: Skridt | None
    haster: bool


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def overblik(request: Anmodning) -> HttpResponse:
    """The worklist. Its state is in the address, but for a search, which comes by POST.

    htmx gets the list and its counts.
    """
    dato = i_dag()
    form = ArbejdslisteForm(soegning.filterdata(request))
    soegt, fase = form.valg()
    vis = request.GET.get("vis", "")
    udsnit = Udsnit(vis if vis in arbejdsliste.VISNINGER else "alle", soegt, fase)
    adresse = soegning.adresse(request, _forespoergsel(request, udsnit))
    if soegning.skal_hjem(request, soegt):
        return redirect(adresse)
    antal = arbejdsliste.tael(request.user, udsnit, dato)
    side = _side(request, antal.visninger[udsnit.vis])
    linjer = [
        _linje(raekke, fakta, dato)
        for raekke, fakta in arbejdsliste.hent_side(request.user, udsnit, side.number, dato)
    ]
    soegning.log(request, "overblik", soegt)
    kontekst = _dagen(request, dato) | {
        "huskesedler": _huskesedler(request, dato),
        "beskyttede": antal.beskyttede,
        "form": form,
        "dato": dato,
        "hilsen": _hilsen(),
        "status": _status_i_ord(antal, udsnit),
        "linjer": linjer,
        "side": side,
        "udsnit": udsnit,
        "taellere": _taellere(request, antal, udsnit),
        "tom": TOMME[udsnit.vis] if not (soegt or fase) else "Ingen af dine sager passer.",
        "forespoergsel": _forespoergsel(request, udsnit),
        "adresse": _forespoergsel(request, udsnit, side=side.number if side.number > 1 else None),
        "aaben": _aaben_forklaring(request, linjer),
        "sagsmaengde": antal.sagsmaengde,
        "sagsmaengde_i_ord": i_ord(antal.sagsmaengde),
        "sagsmaengde_svg": sagsmaengde.bjaelke(antal.sagsmaengde),
    }
    response = svar(request, "opfoelgning/overblik.html", kontekst, delvis="liste")
    return soegning.med_adresse(request, response, adresse)


def _side(request: Anmodning, i_alt: int) -> Page[int]:
    """Which page is asked for, of so many cases; the nearest there is."""
    return Paginator(range(i_alt), PR_SIDE).get_page(request.GET.get("side"))


def _dagen(request: Anmodning, dato: date) -> dict[str, object]:
    aftaler = dagen.for_bruger(request.user, dato)
    return {
        "i_dag": [aftale for aftale in aftaler if aftale.dato == dato],
        "sparringer": [aftale for aftale in aftaler if aftale.slags == "sparring"],
    }


def _huskesedler(request: Anmodning, dato: date) -> "QuerySet[Huskeseddel]":
    """One's own reminders for today and before, oldest first; not asked for until they are shown."""
    sedler = Huskeseddel.objects.for_bruger(request.user, dato).forfaldne(dato)
    return sedler.select_related("bruger", "sag__borger")[:VIS_HUSKESEDLER]


def _linje(raekke: Raekke, fakta: Sagsfakta, dato: date) -> Linje:
    status = None
    if raekke.forfald_dato and raekke.varsel_dato:
        status = visning.fristens_status(raekke.forfald_dato, raekke.varsel_dato, dato)
    moede_i_dag = raekke.moede is not None and timezone.localdate(raekke.moede) == dato
    if moede_i_dag and (status is None or status.slags == "ren"):
        status = visning.Status("idag", "Møde i dag")
    foedt = raekke.foedselsdato
    return Linje(
        raekke=raekke,
        alder=dato.year - foedt.year - ((dato.month, dato.day) < (foedt.month, foedt.day)),
        fase=Fase(fakta.fase).label,
        status=status,
        frist_dato=dansk.dato_kort(raekke.forfald_dato) if raekke.forfald_dato else "",
        sidst=visning.sidst(fakta, dato),
        naeste=visning.naeste(fakta, raekke.moede, dato),
        skridt=naeste_skridt(fakta, dato),
        haster=status is not None and status.slags in {"overskredet", "idag"},
    )


def _hilsen() -> str:
    time = timezone.localtime().hour
    return "God morgen" if time < 10 else "Goddag" if time < 18 else "God aften"


def _status_i_ord(antal: Antal, udsnit: Udsnit) -> str:
    """`1 sag er over fristen, 4 er varslet`, of all one's cases; empty while a search is on."""
    if udsnit.soeg or udsnit.fase:
        return ""
    over, varslet = antal.visninger["overskredet"], antal.visninger["varslet"]
    if not over and not varslet:
        return "ingen frister haster"
    sager = "1 sag" if over == 1 else f"{dansk.tal(over) if over else 'ingen'} sager"
    return f"{sager} er over fristen, {dansk.tal(varslet) if varslet else 'ingen'} er varslet"


def _taellere(request: Anmodning, antal: Antal, udsnit: Udsnit) -> list[dict[str, object]]:
    return [
        {
            "navn": navn,
            "antal": antal.visninger[vis],
            "adresse": _forespoergsel(request, udsnit, vis=vis if vis != "alle" else None),
            "aktiv": vis == udsnit.vis,
            "haster": vis == "overskredet" and antal.visninger[vis] > 0,
        }
        for vis, navn in NAVNE.items()
    ]


def _forespoergsel(request: Anmodning, udsnit: Udsnit, **aendret: object) -> str:
    """The first page in this state as a query, with `aendret` in place; None leaves a part out.

    The text searched for is never in it.
    """
    dele = {
        "rolle": request.GET.get("rolle"),
        "vis": udsnit.vis if udsnit.vis != "alle" else None,
        "fase": udsnit.fase,
    } | aendret
    return urlencode({navn: vaerdi for navn, vaerdi in dele.items() if vaerdi})


def _aaben_forklaring(request: Anmodning, linjer: list[Linje]) -> dict[str, object] | None:
    """The deadline whose explanation is open, when it is on the page."""
    valgt = request.GET.get("hvorfor", "")
    frist_id = next((f for linje in linjer if str(f := linje.raekke.frist_id) == valgt), None)
    if frist_id is None:
        return None
    frist = Frist.objects.select_related("regel", "ejer").get(pk=frist_id)
    return {"frist": frist, "forklaring": forklar(frist)}


@require_safe
@kraever("opfoelgning.se")
def overblik_mentor(request: Anmodning) -> HttpResponse:
    """The citizens one is mentor for: the next meeting and one's own tasks."""
    dato = i_dag()
    egne = Tildeling.objects.gaeldende(dato).filter(bruger=request.user, art=Tildeling.Art.MENTOR)
    sager = (
        Sag.objects.synlige_for(request.user)
        .aabne()
        .filter(pk__in=egne.values("sag"))
        .select_related("borger")
        .order_by("borger__fornavn", "borger__efternavn", "pk")
    )
    moeder: dict[int, Opfoelgningsmoede] = {}
    kommende = Opfoelgningsmoede.objects.aftalte().filter(
        sag__in=sager.order_by().values("pk"), tidspunkt__date__gte=dato
    )
    for moede in kommende.order_by("tidspunkt", "pk"):
        moeder.setdefault(moede.sag_id, moede)
    opslag.log(request, "arbejdsliste")
    kontekst = {
        "dato": dato,
        "hilsen": _hilsen(),
        "sager": [(sag, moeder.get(sag.pk)) for sag in sager],
    }
    return svar(request, "opfoelgning/overblik_mentor.html", kontekst)
