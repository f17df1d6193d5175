"""A plan over time: efforts in three lanes, gaps between them, follow-ups, today and the horizons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.safestring import SafeString

from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.svg.akser import Datoakse, maanedsskift
from ressource.svg.baner import (
    UDTRYK,
    Bane,
    banehoved,
    flade,
    hulflade,
    moenstre,
    rude,
    tegnforklaring,
)
from ressource.svg.grund import (
    AKSE,
    BLAEK,
    BLAEK_2,
    FEJL,
    GITTER,
    HANDLING,
    HANDLING_MOERK,
    HVID,
    diagram,
    element,
    streg,
    tekst,
    tekstbredde,
)

VENSTRE, TOP = 128.0, 74.0
BJAELKE, RAEKKE, LUFT, HULLETEKST = 28.0, 36.0, 12.0, 18.0
OPFOELGNING = 32.0
HORISONTER = (
    (3, "#e4f1f2", ("3 måneder frem: konkret", "3 måneder", "3 mdr.")),
    (6, "#f3f8f8", ("6 måneder frem: skitse", "6 måneder", "6 mdr.")),
)


class Tilstand(models.TextChoices):
    """Filled: it has begun. Outlined: agreed. Dashed: only sketched."""

    I_GANG = "i_gang", "i gang"
    PLANLAGT = "planlagt", "planlagt"
    SKITSE = "skitse", "skitse"


@dataclass(frozen=True, slots=True)
class Bjaelke:
    """An effort with its first and last day; without a last day it runs on. `url` makes it a link.

    WeasyPrint draws nothing inside a link: leave `url` out of a chart for a PDF.
    """

    bane: Bane
    navn: str
    fra: date
    til: date | None
    tilstand: Tilstand
    url: str = ""


@dataclass(frozen=True, slots=True)
class Hul:
    """A stretch of days in one lane without any effort; both days belong to it."""

    bane: Bane
    fra: date
    til: date

    @property
    def vist(self) -> str:
        """`44 dage uden indsats`."""
        return f"{dansk.dage((self.til - self.fra).days + 1)} uden indsats"


@dataclass(frozen=True, slots=True)
class Maerke:
    """A follow-up, held or agreed."""

    dato: date
    navn: str
    er_holdt: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Etiket:
    """A label and the stretch that it fills together with its bar. `anker` is as in SVG."""

    tekst: str
    x: float
    anker: str
    fra: float
    til: float


@dataclass(frozen=True, slots=True)
class _Placeret:
    bjaelke: Bjaelke
    etiket: _Etiket
    raekke: int
    y: float


def tidslinje(
    titel: str,
    bjaelker: Iterable[Bjaelke],
    *,
    uid: str,
    fra: date,
    til: date,
    i_dag: date,
    huller: Iterable[Hul] = (),
    maerker: Iterable[Maerke] = (),
    bredde: float = 1376,
) -> SafeString:
    """The timeline of a plan from `fra` to `til`, both included.

    Bars that overlap in a lane are stacked, and a label never covers another bar. Links come in
    date order. What lies wholly outside the stretch is left out. Under 900 units of `bredde` (a
    page in a letter) month names are thinned. Raises ValueError when `til` is before `fra`.
    """
    akse = Datoakse(fra, til, VENSTRE, bredde - 8)
    synlige = sorted(
        (b for b in bjaelker if b.fra <= til and (b.til is None or b.til >= fra)),
        key=lambda b: (b.fra, b.til or date.max, list(Bane).index(b.bane), b.navn),
    )
    gab = sorted((h for h in huller if h.fra <= til and h.til >= fra), key=lambda h: h.fra)
    opfoelgninger = sorted(
        (m for m in maerker if fra <= m.dato <= til), key=lambda m: (m.dato, m.navn)
    )
    baner, placerede, y = _baner(uid, akse, synlige, gab, i_dag, bredde)
    bund = y + OPFOELGNING
    forklaring, hoejde = tegnforklaring(uid, bund + 4, bredde)
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(synlige, gab, opfoelgninger, i_dag),
        bredde=bredde,
        hoejde=bund + hoejde,
        har_links=any(b.url for b in synlige) or any(m.url for m in opfoelgninger),
        indhold=[
            moenstre(uid),
            *_horisonter(akse, i_dag, y),
            *_maaneder(akse, y),
            *baner,
            streg((0, y), (bredde, y)),
            *(_bjaelke(uid, akse, p, i_dag) for p in placerede),
            tekst(0, y + 21, "Opfølgning", stoerrelse=14, farve=BLAEK, fed=True),
            *_opfoelgninger(akse, opfoelgninger, y + 15),
            *_i_dag(akse, i_dag, bund),
            *forklaring,
        ],
    )


def _baner(
    uid: str,
    akse: Datoakse,
    bjaelker: Sequence[Bjaelke],
    huller: Sequence[Hul],
    i_dag: date,
    bredde: float,
) -> tuple[list[str], list[_Placeret], float]:
    """The lanes' frames and gaps, the bars with their places in date order, and the lower edge."""
    dele: list[str] = []
    placerede: list[_Placeret] = []
    y = TOP
    for bane in Bane:
        raekker: list[list[tuple[float, float]]] = [[]]
        i_banen = [h for h in huller if h.bane == bane]
        spaerret = [(akse.begyndelse(h.fra), akse.slutning(h.til)) for h in i_banen]
        spaerret.append((akse.begyndelse(i_dag), akse.begyndelse(i_dag)))
        for bjaelke in (b for b in bjaelker if b.bane == bane):
            etiket = _etiket(akse, bjaelke, i_dag, spaerret)
            n = _foerste_ledige(raekker, (etiket.fra, etiket.til))
            placerede.append(_Placeret(bjaelke, etiket, n, y + LUFT + n * RAEKKE))
        dele += [streg((0, y), (bredde, y)), *banehoved(uid, bane, y + 13)]
        hoejde = LUFT + len(raekker) * RAEKKE
        gab, linjer = _huller(uid, akse, i_banen, y, hoejde)
        dele += gab
        y += hoejde + linjer * HULLETEKST + 4
    placerede.sort(key=lambda p: bjaelker.index(p.bjaelke))
    return dele, placerede, y


