"""Hours a week as a staircase: planned against actual, days away, today; and as a few small bars."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from django.db import models
from django.utils.safestring import SafeString

from ressource import dansk
from ressource.svg.akser import Datoakse, Tal, maanedsskift
from ressource.svg.grund import (
    AKSE,
    BLAEK,
    BLAEK_2,
    BLAEK_3,
    GITTER,
    HVID,
    diagram,
    element,
    streg,
    tekst,
    tekstbredde,
)

FAKTISK, FLADE, LYS = "#34519f", "#dde3f3", "#c9d2ea"
VENSTRE, TOP, BUND, HOEJDE = 44.0, 18.0, 290.0, 338.0
# Steps of the axis, the first one that makes no more than four lines above zero.
SKRIDT = (0.5, 1, 2, 4, 5, 10, 15, 20, 25)
# Planned is drawn a little above actual, so that both are seen where they agree.
LOEFT = 3.0

Kasse = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Trin:
    """A planned step with its first and last day and its hours a week. `navn` is `Trin 3`."""

    fra: date
    til: date
    timer: Tal
    navn: str = ""
    er_skitse: bool = False

    @property
    def vist(self) -> str:
        """`Trin 4: 15 timer (skitse)`."""
        navn = f"{self.navn}: " if self.navn else ""
        return f"{navn}{dansk.timer(self.timer)}{' (skitse)' if self.er_skitse else ''}"


@dataclass(frozen=True, slots=True)
class Faktisk:
    """Hours a week as they came to be. `note` is written at it: `mindre i 3 uger`."""

    fra: date
    til: date
    timer: Tal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vaek:
    """Days without hours, both included; `navn` is `syg`, `ferie` or `pause`."""

    fra: date
    til: date
    navn: str


def trappe(
    titel: str,
    planlagt: Sequence[Trin],
    faktisk: Sequence[Faktisk],
    *,
    uid: str,
    fra: date,
    til: date,
    i_dag: date,
    vaek: Sequence[Vaek] = (),
    bredde: float = 820,
) -> SafeString:
    """The staircase of one effort, or of all of them together, from `fra` to `til`, both included.

    Planned is dashed and actual filled; a stretch with fewer hours than before looks like any
    other and says only how long. Days away are hatched. A label that would touch another is
    shortened or left out: every figure stands in the description, and belongs in a table beside
    the chart. The pieces of a series are in order and do not overlap; what lies outside the stretch
    is left out. Raises ValueError when `til` is before `fra`.
    """
    akse = Datoakse(fra, til, VENSTRE, bredde - 14)
    trin = [t for t in planlagt if t.fra <= til and t.til >= fra]
    stykker = [f for f in faktisk if f.fra <= til and f.til >= fra]
    borte = [v for v in vaek if v.fra <= til and v.til >= fra]
    timer = Timeakse([*(t.timer for t in trin), *(f.timer for f in stykker)])
    etiketter = _Etiketter(akse)
    etiketter.spaer(_linjer(akse, timer, stykker), _linjer(akse, timer, trin, loeft=LOEFT))
    if fra <= i_dag <= til:
        etiketter.spaer_i_dag(akse.begyndelse(i_dag))
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(trin, stykker, borte),
        bredde=bredde,
        hoejde=HOEJDE,
        indhold=[
            _moenster(uid),
            *timer.tegn(akse),
            *_maaneder(akse),
            *(_flade(akse, timer, f) for f in stykker),
            *_vaek(uid, akse, timer, stykker or trin, borte, etiketter),
            _kurve(_linjer(akse, timer, stykker), FAKTISK, 3.5),
            _kurve(_linjer(akse, timer, trin, loeft=LOEFT), BLAEK, 1.8, stiplet="6 5"),
            *_trinnavne(akse, timer, trin, i_dag, etiketter),
            *_noter(akse, timer, stykker, borte, etiketter),
            *_i_dag(akse, i_dag),
            *_tegnforklaring(uid, borte),
        ],
    )


class Timeakse:
    """Turns hours a week into heights, from 0 to a round number above the highest."""

    def __init__(self, vaerdier: Iterable[Tal]) -> None:
        hoejeste = max((float(v) for v in vaerdier), default=0.0) or 1.0
        # Above the steps there must be room for their names.
        behov = hoejeste * 1.06
        self.skridt = next((s for s in SKRIDT if behov <= 4 * s), float(ceil(behov / 4)))
        self.top = self.skridt * ceil(behov / self.skridt)

    def y(self, vaerdi: Tal) -> float:
        """The height of `vaerdi`."""
        return BUND - (BUND - TOP) * float(vaerdi) / self.top

    def tegn(self, akse: Datoakse) -> Iterator[str]:
        """The lines across with their numbers."""
        yield tekst(0, 10, "timer om ugen")
        for n in range(round(self.top / self.skridt) + 1):
            vaerdi = n * self.skridt
            y = self.y(vaerdi)
            yield streg((akse.venstre, y), (akse.hoejre, y), farve=GITTER if n else AKSE)
            yield tekst(akse.venstre - 8, y + 4, dansk.timetal(vaerdi), anker="end")


class _Etiketter:
    """Where labels stand already, and what they must not be written across."""

    def __init__(self, akse: Datoakse) -> None:
        self._akse = akse
        self._optaget: list[Kasse] = []

    def spaer(self, *kurver: Sequence[list[tuple[float, float]]]) -> None:
        for kurve in kurver:
            for stykke in kurve:
                for (x0, y0), (x1, y1) in pairwise(stykke):
                    self._optaget.append((min(x0, x1), min(y0, y1) - 1, max(x0, x1), max(y0, y1)))

    def spaer_i_dag(self, x: float) -> None:
        self._optaget += [(x - 3, TOP - 6, x + 3, BUND), (x - 48, TOP - 8, x + 3, TOP + 14)]

    def skriv(self, muligheder: Iterable[tuple[float, float, str, int, bool]], farve: str) -> str:
        """The first of the (x, y, text, size, bold) that touches nothing; empty when none does."""
        for x, y, ord_, stoerrelse, fed in muligheder:
            bredde = tekstbredde(ord_, stoerrelse, fed=fed) * 0.94
            kasse = (x, y - stoerrelse * 0.8, x + bredde, y + 2)
            if self._er_fri(kasse):
                self._optaget.append(kasse)
                return tekst(x, y, ord_, stoerrelse=stoerrelse, farve=farve, fed=fed)
        return ""

    def _er_fri(self, kasse: Kasse) -> bool:
        x0, y0, x1, y1 = kasse
        if x0 < self._akse.venstre or x1 > self._akse.hoejre or y0 < 0 or y1 > BUND:
            return False
        return not any(x0 < b1 and a0 < x1 and y0 < d1 and c0 < y1
                       for a0, c0, b1, d1 in self._optaget)  # fmt: skip


def _linjer(
    akse: Datoakse, timer: Timeakse, stykker: Sequence[Trin | Faktisk], *, loeft: float = 0
) -> list[list[tuple[float, float]]]:
    """The corners of the staircase: one list for each run of days without a hole in it."""
    kurver: list[list[tuple[float, float]]] = []
    slut: date | None = None
    for stykke in stykker:
        y = timer.y(stykke.timer) - loeft
        if slut is None or (stykke.fra - slut).days > 1:
            kurver.append([])
        kurver[-1] += [(akse.begyndelse(stykke.fra), y), (akse.slutning(stykke.til), y)]
        slut = stykke.til
    return kurver


def _kurve(
    kurver: Iterable[Sequence[tuple[float, float]]], farve: str, tykkelse: float, stiplet: str = ""
) -> str:
    d = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kurve) for kurve in kurver)
    if not d:
        return ""
    return element(
        "path", d=d, fill="none", stroke=farve, stroke_width=tykkelse, stroke_dasharray=stiplet
    )


def _flade(akse: Datoakse, timer: Timeakse, stykke: Faktisk) -> str:
    x, y = akse.begyndelse(stykke.fra), timer.y(stykke.timer)
    bredde = max(1.0, akse.slutning(stykke.til) - x - 1.5)
    return element("rect", x=x, y=y, width=bredde, height=BUND - y, fill=FLADE)


def _moenster(uid: str) -> str:
    """Grey stripes for days away; as in the lanes, they lie on a filled shape."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=1.2, height=8, fill=BLAEK_3),
            id=f"{uid}-vaek",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(28)",
        ),
    )


