"""What two people said of one thing over time: the citizen's line and the professional's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from ressource import dansk
from ressource.svg.akser import spred
from ressource.svg.grund import (
    BLAEK_3,
    GITTER,
    HANDLING,
    HVID,
    diagram,
    element,
    forkort,
    streg,
    tekst,
)

VENSTRE, LUFT, ETIKETTER = 14.0, 8.0, 90.0


@dataclass(frozen=True, slots=True)
class Maalepunkt:
    """The answers of one day; None where nothing was answered."""

    dato: date
    borger: int | None
    fagperson: int | None = None


Steder = list[tuple[float, float]]


def progressionslinje(
    titel: str,
    punkter: Sequence[Maalepunkt],
    *,
    uid: str,
    navn: str,
    skala: tuple[int, int],
    bredde: float = 280,
    hoejde: float = 56,
    med_datoer: bool = False,
) -> SafeString:
    """Two lines over the days they were asked, with the latest answers written where they end.

    `navn` is what the citizen's line is called. `punkter` are of one version of the questions and in
    order: they share a scale, lowest at the bottom. A line that falls looks like one that rises.
    Raises ValueError when there are no points.
    """
    if not punkter:
        raise ValueError("En linje kræver mindst ét svar.")
    bund = hoejde - 10 - (18 if med_datoer else 0)
    hoejre = bredde - ETIKETTER
    dage = max(1, (punkter[-1].dato - punkter[0].dato).days)

    def sted(dato: date, vaerdi: int) -> tuple[float, float]:
        lav, hoej = skala
        x = VENSTRE + (hoejre - VENSTRE) * (dato - punkter[0].dato).days / dage
        return x, bund - (bund - LUFT) * (vaerdi - lav) / (hoej - lav)

    borger = [sted(p.dato, p.borger) for p in punkter if p.borger is not None]
    fagperson = [sted(p.dato, p.fagperson) for p in punkter if p.fagperson is not None]
    trin = [sted(punkter[0].dato, vaerdi)[1] for vaerdi in range(skala[0], skala[1] + 1)]
    dele = [
        *_gitter(trin, hoejre),
        *_fagpersonens(fagperson),
        *_borgerens(borger),
        *_etiketter(punkter, navn, borger, fagperson),
    ]
    if med_datoer:
        dele += _datoer(punkter, hoejre, hoejde - 6)
    return diagram(
        uid=uid,
        titel=titel,
        beskrivelse=_beskrivelse(punkter, navn, skala),
        bredde=bredde,
        hoejde=hoejde,
        indhold=dele,
    )


def _gitter(trin: Sequence[float], hoejre: float) -> Iterator[str]:
    for y in trin:
        yield streg((VENSTRE - 6, y), (hoejre + 6, y), farve=GITTER)


def _kurve(steder: Steder, **streg_: object) -> Iterator[str]:
    if len(steder) > 1:
        yield element(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in steder),
            fill="none",
            **streg_,
        )


def _borgerens(steder: Steder) -> Iterator[str]:
    yield from _kurve(steder, stroke=HANDLING, stroke_width=2.4)
    for x, y in steder:
        yield element("circle", cx=x, cy=y, r=3.6, fill=HANDLING)


def _fagpersonens(steder: Steder) -> Iterator[str]:
    """Told apart by shape and dashes too, not by colour alone."""
    yield from _kurve(steder, stroke=BLAEK_3, stroke_width=1.6, stroke_dasharray="4 3")
    for x, y in steder:
        yield element(
            "rect", x=x - 3, y=y - 3, width=6, height=6, fill=HVID, stroke=BLAEK_3, stroke_width=1.5
        )


def _etiketter(
    punkter: Sequence[Maalepunkt], navn: str, borger: Steder, fagperson: Steder
) -> Iterator[str]:
    seneste = (
        (navn, [p.borger for p in punkter], borger, True),
        ("Fagperson", [p.fagperson for p in punkter], fagperson, False),
    )
    slut = [
        (steder[-1], hvem, next(v for v in reversed(svar) if v is not None), fed)
        for hvem, svar, steder, fed in seneste
        if steder
    ]
    for ((x, _), hvem, vaerdi, fed), y in zip(
        slut, spred([s[0][1] for s in slut], 13), strict=True
    ):
        plads = ETIKETTER - 24
        yield tekst(
            x + 12,
            y + 4,
            f"{forkort(hvem, 12, plads, fed=fed)} {vaerdi}",
            farve=HANDLING if fed else BLAEK_3,
            fed=fed,
        )


def _datoer(punkter: Sequence[Maalepunkt], hoejre: float, y: float) -> Iterator[str]:
    yield tekst(VENSTRE - 6, y, dansk.dato(punkter[0].dato), stoerrelse=11.5)
    if len(punkter) > 1:
        yield tekst(hoejre + 6, y, dansk.dato(punkter[-1].dato), stoerrelse=11.5, anker="end")


def _beskrivelse(punkter: Sequence[Maalepunkt], navn: str, skala: tuple[int, int]) -> str:
    dele = [
        f"{hvem}: {', '.join(map(str, kendte))}."
        for hvem, kendte in (
            (navn, [p.borger for p in punkter if p.borger is not None]),
            ("Fagperson", [p.fagperson for p in punkter if p.fagperson is not None]),
        )
        if kendte
    ]
    return " ".join([*dele, f"Skala {skala[0]} til {skala[1]}."])