def _foerste_ledige(raekker: list[list[tuple[float, float]]], stykke: tuple[float, float]) -> int:
    """The first row where `stykke` touches nothing; it is entered there, in a new row if need be."""
    for n, raekke in enumerate(raekker):
        if all(stykke[1] <= fra or til <= stykke[0] for fra, til in raekke):
            raekke.append(stykke)
            return n
    raekker.append([stykke])
    return len(raekker) - 1


def _kanter(akse: Datoakse, bjaelke: Bjaelke) -> tuple[float, float]:
    return akse.begyndelse(bjaelke.fra), akse.slutning(bjaelke.til or akse.til)


def _etiket(
    akse: Datoakse, bjaelke: Bjaelke, i_dag: date, spaerret: Sequence[tuple[float, float]]
) -> _Etiket:
    """Inside the bar if it fits, else beside it, preferably where nothing in `spaerret` stands.

    `spaerret` is today's line and the lane's gaps. A name too long for every place is shortened.
    """
    x0, x1 = _kanter(akse, bjaelke)
    inde, efter, foer = x1 - x0 - 16, akse.hoejre - x1 - 10, x0 - akse.venstre - 10
    navn = _forkort(bjaelke.navn, max(inde, efter, foer))
    laengde = tekstbredde(navn, 13)
    if laengde <= inde:
        x, linje = x0 + 8, akse.begyndelse(i_dag)
        # Today's line would strike the label through; to the right of it there may be room.
        if x - 4 < linje < x + laengde + 4 and linje + 8 + laengde <= x1 - 6:
            x = linje + 8
        return _Etiket(navn, x, "", x0, x1)
    efter_bjaelken = _Etiket(navn, x1 + 6, "", x0, x1 + laengde + 12)
    foer_bjaelken = _Etiket(navn, x0 - 6, "end", x0 - laengde - 12, x1)
    if efter < laengde:
        return foer_bjaelken
    if foer < laengde or not _rammer(x1 + 6, x1 + 6 + laengde, spaerret):
        return efter_bjaelken
    frit = not _rammer(x0 - 6 - laengde, x0 - 6, spaerret)
    return foer_bjaelken if frit else efter_bjaelken