def _skravering(uid: str, **maal: float) -> str:
    return element("rect", fill=HVID, **maal) + element("rect", fill=f"url(#{uid}-vaek)", **maal)


def _vaek(
    uid: str,
    akse: Datoakse,
    timer: Timeakse,
    stykker: Sequence[Trin | Faktisk],
    borte: Sequence[Vaek],
    etiketter: _Etiketter,
) -> Iterator[str]:
    """The days away, as high as the hours that were not worked."""
    for vaek in borte:
        gaeldende = [s.timer for s in stykker if s.fra <= vaek.til and s.til >= vaek.fra]
        y = timer.y(max(gaeldende, default=0, key=float) or timer.top / 8)
        x0, x1 = akse.begyndelse(vaek.fra), akse.slutning(vaek.til)
        yield _skravering(uid, x=x0, y=y, width=max(3.0, x1 - x0), height=BUND - y)
        etiketter.spaer([[(x0, y + 1), (max(x1, x0 + 3), BUND)]])
        x = (x0 + x1 - tekstbredde(vaek.navn, 12) * 0.94) / 2
        yield etiketter.skriv(
            [(x, y - 8, vaek.navn, 12, False), (x, y - 22, vaek.navn, 12, False)], BLAEK_2
        )


def _trinnavne(
    akse: Datoakse,
    timer: Timeakse,
    trin: Sequence[Trin],
    i_dag: date,
    etiketter: _Etiketter,
) -> Iterator[str]:
    """Each step's name above its start, right of today's line when that would strike it through."""
    for et_trin in trin:
        y = timer.y(et_trin.timer) - LOEFT - 8
        yield etiketter.skriv(
            [
                (x, top, navn, 13, True)
                for navn in (et_trin.vist, et_trin.navn)
                if navn
                for top in (y, y - 15)
                for x in _pladser(akse, et_trin, navn, i_dag)
            ],
            BLAEK,
        )


