"""What the progression page and the citizen's print show: lines, steps, goals and hours.

Each line stands alone, and each version of the questions alone: nothing is added up or compared
across them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from borgere.models import Sag
from indsatsplan import billede, trapper
from indsatsplan.billede import Maalbillede
from indsatsplan.models import Ressourceforloeb
from indsatsplan.timegang import samlet_faktisk
from indsatsplan.timer import Stykke
from opfoelgning import progression
from opfoelgning.models import (
    Opfoelgningsmoede,
    Progressionsindikator,
    Progressionskatalog,
    SmaatSkridt,
)
from opfoelgning.progression import Svar


@dataclass(frozen=True, slots=True)
class Tal:
    """An answer with its day and the words of its step."""

    vaerdi: int
    dato: date
    ankertekst: str


@dataclass(frozen=True, slots=True)
class Udvikling:
    """The first, the latest and the highest answer of one person to one thing."""

    hvem: str
    foerste: Tal
    seneste: Tal
    bedste: Tal


@dataclass(frozen=True, slots=True)
class Linje:
    """One indicator: its drawing, each person's development, and every answer, the newest first."""

    indikator: Progressionsindikator
    tegning: SafeString | str
    udviklinger: tuple[Udvikling, ...]
    svar: tuple[Svar, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The lines of one version of the questions."""

    katalog: Progressionskatalog
    linjer: tuple[Linje, ...]


@dataclass(frozen=True, slots=True)
class Naaet:
    """A goal or milestone that was reached."""

    tekst: str
    dato: date


@dataclass(frozen=True, slots=True)
class Timer:
    """Hours a week in the forløb: the drawing, and its stretches for the table."""

    tegning: SafeString
    stykker: tuple[Stykke, ...]


INGEN_TIMER = Timer(SafeString(""), ())
_TOMT = (None, None, "")
_IKKE_HOLDT = [s for s in Opfoelgningsmoede.Status if s != Opfoelgningsmoede.Status.AFHOLDT]


@dataclass(frozen=True, slots=True)
class Progressionsside:
    """The page. `versioner` and `skridt` begin with the newest; the reader takes as many as fit."""

    versioner: tuple[Version, ...]
    skridt: QuerySet[SmaatSkridt]
    naaede: tuple[Naaet, ...]
    timer: Timer


def byg(
    sag: Sag, *, i_dag: date, uden_skjulte: bool, til_borgeren: bool = False
) -> Progressionsside:
    """What there is to show of `sag`, in at most 13 statements whatever the number of answers.

    `uden_skjulte` leaves out what is kept from the citizen: the professional's answers to such
    indicators, and what was remarked of them. `til_borgeren` says «Dig», leaves out every remark,
    and never shows what is kept from the citizen.
    """
    forloeb = sag.forloeb.loebende_foerst(i_dag).first()
    maal = billede.af_forloeb(forloeb) if forloeb else ()
    return Progressionsside(
        versioner=_versioner(
            progression.svar_for(sag.pk),
            "Dig" if til_borgeren else sag.borger.fornavn,
            uden_skjulte=uden_skjulte or til_borgeren,
            til_borgeren=til_borgeren,
        ),
        skridt=skridt_i(sag),
        naaede=tuple(_naaede(maal)),
        timer=_timer(maal, forloeb, i_dag) if forloeb else INGEN_TIMER,
    )


def skridt_i(sag: Sag) -> QuerySet[SmaatSkridt]:
    """The small steps, the newest first: those written between the talks, and of talks held."""
    return (
        sag.smaa_skridt.gaeldende()
        .exclude(moede__isnull=False, moede__status__in=_IKKE_HOLDT)
        .select_related("skrevet_af", "moede")
    )


def til_kopien(moede: Opfoelgningsmoede) -> tuple[Linje, ...]:
    """The lines of what was answered at a held `moede`, as they stood then, for the citizen's copy.

    Without what is kept from the citizen. Three statements.
    """
    svar = progression.svar_for(moede.sag_id, til=moede.afholdt_dato)
    besvarede = set(moede.maalinger.values_list("indikator", flat=True))
    svar = {pk: raekke for pk, raekke in svar.items() if pk in besvarede}
    versioner = _versioner(svar, "Dig", uden_skjulte=True, til_borgeren=True, stor=False)
    return tuple(linje for version in versioner for linje in version.linjer)


def _versioner(
    svar: Mapping[int, Sequence[Svar]],
    navn: str,
    *,
    uden_skjulte: bool,
    til_borgeren: bool,
    stor: bool = True,
) -> tuple[Version, ...]:
    indikatorer = (
        Progressionsindikator.objects.filter(pk__in=svar)
        .select_related("katalog")
        .prefetch_related("trin")
        .order_by("-katalog__nr", "rang", "pk")
    )
    under: dict[Progressionskatalog, list[Linje]] = {}
    for indikator in indikatorer:
        skjul = uden_skjulte and indikator.skjult_for_borger
        synlige = [
            Svar(
                s.dato,
                s.borger,
                None if skjul else s.fagperson,
                "" if skjul or til_borgeren else s.note,
            )
            for s in svar[indikator.pk]
        ]
        linje = _linje(indikator, synlige, navn, stor=stor)
        if linje.svar:
            under.setdefault(indikator.katalog, []).append(linje)
    return tuple(Version(katalog, tuple(linjer)) for katalog, linjer in under.items())


def _linje(
    indikator: Progressionsindikator, svar: Sequence[Svar], navn: str, *, stor: bool
) -> Linje:
    hver: tuple[tuple[str, Callable[[Svar], int | None]], ...] = (
        (navn, lambda s: s.borger),
        ("Fagperson", lambda s: s.fagperson),
    )
    ord_ = {trin.vaerdi: trin.ankertekst for trin in indikator.trin.all()}
    udviklinger = (_udvikling(hvem, svar, vaerdi, ord_) for hvem, vaerdi in hver)
    return Linje(
        indikator=indikator,
        tegning=progression.linje(
            indikator, svar, navn=navn, uid=f"pr{indikator.pk}", uden_skjulte=False, stor=stor
        ),
        udviklinger=tuple(u for u in udviklinger if u),
        svar=tuple(s for s in reversed(svar) if (s.borger, s.fagperson, s.note) != _TOMT),
    )


def _udvikling(
    hvem: str,
    svar: Iterable[Svar],
    vaerdi: Callable[[Svar], int | None],
    ord_: dict[int, str],
) -> Udvikling | None:
    """Of the answers given; the highest is the first time it was that high."""
    tal = [Tal(v, s.dato, ord_.get(v, "")) for s in svar if (v := vaerdi(s)) is not None]
    if not tal:
        return None
    return Udvikling(hvem, tal[0], tal[-1], max(tal, key=lambda t: t.vaerdi))


def _naaede(maal: Iterable[Maalbillede]) -> list[Naaet]:
    """Goals and milestones reached, the newest first."""
    alle = [(m.tekst, m.naaet) for m in maal if not m.er_fjernet]
    alle += [(d.tekst, d.naaet) for m in maal for d in m.delmaal]
    naaede = [Naaet(tekst, dato) for tekst, dato in alle if dato]
    return sorted(naaede, key=lambda n: n.dato, reverse=True)


def _timer(maal: Iterable[Maalbillede], forloeb: Ressourceforloeb, i_dag: date) -> Timer:
    gange = [g for g in trapper.timegange(billede.indsatser(maal), forloeb) if g.taeller_med]
    if not gange:
        return INGEN_TIMER
    return Timer(trapper.samlet_tegning(gange, i_dag), tuple(samlet_faktisk(gange, i_dag)))