def _rammer(fra: float, til: float, stykker: Sequence[tuple[float, float]]) -> bool:
    return any(fra < slut and begyndelse < til for begyndelse, slut in stykker)


def _forkort(navn: str, plads: float) -> str:
    if tekstbredde(navn, 13) <= plads:
        return navn
    while navn and tekstbredde(navn + "…", 13) > plads:
        navn = navn[:-1].rstrip()
    return navn + "…" if navn else ""


def _bjaelke(uid: str, akse: Datoakse, placeret: _Placeret, i_dag: date) -> str:
    bjaelke, y = placeret.bjaelke, placeret.y
    x0, x1 = _kanter(akse, bjaelke)
    bredde = max(4.0, x1 - x0 - 2)
    udtryk = UDTRYK[bjaelke.bane]
    i_gang = bjaelke.tilstand == Tilstand.I_GANG
    dele = [
        element(
            "rect",
            x=x0,
            y=y,
            width=bredde,
            height=BJAELKE,
            rx=4,
            fill=udtryk.lys if i_gang else HVID,
            stroke=udtryk.farve,
            stroke_width=None if i_gang else 1.5,
            stroke_dasharray="5 4" if bjaelke.tilstand == Tilstand.SKITSE else None,
        )
    ]
    if i_gang and bjaelke.fra <= i_dag:
        gaaet = min(bredde, akse.slutning(i_dag) - x0)
        dele.append(flade(uid, bjaelke.bane, x=x0, y=y + 22, width=gaaet, height=6))
    etiket = placeret.etiket
    linje = y + (16 if i_gang else 19)
    if not x0 <= etiket.x < x1:
        dele.append(_baggrund(etiket, y + 4))
    dele.append(
        tekst(etiket.x, linje, etiket.tekst, stoerrelse=13, farve=BLAEK, anker=etiket.anker)
    )
    return _link(bjaelke.url, _saetning(bjaelke, i_dag), dele, bane=bjaelke.bane.value)


def _baggrund(etiket: _Etiket, y: float) -> str:
    """Behind a label beside its bar, which may stand on a gap's hatching."""
    bredde = tekstbredde(etiket.tekst, 13)
    x = etiket.x - bredde if etiket.anker else etiket.x
    return element("rect", x=x, y=y, width=bredde, height=20, rx=3, fill=HVID, fill_opacity="0.8")


def _link(url: str, navn: str, dele: Iterable[str], *, bane: str = "") -> str:
    if not url:
        return "".join(dele)
    return element("a", *dele, href=url, aria_label=navn, data_bane=bane)


def _huller(
    uid: str, akse: Datoakse, huller: Sequence[Hul], y: float, hoejde: float
) -> tuple[list[str], int]:
    """The lane's gaps, hatched through all its rows, and how many lines their texts take below."""
    dele: list[str] = []
    linjer: list[list[tuple[float, float]]] = []
    for hul in huller:
        x0, x1 = akse.begyndelse(hul.fra), akse.slutning(hul.til)
        dele.append(
            hulflade(
                uid,
                x=x0,
                y=y + LUFT,
                width=max(3.0, x1 - x0 - 2),
                height=hoejde - LUFT - (RAEKKE - BJAELKE),
            )
        )
        halv = tekstbredde(hul.vist, 12, fed=True) / 2
        midte = min(max((x0 + x1) / 2, akse.venstre + halv), akse.hoejre - halv)
        linje = _foerste_ledige(linjer, (midte - halv - 4, midte + halv + 4))
        bund = y + hoejde + 8 + linje * HULLETEKST
        dele.append(tekst(midte, bund, hul.vist, farve=FEJL, anker="middle", fed=True))
    return dele, len(linjer)


def _maaneder(akse: Datoakse, bund: float) -> Iterator[str]:
    optaget = 0.0
    skift = maanedsskift(akse.fra, akse.til)
    taet = len(skift) > (akse.hoejre - akse.venstre) / 44
    for n, maaned in enumerate(skift):
        x = akse.begyndelse(maaned)
        farve = AKSE if maaned.month == 1 else GITTER
        yield streg((x, 28), (x, bund), farve=farve)
        med_aar = n == 0 or maaned.month == 1
        navn = dansk.MAANEDER[maaned.month - 1][:3] + (f" {maaned.year}" if med_aar else "")
        hoejre = x + 4 + tekstbredde(navn, 12, fed=med_aar)
        skjult = taet and not med_aar and maaned.month not in (1, 4, 7, 10)
        if not skjult and x >= optaget and hoejre <= akse.hoejre + 8:
            yield tekst(x + 4, 24, navn, fed=med_aar)
            optaget = hoejre


