"""The plan's timeline: what the chart draws, and the same as rows of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from indsatsplan.aftaler import Aftale
from indsatsplan.billede import Indsatsbillede
from indsatsplan.models import Indsats
from ressource import dansk, svg
from ressource.datoer import EN_DAG, Enhed, huller, maanedens_dage, tilfoej
from ressource.svg import Bane, Bjaelke, Hul, Maerke, Tilstand

# The chart reaches past the six months that are sketched.
MAANEDER_FREM = 7
# A weekend or a holiday week between two efforts of a lane is not drawn as a gap.
MINDSTE_HUL = 8


@dataclass(frozen=True, slots=True)
class Tidsraekke:
    """One line of the timeline as a table."""

    fra: date
    til: date | None
    hvad: str
    omraade: str
    tilstand: str


@dataclass(frozen=True, slots=True)
class Tidslinje:
    """The chart, the table that says the same, and the lane gaps that today lies in."""

    svg: SafeString
    raekker: tuple[Tidsraekke, ...]
    huller_nu: tuple[Hul, ...]


def byg(
    indsatser: Sequence[Indsatsbillede],
    aftaler: Sequence[Aftale],
    *,
    fra: date,
    i_dag: date,
    med_links: bool,
) -> Tidslinje:
    """The timeline from the forløb's first month `fra` until past the six months ahead.

    `med_links` makes bars lead to their effort; leave it out for those who may not open it.
    """
    med = [i for i in indsatser if i.status != Indsats.Status.BORTFALDET]
    gab = banehuller(med, i_dag)
    slut = max([tilfoej(i_dag, MAANEDER_FREM, Enhed.MAANEDER), fra, *(i.til or i.fra for i in med)])
    tegning = svg.tidslinje(
        _titel(med, gab),
        [_bjaelke(i, i_dag, med_links=med_links) for i in med],
        uid="plan",
        fra=maanedens_dage(fra)[0],
        til=maanedens_dage(slut)[1],
        i_dag=i_dag,
        huller=gab,
        maerker=[_maerke(a) for a in aftaler],
    )
    return Tidslinje(
        tegning,
        tuple(sorted(_raekker(med, gab, aftaler), key=lambda r: (r.fra, r.hvad))),
        tuple(h for h in gab if h.fra <= i_dag <= h.til),
    )


def _titel(indsatser: Sequence[Indsatsbillede], gab: Sequence[Hul]) -> str:
    antal = len(indsatser)
    indhold = f"{antal} {'indsats' if antal == 1 else 'indsatser'}"
    fund = "; ".join(f"{h.bane.label}: {h.vist}" for h in gab)
    return f"Tidslinje med {indhold}" + (f". {fund}" if fund else "")


def banehuller(indsatser: Iterable[Indsatsbillede], i_dag: date) -> list[Hul]:
    """Gaps within a lane: stretches of at least `MINDSTE_HUL` days between two efforts of one area.

    Until today only what was actually done fills a lane, after today what is planned. A lane whose
    last effort has ended has no gap: it may be done.
    """
    fundne: list[Hul] = []
    for bane in Bane:
        perioder = [
            _daekker(i, i_dag)
            for i in indsatser
            if i.omraade == bane and (i.er_begyndt or not i.er_ophoert)
        ]
        if not perioder:
            continue
        foerste, sidste = min(p[0] for p in perioder), max(p[0] for p in perioder)
        fundne += [
            Hul(bane, start, slut)
            for start, slut in huller(perioder, foerste, sidste)
            if (slut - start).days + 1 >= MINDSTE_HUL
        ]
    return fundne


def _daekker(indsats: Indsatsbillede, i_dag: date) -> tuple[date, date | None]:
    """The days an effort fills its lane. One that is overdue to begin fills it from tomorrow."""
    slut = _sidste_dag(indsats, i_dag)
    if indsats.er_begyndt:
        return indsats.fra, slut
    start = max(indsats.planlagt_start, i_dag + EN_DAG)
    return start, max(slut, start) if slut else None


def _sidste_dag(indsats: Indsatsbillede, i_dag: date) -> date | None:
    """A running effort that has outrun its plan reaches to today; without an end it runs on."""
    if indsats.faktisk_slut or not indsats.planlagt_slut:
        return indsats.faktisk_slut
    return max(indsats.planlagt_slut, i_dag) if indsats.er_begyndt else indsats.planlagt_slut


def _bjaelke(indsats: Indsatsbillede, i_dag: date, *, med_links: bool) -> Bjaelke:
    return Bjaelke(
        bane=Bane(indsats.omraade),
        navn=indsats.navn,
        fra=indsats.fra,
        til=_sidste_dag(indsats, i_dag),
        tilstand=_tilstand(indsats),
        url=reverse("indsatsplan:indsats", args=[indsats.id]) if med_links else "",
    )


def _tilstand(indsats: Indsatsbillede) -> Tilstand:
    if indsats.er_begyndt:
        return Tilstand.I_GANG
    return Tilstand.SKITSE if indsats.er_skitse else Tilstand.PLANLAGT


def _maerke(aftale: Aftale) -> Maerke:
    return Maerke(aftale.dato, f"nr. {aftale.nr}", aftale.er_holdt, aftale.url)


def _raekker(
    indsatser: Iterable[Indsatsbillede], gab: Iterable[Hul], aftaler: Iterable[Aftale]
) -> Iterable[Tidsraekke]:
    for i in indsatser:
        yield Tidsraekke(i.fra, i.til, i.navn, i.omraade_navn, i.status_vist)
    for h in gab:
        yield Tidsraekke(h.fra, h.til, h.vist, h.bane.label, "Hul")
    for a in aftaler:
        hvad = f"Opfølgning nr. {a.nr}, kl. {dansk.klokkeslaet(a.tidspunkt)}"
        yield Tidsraekke(a.dato, a.dato, hvad, "", "Holdt" if a.er_holdt else "Aftalt")
