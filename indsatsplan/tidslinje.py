"""The plan's timeline: what the chart draws, and the same as rows of a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from indsatsplan import billede, tidsvindue
from indsatsplan.aftaler import Aftale
from indsatsplan.billede import Indsatsbillede, Maalbillede
from indsatsplan.daekning import Daekning
from indsatsplan.models import Indsats
from indsatsplan.tidsvindue import Tidsvindue
from ressource import dansk, svg
from ressource.dagemaengder import Periode, antal_dage, uden
from ressource.datoer import EN_DAG, Enhed, huller, tilfoej
from ressource.svg import Bane, Bjaelke, Hul, Maalmaerke, Maerke, Stille, Tilstand

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
    vindue: Tidsvindue


def byg(
    maal: Sequence[Maalbillede],
    aftaler: Sequence[Aftale],
    daekning: Daekning,
    *,
    fra: date,
    i_dag: date,
    vis: Mapping[str, str],
    med_links: bool,
) -> Tidslinje:
    """The timeline from the forløb's first month `fra` until past the six months ahead.

    One that has ended ends with its last day: nothing of it lies ahead.

    `vis` is the address's parameters, which may ask for a part of it (`tidsvindue`). `med_links`
    makes bars lead to their effort; leave it out for those who may not open it.
    """
    med = [i for i in billede.indsatser(maal) if i.status != Indsats.Status.BORTFALDET]
    gab = banehuller(med, i_dag, daekning.fritagne)
    flag = list(_maalmaerker(maal))
    er_forbi = daekning.til < i_dag
    frem = daekning.til if er_forbi else tilfoej(i_dag, MAANEDER_FREM, Enhed.MAANEDER)
    slut = max([frem, fra, *(_sidste_dag(i, i_dag) or i.fra for i in med)])
    vindue = tidsvindue.byg(vis, fra=fra, til=slut, i_dag=i_dag)
    huller_nu = tuple(h for h in gab if h.fra <= i_dag <= h.til)
    stille = Stille(daekning.passive, daekning.fritagne)
    tegning = svg.tidslinje(
        _titel(len(med), huller_nu, daekning, vindue),
        [_bjaelke(i, i_dag, med_links=med_links) for i in med],
        uid="plan",
        fra=vindue.fra,
        til=vindue.til,
        i_dag=i_dag,
        huller=gab,
        det_stille=stille,
        maerker=[_maerke(a) for a in aftaler],
        maalmaerker=flag,
    )
    alle = [*_indsatsraekker(med, gab), *_oevrige(stille, aftaler, flag)]
    raekker = (r for r in alle if r.fra <= vindue.til and (r.til is None or r.til >= vindue.fra))
    return Tidslinje(
        tegning, tuple(sorted(raekker, key=lambda r: (r.fra, r.hvad))), huller_nu, vindue
    )


def _titel(antal: int, huller_nu: Iterable[Hul], daekning: Daekning, vindue: Tidsvindue) -> str:
    hvad = f"Tidslinje med {antal} {'indsats' if antal == 1 else 'indsatser'}"
    fund = [f"{h.bane.label}: {h.vist}" for h in huller_nu]
    fund.append(f"Passiv tid i alt: {dansk.dage(daekning.passive_dage)}")
    return f"{', '.join(filter(None, [hvad, vindue.vist]))}. {'. '.join(fund)}"


def banehuller(
    indsatser: Iterable[Indsatsbillede], i_dag: date, fritagne: Sequence[Periode] = ()
) -> list[Hul]:
    """Gaps within a lane: stretches of at least `MINDSTE_HUL` days between two efforts of one area.

    Until today only what was actually done fills a lane, after today what is planned. A lane whose
    last effort has ended has no gap: it may be done. Exempted days are no gap either.
    """
    begyndte_eller_kommende = [i for i in indsatser if i.er_begyndt or not i.er_ophoert]
    fundne: list[Hul] = []
    for bane in Bane:
        perioder = [_daekker(i, i_dag) for i in begyndte_eller_kommende if i.omraade == bane]
        if not perioder:
            continue
        foerste, sidste = min(p[0] for p in perioder), max(p[0] for p in perioder)
        fundne += [
            Hul(bane, start, slut)
            for start, slut in uden(huller(perioder, foerste, sidste), fritagne)
            if antal_dage([(start, slut)]) >= MINDSTE_HUL
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
        pauser=tuple(_pause(pause, i_dag) for pause in indsats.pauser),
    )


def _pause(pause: tuple[date, date | None], i_dag: date) -> Periode:
    """A pause that goes on is drawn to today: nobody knows the rest."""
    return pause[0], pause[1] or max(pause[0], i_dag)


def _tilstand(indsats: Indsatsbillede) -> Tilstand:
    if indsats.er_begyndt:
        return Tilstand.I_GANG
    return Tilstand.SKITSE if indsats.er_skitse else Tilstand.PLANLAGT


def _maerke(aftale: Aftale) -> Maerke:
    return Maerke(aftale.dato, f"nr. {aftale.nr}", aftale.er_holdt, aftale.url)


def _maalmaerker(maal: Iterable[Maalbillede]) -> Iterator[Maalmaerke]:
    """Goals reached, and milestones on the day they were reached or else are expected."""
    for et_maal in maal:
        if et_maal.er_fjernet:
            continue
        adresse = f"#{et_maal.noegle}"
        if et_maal.naaet:
            yield Maalmaerke(
                et_maal.naaet, et_maal.tekst, er_naaet=True, er_delmaal=False, url=adresse
            )
        for delmaal in et_maal.delmaal:
            dato = delmaal.naaet or delmaal.forventet
            if dato:
                er_naaet = delmaal.naaet is not None
                yield Maalmaerke(
                    dato, delmaal.tekst, er_naaet=er_naaet, er_delmaal=True, url=adresse
                )


def _indsatsraekker(
    indsatser: Iterable[Indsatsbillede], gab: Iterable[Hul]
) -> Iterator[Tidsraekke]:
    for i in indsatser:
        yield Tidsraekke(i.fra, i.til, i.navn, i.omraade_navn, i.status_vist)
        for fra, til in i.pauser:
            yield Tidsraekke(fra, til, f"{i.navn}, pause", i.omraade_navn, "På pause")
    for h in gab:
        yield Tidsraekke(h.fra, h.til, h.vist, h.bane.label, "Hul")


def _oevrige(
    stille: Stille, aftaler: Iterable[Aftale], flag: Iterable[Maalmaerke]
) -> Iterator[Tidsraekke]:
    for perioder, hvad, tilstand in (
        (stille.passive, "Intet i gang", "Passiv tid"),
        (stille.fritagne, "Fritaget", "Tæller ikke"),
    ):
        for fra, til in perioder:
            yield Tidsraekke(
                fra, til, f"{hvad}, {dansk.dage(antal_dage([(fra, til)]))}", "", tilstand
            )
    for a in aftaler:
        hvad = f"Opfølgning nr. {a.nr}, kl. {dansk.klokkeslaet(a.tidspunkt)}"
        yield Tidsraekke(a.dato, a.dato, hvad, "", "Holdt" if a.er_holdt else "Aftalt")
    for m in flag:
        hvad = f"{'Delmål' if m.er_delmaal else 'Mål'}: {m.navn}"
        yield Tidsraekke(m.dato, m.dato, hvad, "", "Nået" if m.er_naaet else "Ventes")