def _horisonter(akse: Datoakse, i_dag: date, bund: float) -> Iterator[str]:
    """The next three months, concrete, and the three after them, sketched."""
    begynder = i_dag
    for maaneder, farve, navne in HORISONTER:
        slutter = tilfoej(i_dag, maaneder, Enhed.MAANEDER)
        x0, x1 = akse.begyndelse(begynder), akse.begyndelse(slutter)
        if x1 > x0:
            yield element("rect", x=x0, y=40, width=x1 - x0, height=bund - 40, fill=farve)
            if slutter <= akse.til:
                yield streg((x1, 40), (x1, bund), farve=HANDLING, stiplet="3 4")
            plads = x1 - x0 - 14
            navn = next((n for n in navne if tekstbredde(n, 12, fed=True) <= plads), "")
            yield tekst(x0 + 8, 62, navn, farve=HANDLING_MOERK, fed=True)
        begynder = slutter


def _i_dag(akse: Datoakse, i_dag: date, bund: float) -> Iterator[str]:
    if not akse.fra <= i_dag <= akse.til:
        return
    x = akse.begyndelse(i_dag)
    venstre = x - 46 if x - 46 >= akse.venstre else x + 2
    yield streg((x, 30), (x, bund), farve=BLAEK, tykkelse=2.5)
    yield element("rect", x=venstre, y=30, width=44, height=20, rx=3, fill=BLAEK)
    yield tekst(venstre + 22, 44, "i dag", farve=HVID, anker="middle", fed=True)


def _opfoelgninger(akse: Datoakse, maerker: Sequence[Maerke], y: float) -> Iterator[str]:
    """Diamonds with their names, the name left out where the next diamond stands."""
    pladser = [akse.begyndelse(m.dato) for m in maerker]
    naboer = [*pladser, akse.hoejre + 8][1:]
    for maerke, x, naeste in zip(maerker, pladser, naboer, strict=True):
        dele = [rude(x, y, fyldt=maerke.er_holdt)]
        if x + 12 + tekstbredde(maerke.navn, 12) <= naeste - 8:
            dele.append(tekst(x + 12, y + 5, maerke.navn, farve=BLAEK_2))
        yield _link(maerke.url, _maerkesaetning(maerke), dele)


def _saetning(bjaelke: Bjaelke, i_dag: date) -> str:
    afsluttet = bjaelke.til is not None and bjaelke.til < i_dag
    tilstand = (
        "afsluttet"
        if afsluttet and bjaelke.tilstand == Tilstand.I_GANG
        else Tilstand(bjaelke.tilstand).label
    )
    slut = f" til {dansk.dato(bjaelke.til)}" if bjaelke.til else ""
    return f"{bjaelke.navn}, {tilstand}, fra {dansk.dato(bjaelke.fra)}{slut}"


def _maerkesaetning(maerke: Maerke) -> str:
    tilstand = "holdt" if maerke.er_holdt else "aftalt til"
    return f"Opfølgning {maerke.navn}, {tilstand} {dansk.dato(maerke.dato)}"


def _beskrivelse(
    bjaelker: Sequence[Bjaelke], huller: Sequence[Hul], maerker: Sequence[Maerke], i_dag: date
) -> str:
    afsnit = []
    for bane in Bane:
        led = [(b.fra, _saetning(b, i_dag)) for b in bjaelker if b.bane == bane]
        led += [
            (h.fra, f"{h.vist} fra {dansk.dato(h.fra)} til {dansk.dato(h.til)}")
            for h in huller
            if h.bane == bane
        ]
        ord_ = "; ".join(saetning for _, saetning in sorted(led)) or "ingen indsatser"
        afsnit.append(f"{bane.label}: {ord_}.")
    if maerker:
        afsnit.append("; ".join(_maerkesaetning(m) for m in maerker) + ".")
    return " ".join(afsnit)