def _pladser(akse: Datoakse, et_trin: Trin, navn: str, i_dag: date) -> Iterator[float]:
    """Where a step's name may begin: at its start, or as far left of it as the edge demands."""
    hoejre = akse.hoejre - tekstbredde(navn, 13, fed=True)
    yield min(akse.begyndelse(et_trin.fra) + 4, max(hoejre, akse.venstre))
    if et_trin.fra <= i_dag <= et_trin.til:
        yield akse.begyndelse(i_dag) + 8


def _noter(
    akse: Datoakse,
    timer: Timeakse,
    stykker: Sequence[Faktisk],
    borte: Sequence[Vaek],
    etiketter: _Etiketter,
) -> Iterator[str]:
    """What is said of a stretch, below its line: at its start, or after the days away in it.

    The last stretch's may also stand to the right of it, where nothing has happened yet.
    """
    for stykke in stykker:
        if not stykke.note:
            continue
        efter = [v.til for v in borte if stykke.fra <= v.til < stykke.til]
        pladser = [akse.begyndelse(stykke.fra), *map(akse.slutning, efter)]
        if stykke is stykker[-1]:
            pladser.append(akse.slutning(stykke.til) + 4)
        y = timer.y(stykke.timer) + 17
        yield etiketter.skriv(
            [(x + 3, y + ned, stykke.note, 12, False) for x in pladser for ned in (0, 15)], BLAEK_2
        )


def _maaneder(akse: Datoakse) -> Iterator[str]:
    """As many months as there is room for, the same ones each year, so that January is there."""
    skift = maanedsskift(akse.fra, akse.til)
    if not skift:
        return
    hvor_mange = max(1, int((akse.hoejre - akse.venstre) / 58))
    spring = next((s for s in (1, 2, 3, 6, 12) if len(skift) / s <= hvor_mange), 12)
    viste = [m for m in skift if (m.month - 1) % spring == 0] or skift[:1]
    for n, maaned in enumerate(viste):
        x = akse.begyndelse(maaned)
        har_aar = maaned.month == 1 or (n == 0 and all(m.month != 1 for m in viste))
        navn = dansk.MAANEDER[maaned.month - 1][:3] + (f" {maaned.year}" if har_aar else "")
        halv = tekstbredde(navn, 12) / 2
        yield streg((x, BUND), (x, BUND + 5))
        yield tekst(min(max(x, halv), akse.hoejre + 14 - halv), BUND + 20, navn, anker="middle")


def _i_dag(akse: Datoakse, i_dag: date) -> Iterator[str]:
    if not akse.fra <= i_dag <= akse.til:
        return
    x = akse.begyndelse(i_dag)
    venstre = x - 46 if x - 46 >= akse.venstre else x + 2
    yield streg((x, TOP), (x, BUND), farve=BLAEK, tykkelse=2.5)
    yield element("rect", x=venstre, y=12, width=44, height=20, rx=3, fill=BLAEK)
    yield tekst(venstre + 22, 26, "i dag", farve=HVID, anker="middle", fed=True)


