"""One figure month by month: a small trend with its target, and a line for a table cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from ressource import dansk
from ressource.svg.akser import Tal, maanedsmaerker, maanedsnavn, spred, top
from ressource.svg.grund import (
    AKSE,
    BLAEK,
    BLAEK_2,
    BLAEK_3,
    HANDLING,
    HVID,
    diagram,
    element,
    streg,
    tekst,
    tekstbredde,
)


@dataclass(frozen=True, slots=True)
class Punkt:
    """A month's figure. `vist` is how it is written, with its unit; a hidden figure has no value."""

    maaned: date
    vaerdi: Tal | None
    vist: str


@dataclass(frozen=True, slots=True)
class Maal:
    """A target and how it is written, `mål 40`."""

    vaerdi: Tal
    vist: str


def _beskrivelse(punkter: Sequence[Punkt], maal: Maal | None) -> str:
    maaneder = ", ".join(f"{dansk.maaned(p.maaned)}: {p.vist}" for p in punkter)
    return f"Måned for måned: {maaneder}." + (f" Stiplet linje: {maal.vist}." if maal else "")


def _stykker(steder: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """The runs of known points: a hidden month breaks the line instead of bridging it."""
    stykke: list[tuple[float, float]] = []
    for sted in [*steder, None]:
        if sted is not None:
            stykke.append(sted)
        elif stykke:
            yield stykke
            stykke = []


def _kurve(steder: Sequence[tuple[float, float] | None], tykkelse: float) -> Iterator[str]:
    for stykke in _stykker(steder):
        if len(stykke) == 1:
            yield element("circle", cx=stykke[0][0], cy=stykke[0][1], r=tykkelse, fill=HANDLING)
        else:
            yield element(
                "polyline",
                points=" ".join(f"{x:.1f},{y:.1f}" for x, y in stykke),
                fill="none",
                stroke=HANDLING,
                stroke_width=tykkelse,
                stroke_linejoin="round",
            )


def _ender(
    punkter: Sequence[Punkt],
    steder: Sequence[tuple[float, float] | None],
    bund: float,
    maal_y: float | None,
) -> Iterator[str]:
    """The first and last point with the first value's label; the last is written by `linje`."""
    if steder[-1]:
        yield element("circle", cx=steder[-1][0], cy=steder[-1][1], r=4.0, fill=HANDLING)
    foerste = steder[0]
    if foerste is None or len(punkter) < 2:
        return
    x, y = foerste
    yield element("circle", cx=x, cy=y, r=3.0, fill=HVID, stroke=HANDLING, stroke_width=1.6)
    naeste = next((s for s in steder[1:] if s), foerste)
    # On the side the line does not go, unless that is below the axis or above the edge, or the
    # target's line runs through the words.
    gennemstreget = maal_y is not None and y - 22 < maal_y < y - 6
    under = ((naeste[1] <= y or gennemstreget) and y + 17 < bund) or y < 16
    yield tekst(x + 1, y + 17 if under else y - 9, punkter[0].vist)


def linje(
    titel: str,
    punkter: Sequence[Punkt],
    *,
    uid: str,
    maal: Maal | None = None,
    bredde: float = 320,
    hoejde: float = 118,
) -> SafeString:
    """A trend with its last figure and its target written where the lines end.

    `titel` says what the trend shows, not only what it is of. The axis begins at 0.
    Raises ValueError when there are no points.
    """
    if not punkter:
        raise ValueError("En udvikling kræver mindst én måned.")
    sidste = punkter[-1]
    etiketter = tekstbredde(sidste.vist, 15, fed=True)
    if maal:
        etiketter = max(etiketter, tekstbredde(maal.vist, 12))
    venstre, hoejre, bund = 6.0, bredde - etiketter - 13, hoejde - 22
    hoejeste = top([p.vaerdi for p in punkter] + ([maal.vaerdi] if maal else []))

    def y(vaerdi: Tal) -> float:
        return bund - (bund - 14) * float(vaerdi) / hoejeste

    skridt = (hoejre - venstre) / max(1, len(punkter) - 1)
    x = [hoejre - (len(punkter) - 1 - n) * skridt for n in range(len(punkter))]
    steder = [
        None if p.vaerdi is None else (plads, y(p.vaerdi))
        for plads, p in zip(x, punkter, strict=True)
    ]
    dele = [streg((venstre, bund), (hoejre, bund))]
    slut = [bund - 8 if sidste.vaerdi is None else y(sidste.vaerdi)]
    if maal:
        slut.append(y(maal.vaerdi))
        ende = (hoejre + 4, slut[1])
        dele.append(streg((venstre, slut[1]), ende, farve=BLAEK, tykkelse=1.3, stiplet="5 4"))
    dele += _kurve(steder, 2.6)
    dele += _ender(punkter, steder, bund, slut[1] if maal else None)
    pladser = spred(slut, 18)
    dele.append(
        tekst(hoejre + 9, pladser[0] + 5, sidste.vist, stoerrelse=15, farve=HANDLING, fed=True)
    )
    if maal:
        dele.append(tekst(hoejre + 9, pladser[1] + 4, maal.vist, farve=BLAEK_2))
    dele += _maanedsakse(punkter, x, hoejde - 5)
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(punkter, maal),
        bredde=bredde,
        hoejde=hoejde,
        indhold=dele,
    )


def _maanedsakse(punkter: Sequence[Punkt], x: Sequence[float], y: float) -> Iterator[str]:
    maaneder = [p.maaned for p in punkter]
    sidste = len(maaneder) - 1
    for n in maanedsmaerker(maaneder):
        med_aar = n in (0, sidste) or maaneder[n].month == 1
        yield tekst(
            x[n],
            y,
            maanedsnavn(maaneder[n], med_aar=med_aar),
            stoerrelse=11.5,
            farve=BLAEK_3,
            anker="" if n == 0 and sidste else "middle",
        )


def sparkline(
    titel: str,
    punkter: Sequence[Punkt],
    *,
    uid: str,
    bredde: float = 120,
    hoejde: float = 24,
) -> SafeString:
    """A trend without labels for a table cell, where the figures stand beside it."""
    hoejeste = top(p.vaerdi for p in punkter)
    skridt = (bredde - 10) / max(1, len(punkter) - 1)
    steder = [
        None
        if p.vaerdi is None
        else (5 + n * skridt, hoejde - 4 - (hoejde - 8) * float(p.vaerdi) / hoejeste)
        for n, p in enumerate(punkter)
    ]
    dele = [streg((5, hoejde - 2), (bredde - 5, hoejde - 2), farve=AKSE), *_kurve(steder, 2.0)]
    if steder and steder[-1]:
        dele.append(element("circle", cx=steder[-1][0], cy=steder[-1][1], r=3.0, fill=HANDLING))
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(punkter, None),
        bredde=bredde,
        hoejde=hoejde,
        indhold=dele,
    )
