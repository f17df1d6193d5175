"""The rows below a timeline's lanes: nothing in progress, follow-ups, goals and milestones."""

from collections.abc import Sequence
from dataclasses import dataclass

from ressource.dagemaengder import antal_dage
from ressource.dansk import dage
from ressource.svg.akser import Datoakse
from ressource.svg.baner import flag, fritagetflade, hulflade, rude
from ressource.svg.grund import (
    BLAEK,
    BLAEK_2,
    FEJL,
    HVID,
    element,
    forkort,
    tekst,
    tekstbredde,
)
from ressource.svg.tidsdata import Maalmaerke, Maerke, Stille, foerste_ledige, link

RAEKKE = 32.0
FLAGRAEKKE = 24.0
TEKSTLINJE = 18.0
STILLE_HOEJDE = 16.0
# A milestone's name is written this wide at most; the table has all of it.
NAVN_BREDDE = 240.0
# More lines of figures than this would be no figure but a wall.
HOEJST_LINJER = 2


@dataclass(frozen=True, slots=True)
class Tal:
    """A figure below the middle of its stretch, in words and in short."""

    midte: float
    lang: str
    kort: str
    farve: str


def tallinjer(akse: Datoakse, tal: Sequence[Tal], y: float) -> tuple[list[str], int]:
    """The figures in as few lines as keep them apart, the first at `y`, and how many that is.

    The short words are used when the long would take more than `HOEJST_LINJER`, and figures that
    still have no room are left to the table.
    """
    linjer: list[list[tuple[float, float]]] = []
    dele: list[str] = []
    for kort in (False, True):
        linjer, dele = [], []
        for et in tal:
            ord_ = et.kort if kort else et.lang
            halv = tekstbredde(ord_, 12, fed=True) / 2
            midte = min(max(et.midte, akse.venstre + halv), akse.hoejre - halv)
            linje = foerste_ledige(linjer, (midte - halv - 4, midte + halv + 4))
            if linje < HOEJST_LINJER:
                bund = y + linje * TEKSTLINJE
                dele.append(tekst(midte, bund, ord_, farve=et.farve, anker="middle", fed=True))
        if len(linjer) <= HOEJST_LINJER:
            break
    return dele, min(len(linjer), HOEJST_LINJER)


def stille(uid: str, akse: Datoakse, det: Stille, y: float) -> tuple[list[str], float]:
    """The row of days with nothing in progress, and its height; no row when there are none."""
    if not det.passive and not det.fritagne:
        return [], 0.0
    dele = [_raekkenavn("Intet i gang", y)]
    tal: list[Tal] = []
    for perioder, tegn, farve, forled in (
        (det.passive, hulflade, FEJL, ""),
        (det.fritagne, fritagetflade, BLAEK_2, "fritaget "),
    ):
        for periode in perioder:
            x0, x1 = akse.begyndelse(periode[0]), akse.slutning(periode[1])
            bredde = max(3.0, x1 - x0 - 2)
            dele.append(tegn(uid, x=x0, y=y + 8, width=bredde, height=STILLE_HOEJDE))
            vist = dage(antal_dage([periode]))
            tal.append(Tal((x0 + x1) / 2, forled + vist, vist, farve))
    tal.sort(key=lambda t: t.midte)
    linjer, antal = tallinjer(akse, tal, y + 8 + STILLE_HOEJDE + 14)
    return dele + linjer, 8 + STILLE_HOEJDE + 6 + antal * TEKSTLINJE


def opfoelgninger(akse: Datoakse, maerker: Sequence[Maerke], y: float) -> tuple[list[str], float]:
    """Diamonds with their names, the name left out where the next diamond stands."""
    pladser = [akse.begyndelse(m.dato) for m in maerker]
    naboer = [*pladser, akse.hoejre + 8][1:]
    dele = [_raekkenavn("Opfølgning", y)]
    for maerke, x, naeste in zip(maerker, pladser, naboer, strict=True):
        tegn = [rude(x, y + 15, fyldt=maerke.er_holdt)]
        if x + 12 + tekstbredde(maerke.navn, 12) <= naeste - 8:
            tegn += [_bag(x + 11, y + 7, maerke.navn)]
            tegn += [tekst(x + 12, y + 20, maerke.navn, farve=BLAEK_2)]
        dele.append(link(maerke.url, maerke.i_ord(), tegn))
    return dele, RAEKKE


def maal(akse: Datoakse, maerker: Sequence[Maalmaerke], y: float) -> tuple[list[str], float]:
    """Flags with their names, in as many rows as keep them apart; no row when there are none."""
    if not maerker:
        return [], 0.0
    raekker: list[list[tuple[float, float]]] = [[]]
    dele = [_raekkenavn("Mål og delmål", y)]
    for maerke in maerker:
        x = akse.begyndelse(maerke.dato)
        navn = forkort(maerke.navn, 12, NAVN_BREDDE, fed=not maerke.er_delmaal)
        bredde = tekstbredde(navn, 12, fed=not maerke.er_delmaal)
        til_hoejre = x + 16 + bredde <= akse.hoejre + 8
        tekst_x = x + 16 if til_hoejre else x - 6
        stykke = (x - 4, x + 24 + bredde) if til_hoejre else (x - 14 - bredde, x + 18)
        top = y + 4 + foerste_ledige(raekker, stykke) * FLAGRAEKKE
        tegn = [
            flag(x, top + 2, fyldt=maerke.er_naaet),
            _bag(tekst_x if til_hoejre else tekst_x - bredde, top + 2, navn),
            tekst(
                tekst_x,
                top + 15,
                navn,
                farve=BLAEK_2,
                anker="" if til_hoejre else "end",
                fed=not maerke.er_delmaal,
            ),
        ]
        dele.append(link(maerke.url, maerke.i_ord(), tegn))
    return dele, len(raekker) * FLAGRAEKKE + 8


def _raekkenavn(navn: str, y: float) -> str:
    return tekst(0, y + 21, navn, stoerrelse=14, farve=BLAEK, fed=True)


def _bag(x: float, y: float, navn: str) -> str:
    """Behind a name, which today's line may pass."""
    bredde = tekstbredde(navn, 12)
    return element("rect", x=x, y=y, width=bredde + 2, height=17, fill=HVID, fill_opacity="0.85")