def _tegnforklaring(uid: str, borte: Sequence[Vaek]) -> Iterator[str]:
    y = HOEJDE - 12
    yield streg((44, y), (66, y), farve=FAKTISK, tykkelse=3.5)
    yield tekst(72, y + 4, "Faktisk", farve=BLAEK)
    yield streg((144, y), (168, y), farve=BLAEK, tykkelse=1.8, stiplet="6 5")
    yield tekst(174, y + 4, "Planlagt", farve=BLAEK)
    if borte:
        yield _skravering(uid, x=252, y=y - 7, width=24, height=14)
        yield tekst(282, y + 4, " eller ".join(sorted({v.navn for v in borte})), farve=BLAEK)


def _beskrivelse(trin: Sequence[Trin], stykker: Sequence[Faktisk], borte: Sequence[Vaek]) -> str:
    """Every figure of the chart as text."""
    dele = []
    if trin:
        dele.append("Planlagt: " + "; ".join(f"{t.vist} fra {dansk.dato(t.fra)}" for t in trin))
    if stykker:
        dele.append("Faktisk: " + "; ".join(_stykke(f) for f in stykker))
    if borte:
        dele.append(
            "Væk: "
            + "; ".join(f"{v.navn} {dansk.dato(v.fra)} – {dansk.dato(v.til)}" for v in borte)
        )
    return "".join(f"{del_}. " for del_ in dele).strip() or "Der er ingen timer endnu."


def _stykke(stykke: Faktisk) -> str:
    note = f" ({stykke.note})" if stykke.note else ""
    return f"{dansk.timer(stykke.timer)} fra {dansk.dato(stykke.fra)}{note}"


class Soejletilstand(models.TextChoices):
    """Light: how it was. Filled: how it is now. Dashed: how it may become."""

    FOER = "foer", "før"
    NU = "nu", "nu"
    MAASKE = "maaske", "måske"


@dataclass(frozen=True, slots=True)
class Trappesoejle:
    """One small bar: `4 timer`, `juni`. `etiket` stands below and says when: `nu`, `fra marts`."""

    timer: Tal
    etiket: str
    tilstand: Soejletilstand

    @property
    def vist(self) -> str:
        """`15 timer?` where it is only a possibility."""
        return dansk.timer(self.timer) + ("?" if self.tilstand == Soejletilstand.MAASKE else "")


def soejletrappe(
    titel: str, soejler: Sequence[Trappesoejle], *, uid: str, bredde: float = 250
) -> SafeString:
    """Two to four small bars for the citizen: how it began, how it is, what may come.

    The bars carry their figures, the description says them all. Raises ValueError without a bar.
    """
    if not soejler:
        raise ValueError("En trappe skal have mindst én søjle.")
    plads = bredde / len(soejler)
    stoerste = max(float(s.timer) for s in soejler) or 1.0
    dele = [streg((0, 98), (bredde, 98))]
    for n, soejle in enumerate(soejler):
        dele += _lille_soejle(n * plads + 4, plads - 8, 87 * float(soejle.timer) / stoerste, soejle)
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=", ".join(f"{s.vist} {s.etiket}" for s in soejler) + ".",
        bredde=bredde,
        hoejde=118,
        indhold=dele,
    )


def _lille_soejle(x: float, bredde: float, hoejde: float, soejle: Trappesoejle) -> Iterator[str]:
    """A bar on the line at 98; a low one carries its figure above it."""
    y, midte = 98 - hoejde, x + bredde / 2
    nu = soejle.tilstand == Soejletilstand.NU
    maaske = soejle.tilstand == Soejletilstand.MAASKE
    yield element(
        "rect",
        x=x,
        y=y,
        width=bredde,
        height=hoejde,
        fill=FAKTISK if nu else HVID if maaske else LYS,
        stroke=FAKTISK if maaske else None,
        stroke_width=1.5 if maaske else None,
        stroke_dasharray="5 4" if maaske else None,
    )
    inde = hoejde >= 22
    yield tekst(
        midte,
        y + (17 if hoejde < 40 else hoejde / 2 + 5) if inde else y - 6,
        soejle.vist,
        stoerrelse=14 if nu else 13,
        farve=HVID if nu and inde else BLAEK,
        anker="middle",
        fed=True,
    )
    yield tekst(midte, 113, soejle.etiket, farve=BLAEK if nu else BLAEK_2, anker="middle", fed=nu)
