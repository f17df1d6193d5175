"""The Overblik of those who work on the cases: what is due, and the next step of each case."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from borgere import soegning
from borgere.models import Fase, Huskeseddel
from borgere.sagsmaengde import i_ord
from opfoelgning import arbejdsliste, dagen, sagsmaengde, visning
from opfoelgning.arbejdskolonner import LISTE, alder, celler, overskrifter
from opfoelgning.arbejdsliste import PR_SIDE, Antal, Raekke, Udsnit
from opfoelgning.forklaring import forklar
from opfoelgning.forms import ArbejdslisteForm
from opfoelgning.models import Frist
from opfoelgning.naeste_skridt import Skridt, naeste_skridt
from opfoelgning.sagsfakta import Sagsfakta
from ressource import dansk, opslag, regneark, visninger
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.listevalg import Listevalg, Taeller, taellere
from ressource.models import Opslag

# The rest are on the page of reminders.
VIS_HUSKESEDLER = 8
NAVNE = {
    "alle": "Alle",
    "overskredet": "Overskredet",
    "varslet": "Varslet",
    "ingen_aftale": "Ingen næste aftale",
    "stille": "Intet sket i {dage} dage",
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
    fakta: Sagsfakta


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def overblik(request: Anmodning) -> HttpResponse:
    """The worklist. Its state is in the address, but for a search, which comes by POST.

    htmx gets the list and its counts; `?hent=` gets the whole of it as a file.
    """
    dato = i_dag()
    form = ArbejdslisteForm(soegning.filterdata(request))
    soegt = form.soegt()
    vist = visninger.aabn(request, Listevalg.laes(LISTE, request.GET, sendt=request.POST.dict()))
    if isinstance(vist, HttpResponse):
        return vist
    valg = vist.valg
    udsnit = _udsnit(valg, soegt)
    if request.GET.get("hent") in regneark.FORMATER:
        return _hent(request, valg, udsnit, dato)
    if soegning.skal_hjem(request, soegt):
        return redirect(valg.adresse)
    antal = arbejdsliste.tael(request.user, udsnit, dato)
    side = _side(request, antal.visninger[udsnit.vis])
    sagerne = arbejdsliste.hent_side(
        request.user, udsnit, side.number, dato, orden=valg.orden_sql("m")
    )
    linjer = [_linje(raekke, fakta, dato) for raekke, fakta in sagerne]
    soegning.log(request, "overblik", soegt)
    kontekst = (
        _listen(valg, antal, udsnit)
        | _dagen(request, dato)
        | _sagerne(antal)
        | {
            "form": form,
            "visninger": vist,
            "linjer": linjer,
            "side": side,
            "adresse": valg.forespoergsel(side=side.number if side.number > 1 else None),
            "aaben": _aaben_forklaring(request, linjer),
        }
    )
    response = svar(request, "opfoelgning/overblik.html", kontekst, delvis="liste")
    return soegning.med_adresse(request, response, valg.adresse)


def _udsnit(valg: Listevalg, soegt: str) -> Udsnit:
    """What the choices ask the worklist for."""
    return Udsnit(
        valg.filter("vis", "alle"),
        soegt,
        valg.filter("fase"),
        valg.filter("hvis"),
        int(valg.filter("dage", str(arbejdsliste.DAGE_STILLE))),
    )


def _listen(valg: Listevalg, antal: Antal, udsnit: Udsnit) -> dict[str, object]:
    """What the list's own part of the page shows round the rows."""
    er_alt = not (udsnit.soeg or udsnit.fase or udsnit.hvis)
    return {
        "valg": valg,
        "udsnit": udsnit,
        "status": _status_i_ord(antal) if er_alt else "",
        "taellere": _taellere(valg, antal, udsnit),
        "tom": TOMME[udsnit.vis] if er_alt else "Ingen af dine sager passer.",
        "forespoergsel": valg.forespoergsel(),
        "alle_adresse": replace(valg, filtre={}).forespoergsel(),
    }


