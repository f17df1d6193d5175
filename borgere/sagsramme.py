"""The frame of every case page: header, facts and tabs.

Tabs and facts belong to the apps whose data they show; each declares its own in `ready` (`fane`,
`faktum`, `titelmaerke`), for this floor does not know the floors above. What they show comes as
expressions over `Sag`, so that one statement answers for all of them:

    sagsramme.faktum(
        "jobmaal", "Jobmål", lambda: Subquery(Maal.objects.filter(...).values("tekst")[:1]), plads=50
    )
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from django.urls import reverse

from borgere import adgangsgrunde
from borgere.models import Personnummer, Sag, Tildeling, synlighed
from borgere.models.synlighed import Spoerger
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type
from ressource import adgang, opslag
from ressource.anmodning import Anmodning
from ressource.henvisning import Henvisning
from ressource.kalender import i_dag
from ressource.models import Bruger, Opslag

KUN_NOEDADGANG = (
    "Du ser sagen med nødadgang. Den giver ikke ret til at ændre, hvem der har sagen, afslutte den "
    "eller bestille et uddrag. Spørg den ansvarlige eller teamlederen."
)

Udtryk = Callable[[], Combinable]
Erklaerede = tuple[tuple[str, Udtryk], ...]
# The case's place in the kept statement: a number no case has.
_SAG = -8_102_466_014


@dataclass(frozen=True)
class Fane:
    """One tab: its place in the row, its text, its URL name (takes the case's pk) and action.

    `antal` is an expression over `Sag` that counts what is behind it.
    """

    plads: int
    navn: str
    url: str
    handling: str
    antal: Udtryk | None


@dataclass(frozen=True)
class Faktum:
    """One line of the header: its place, its label, and how its value is found and written."""

    plads: int
    etiket: str
    udtryk: Udtryk
    vis: Callable[[Any], str]


_faner: dict[str, Fane] = {}
_fakta: dict[str, Faktum] = {}
_titelmaerker: dict[str, Faktum] = {}


def fane(
    noegle: str,
    navn: str,
    url: str,
    *,
    handling: str,
    plads: int,
    antal: Udtryk | None = None,
) -> None:
    """Declare a tab. Called once, by the `ready` of the app that owns the page."""
    _faner[noegle] = Fane(plads, navn, url, handling, antal)


def faktum(
    noegle: str, etiket: str, udtryk: Udtryk, *, plads: int, vis: Callable[[Any], str] = str
) -> None:
    """Declare a fact of the header. `udtryk` gives an expression over `Sag`; empty is not shown.

    The statement is written once a day, so the expression may depend on the day, not on the hour.
    """
    _fakta[noegle] = Faktum(plads, etiket, udtryk, vis)


def titelmaerke(noegle: str, udtryk: Udtryk, *, vis: Callable[[Any], str] = str) -> None:
    """Declare a badge beside the citizen's name, e.g. the running forløb's dates."""
    _titelmaerker[noegle] = Faktum(0, "", udtryk, vis)


def antal_af(navn: str, **betingelse: Any) -> Udtryk:
    """An expression that counts the case's `navn` (a reverse relation), for a tab's figure.

    Only those that meet `betingelse`, e.g. `erstattet_af=None`.
    """
    hvis = Q(**{f"{navn}__{felt}": vaerdi for felt, vaerdi in betingelse.items()})

    def udtryk() -> Combinable:
        egne = Sag.objects.filter(pk=OuterRef("pk")).order_by()
        return Subquery(egne.annotate(antal=Count(navn, filter=hvis)).values("antal"))

    return udtryk


def _gaeldende_nummer(felt: str) -> Subquery:
    gaeldende = Personnummer.objects.filter(borger=OuterRef("borger"), til_dato=None)
    return Subquery(gaeldende.values(felt)[:1])


def _erklaerede() -> Erklaerede:
    """Every tab's figure, fact and badge, by the name its value is given."""
    return (
        *((f"antal_{n}", f.antal) for n, f in _faner.items() if f.antal),
        *((f"faktum_{n}", f.udtryk) for n, f in _fakta.items()),
        *((f"maerke_{n}", f.udtryk) for n, f in _titelmaerker.items()),
    )


@lru_cache(maxsize=2)
def _skrevet(
    erklaerede: Erklaerede, dag: date
) -> tuple[list[str], SQLCompiler, str, tuple[Any, ...]]:
    """The names of all values, and the statement that finds them on `dag`.

    The ORM takes 16 ms of CPU to write it, every page of a case asks it, and the whole day only the
    case and who asks are others. So it is kept, with places for those.
    """
    udtryk = {navn: find() for navn, find in erklaerede}
    udtryk |= adgangsgrunde.udtryk(synlighed.proeve())
    udtryk |= {"pnr_nummer": _gaeldende_nummer("nummer"), "pnr_art": _gaeldende_nummer("art")}
    sager = Sag.objects.filter(pk=_SAG).annotate(**udtryk).values(*udtryk)
    compiler = sager.query.get_compiler(connection=connection)
    sql, parametre = compiler.as_sql()
    return [*udtryk], compiler, sql, tuple(parametre)


def _vaerdier(sag: Sag, bruger: Bruger) -> dict[str, Any]:
    """Every declared value of the case, and what lets `bruger` in, in one statement."""
    spoerger = Spoerger.for_bruger(bruger)
    navne, compiler, sql, parametre = _skrevet(_erklaerede(), spoerger.i_dag)
    omsaettere = compiler.get_converters([udtryk for udtryk, *_ in compiler.select])
    with connection.cursor() as markoer:
        markoer.execute(sql, synlighed.indsat(parametre, spoerger, {_SAG: sag.pk}))
        (raekke,) = compiler.apply_converters(markoer.fetchall(), omsaettere)
    return dict(zip(navne, raekke, strict=True))


def _vist(fakta: dict[str, Faktum], slags: str, vaerdier: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and text of those that have a value, in their order."""
    par = sorted(fakta.items(), key=lambda post: post[1].plads)
    return [
        (f.etiket, f.vis(vaerdier[f"{slags}_{noegle}"]))
        for noegle, f in par
        if vaerdier[f"{slags}_{noegle}"] not in (None, "")
    ]


def _faneliste(
    request: Anmodning, sag: Sag, aktiv: str, vaerdier: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "navn": f.navn,
            "url": reverse(f.url, args=[sag.pk]),
            "aktiv": noegle == aktiv,
            "antal": vaerdier.get(f"antal_{noegle}"),
        }
        for noegle, f in sorted(_faner.items(), key=lambda par: par[1].plads)
        if adgang.maa(request.user, f.handling)
    ]


def ramme(
    request: Anmodning,
    sag: Sag,
    aktiv: str,
    *,
    handling: Opslag.Handling = Opslag.Handling.SE,
    objekt: str = "",
    formaal: str = "",
) -> dict[str, Any]:
    """Context for `borgere/sag_ramme.html`, and the look-up log row that showing a case costs.

    `aktiv` is the tab the page belongs to, `objekt` what the log calls the page when it is another
    than the tab's, `formaal` what was searched for; by what somebody outside the case's own people
    is let in stands beside it. `sag` must come from
    `synlige_for(...).select_related("borger", "regelsaet", "team")`. Costs three statements: the
    log, the case circle, and every declared fact. With `handling` VIS_PERSONNUMMER the whole
    number is in `fuldt_personnummer`; the log row says so. Who may not `sag.se_hoved` (the mentor)
    gets the names and the case number alone (`med_fakta`).
    """
    vaerdier = _vaerdier(sag, request.user)
    baand = adgangsgrunde.baand(sag, request.user, vaerdier)
    opslag.log(
        request,
        objekt or aktiv,
        handling=handling,
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
        formaal=", ".join(filter(None, [baand.formaal, formaal])),
    )
    kreds = list(
        sag.tildelinger.gaeldende(i_dag())
        .filter(art__in=[Tildeling.Art.ANSVARLIG, Tildeling.Art.MENTOR])
        .select_related("bruger")
    )
    nummer = None
    if vaerdier["pnr_nummer"]:
        nummer = Nummer(vaerdier["pnr_nummer"], Type(vaerdier["pnr_art"]))
    vis_helt = handling == Opslag.Handling.VIS_PERSONNUMMER and nummer is not None
    med_fakta = adgang.maa(request.user, "sag.se_hoved")
    return {
        "sag": sag,
        "med_fakta": med_fakta,
        "adgangsbaand": baand.tekst,
        "borger": sag.borger,
        "alder": sag.borger.alder(i_dag()),
        "er_beskyttet": sag.borger.er_beskyttet(i_dag()),
        "personnummer": nummer,
        "fuldt_personnummer": nummer.formateret if nummer and vis_helt else "",
        "kan_vise_personnummer": adgang.maa(request.user, "borger.vis_personnummer"),
        "ansvarlig": next((t.bruger for t in kreds if t.art == Tildeling.Art.ANSVARLIG), None),
        "mentor": next((t.bruger for t in kreds if t.art == Tildeling.Art.MENTOR), None),
        "fakta": _vist(_fakta, "faktum", vaerdier) if med_fakta else [],
        "titelmaerker": [tekst for _, tekst in _vist(_titelmaerker, "maerke", vaerdier)]
        if med_fakta
        else [],
        "faner": _faneliste(request, sag, aktiv, vaerdier),
    }


def hent_varigt(request: Anmodning, pk: int) -> Sag:
    """As `hent`, for what outlives an opening of some hours: who has the case, its end, its archive.

    Raises `PermissionDenied` when nothing but break-glass lets the user in.
    """
    sager = Sag.objects.uden_noedadgang(request.user)
    if sag := sager.select_related("borger", "regelsaet", "team").filter(pk=pk).first():
        return sag
    hent(request, pk)
    raise PermissionDenied(KUN_NOEDADGANG)


def hent(request: Anmodning, pk: int) -> Sag:
    """The case with what its frame shows. Raises `Http404` when the user has nothing to do with it.

    Who could see a protected citizen's case after giving a reason is sent there (`Henvisning`).
    """
    sager = Sag.objects.synlige_for(request.user).select_related("borger", "regelsaet", "team")
    if sag := sager.filter(pk=pk).first():
        return sag
    kan_aabne = adgang.maa(request.user, "adgang.beskyttet")
    if kan_aabne and Sag.objects.bag_beskyttelse(request.user).filter(pk=pk).exists():
        raise Henvisning(reverse("borgere:beskyttet", args=[pk]))
    raise Http404
