"""A plan over time: efforts in three lanes, gaps between them, follow-ups, today and the horizons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from ressource import dansk
from ressource.dagemaengder import inden_for
from ressource.svg.akser import Datoakse
from ressource.svg.baner import (
    UDTRYK,
    Bane,
    banehoved,
    flade,
    hulflade,
    moenstre,
    pauseflade,
    tegnforklaring,
)
from ressource.svg.grund import (
    BLAEK,
    FEJL,
    HVID,
    diagram,
    element,
    forkort,
    streg,
    tekst,
    tekstbredde,
)
from ressource.svg.tidsdata import (
    Bjaelke,
    Hul,
    Maalmaerke,
    Maerke,
    Stille,
    Tilstand,
    foerste_ledige,
    link,
)
from ressource.svg.tidshoved import horisonter, i_dag_streg, maaneder, uger
from ressource.svg.tidsmaerker import TEKSTLINJE, Tal, maal, opfoelgninger, stille, tallinjer

VENSTRE, TOP = 136.0, 74.0
BJAELKE, RAEKKE, LUFT = 28.0, 36.0, 12.0
INTET_STILLE = Stille()


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
    det_stille: Stille = INTET_STILLE,
    maerker: Iterable[Maerke] = (),
    maalmaerker: Iterable[Maalmaerke] = (),
    bredde: float = 1376,
) -> SafeString:
    """The timeline of a plan from `fra` to `til`, both included.

    Bars that overlap in a lane are stacked, and a label never covers another bar or label. Links
    come in date order: bars, follow-ups, goals. What lies wholly outside the stretch is left out.
    Close up (about three months) weeks are marked; far out month names are thinned. Raises
    ValueError when `til` is before `fra`.
    """
    akse = Datoakse(fra, til, VENSTRE, bredde - 8)
    synlige = sorted(
        (b for b in bjaelker if b.fra <= til and (b.til is None or b.til >= fra)),
        key=lambda b: (b.fra, b.til or date.max, list(Bane).index(b.bane), b.navn),
    )
    gab = sorted((h for h in huller if h.fra <= til and h.til >= fra), key=lambda h: h.fra)
    tomt = det_stille.inden_for(fra, til)
    moeder = sorted((m for m in maerker if fra <= m.dato <= til), key=lambda m: (m.dato, m.navn))
    flag = sorted((m for m in maalmaerker if fra <= m.dato <= til), key=lambda m: (m.dato, m.navn))
    baner, placerede, banebund = _baner(uid, akse, synlige, gab, i_dag, bredde)
    horisont, horisontnavne = horisonter(akse, i_dag, banebund)
    under, bund = _under_banerne(uid, akse, tomt, moeder, flag, banebund)
    forklaring, hoejde = tegnforklaring(
        uid,
        bund + 4,
        bredde,
        med_pause=any(b.pauser for b in synlige),
        med_fritaget=bool(tomt.fritagne),
        med_maal=bool(flag),
    )
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(synlige, gab, tomt, moeder, flag, i_dag),
        bredde=bredde,
        hoejde=bund + hoejde,
        har_links=any(
            [*(b.url for b in synlige), *(m.url for m in moeder), *(m.url for m in flag)]
        ),
        indhold=[
            moenstre(uid),
            *horisont,
            *maaneder(akse, banebund),
            *uger(akse, i_dag, banebund),
            *horisontnavne,
            *baner,
            streg((0, banebund), (bredde, banebund)),
            *(_bjaelke(uid, akse, p, i_dag) for p in placerede),
            *i_dag_streg(akse, i_dag, bund),
            *under,
            *forklaring,
        ],
    )


def _under_banerne(
    uid: str,
    akse: Datoakse,
    tomt: Stille,
    moeder: Sequence[Maerke],
    flag: Sequence[Maalmaerke],
    y: float,
) -> tuple[list[str], float]:
    """The rows below the lanes, from `y` on, and their lower edge."""
    dele, hoejde = stille(uid, akse, tomt, y)
    y += hoejde
    moededele, hoejde = opfoelgninger(akse, moeder, y)
    y += hoejde
    maaldele, hoejde = maal(akse, flag, y)
    return [*dele, *moededele, *maaldele], y + hoejde


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
            n = foerste_ledige(raekker, (etiket.fra, etiket.til))
            placerede.append(_Placeret(bjaelke, etiket, n, y + LUFT + n * RAEKKE))
        dele += [streg((0, y), (bredde, y)), *banehoved(uid, bane, y + 13)]
        hoejde = LUFT + len(raekker) * RAEKKE
        gab, linjer = _huller(uid, akse, i_banen, y, hoejde)
        dele += gab
        y += hoejde + linjer * TEKSTLINJE + 4
    placerede.sort(key=lambda p: bjaelker.index(p.bjaelke))
    return dele, placerede, y


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
    navn = forkort(bjaelke.navn, 13, max(inde, efter, foer))
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
    for fra, til in inden_for(bjaelke.pauser, akse.fra, bjaelke.til or akse.til):
        p0, p1 = akse.begyndelse(fra), min(akse.slutning(til), x0 + bredde - 1)
        dele.append(pauseflade(uid, x=p0, y=y + 1, width=max(2.0, p1 - p0), height=BJAELKE - 2))
    etiket = placeret.etiket
    linje = y + (16 if i_gang else 19)
    if not x0 <= etiket.x < x1:
        dele.append(_baggrund(etiket, y + 4))
    dele.append(
        tekst(etiket.x, linje, etiket.tekst, stoerrelse=13, farve=BLAEK, anker=etiket.anker)
    )
    return link(bjaelke.url, bjaelke.i_ord(i_dag), dele, bane=bjaelke.bane.value)


def _baggrund(etiket: _Etiket, y: float) -> str:
    """Behind a label beside its bar, which may stand on a gap's hatching."""
    bredde = tekstbredde(etiket.tekst, 13)
    x = etiket.x - bredde if etiket.anker else etiket.x
    return element("rect", x=x, y=y, width=bredde, height=20, rx=3, fill=HVID, fill_opacity="0.8")


def _huller(
    uid: str, akse: Datoakse, huller: Sequence[Hul], y: float, hoejde: float
) -> tuple[list[str], int]:
    """The lane's gaps, hatched through all its rows, and how many lines their texts take below."""
    dele: list[str] = []
    tal: list[Tal] = []
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
        tal.append(Tal((x0 + x1) / 2, hul.vist, hul.dage, FEJL))
    linjer, antal = tallinjer(akse, tal, y + hoejde + 8)
    return dele + linjer, antal


def _beskrivelse(
    bjaelker: Sequence[Bjaelke],
    huller: Sequence[Hul],
    tomt: Stille,
    maerker: Sequence[Maerke],
    maalmaerker: Sequence[Maalmaerke],
    i_dag: date,
) -> str:
    afsnit = []
    for bane in Bane:
        led = [(b.fra, b.i_ord(i_dag)) for b in bjaelker if b.bane == bane]
        led += [
            (h.fra, f"{h.vist} fra {dansk.dato(h.fra)} til {dansk.dato(h.til)}")
            for h in huller
            if h.bane == bane
        ]
        ord_ = "; ".join(saetning for _, saetning in sorted(led)) or "ingen indsatser"
        afsnit.append(f"{bane.label}: {ord_}.")
    afsnit.append(tomt.i_ord())
    afsnit += [
        "; ".join(m.i_ord() for m in gruppe) + "." for gruppe in (maerker, maalmaerker) if gruppe
    ]
    return " ".join(filter(None, afsnit))