def _hent(request: Anmodning, valg: Listevalg, udsnit: Udsnit, dato: date) -> HttpResponse:
    """The whole list as it is chosen, in a file. Logged as an export."""
    sager = arbejdsliste.hent_side(
        request.user, udsnit, 1, dato, orden=valg.orden_sql("m"), antal=regneark.HENT_HOEJST
    )
    formaal = soegning.kriterium(udsnit.soeg) if udsnit.soeg else ""
    opslag.log(request, "overblik", handling=Opslag.Handling.EKSPORT, formaal=formaal)
    ark = regneark.Regneark(
        LISTE.titel,
        overskrifter(valg),
        [celler(raekke, fakta, valg, dato) for raekke, fakta in sager],
    )
    return regneark.svar(ark, request.GET["hent"])


def _side(request: Anmodning, i_alt: int) -> Page[int]:
    """Which page is asked for, of so many cases; the nearest there is."""
    return Paginator(range(i_alt), PR_SIDE).get_page(request.GET.get("side"))


def _dagen(request: Anmodning, dato: date) -> dict[str, object]:
    aftaler = dagen.for_bruger(request.user, dato)
    return {
        "dato": dato,
        "hilsen": visning.hilsen(),
        "huskesedler": _huskesedler(request, dato),
        "i_dag": [a for a in aftaler if a.dato == dato and a.slags != "svar"],
        "sparringer": [aftale for aftale in aftaler if aftale.slags == "sparring"],
        "svar": [aftale for aftale in aftaler if aftale.slags == "svar"],
    }


def _sagerne(antal: Antal) -> dict[str, object]:
    """What is said of all one's cases, whatever the list is narrowed to."""
    return {
        "beskyttede": antal.beskyttede,
        "sagsmaengde": antal.sagsmaengde,
        "sagsmaengde_i_ord": i_ord(antal.sagsmaengde),
        "sagsmaengde_svg": sagsmaengde.bjaelke(antal.sagsmaengde),
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
    if moede_i_dag and (status is None or status.slags in {"ren", "varslet"}):
        status = visning.Status("idag", "Møde i dag")
    return Linje(
        raekke=raekke,
        alder=alder(raekke.foedselsdato, dato),
        fase=Fase(fakta.fase).label,
        status=status,
        frist_dato=dansk.dato_kort(raekke.forfald_dato) if raekke.forfald_dato else "",
        sidst=visning.sidst(fakta, dato),
        naeste=visning.naeste(fakta, raekke.moede, dato),
        skridt=naeste_skridt(fakta, dato),
        haster=status is not None and status.slags in {"overskredet", "idag"},
        fakta=fakta,
    )


def _status_i_ord(antal: Antal) -> str:
    """`1 sag er over fristen, 4 er varslet`, of all one's cases."""
    over, varslet = antal.visninger["overskredet"], antal.visninger["varslet"]
    if not over and not varslet:
        return "ingen frister haster"
    sager = "1 sag" if over == 1 else f"{dansk.tal(over) if over else 'ingen'} sager"
    return f"{sager} er over fristen, {dansk.tal(varslet) if varslet else 'ingen'} er varslet"


def _taellere(valg: Listevalg, antal: Antal, udsnit: Udsnit) -> list[Taeller]:
    navne = {vis: navn.format(dage=udsnit.dage) for vis, navn in NAVNE.items()}
    return taellere(valg, navne, antal.visninger, haster="overskredet")


def _aaben_forklaring(request: Anmodning, linjer: list[Linje]) -> dict[str, object] | None:
    """The deadline whose explanation is open, when it is on the page."""
    valgt = request.GET.get("hvorfor", "")
    frist_id = next((f for linje in linjer if str(f := linje.raekke.frist_id) == valgt), None)
    if frist_id is None:
        return None
    frist = Frist.objects.select_related("regel", "ejer").get(pk=frist_id)
    return {"frist": frist, "forklaring": forklar(frist, request.user)}
