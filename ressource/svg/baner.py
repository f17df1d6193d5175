"""The three lanes of a plan: name, colour and pattern, so that none rests on colour alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from ressource.svg.grund import BLAEK, BLAEK_3, FEJL, HVID, element, tekst, tekstbredde


class Bane(models.TextChoices):
    """The area an effort belongs to."""

    BESKAEFTIGELSE = "beskaeftigelse", "Beskæftigelse"
    SUNDHED = "sundhed", "Sundhed"
    SOCIAL = "social", "Social"


@dataclass(frozen=True, slots=True)
class Udtryk:
    """How a lane is drawn: dark colour (at least 5:1 on white), light fill, colour of the pattern."""

    farve: str
    lys: str
    moenster: str


UDTRYK = {
    Bane.BESKAEFTIGELSE: Udtryk("#34519f", "#e9edf8", ""),
    Bane.SUNDHED: Udtryk("#4a7213", "#eef4e3", "#a9c67a"),
    Bane.SOCIAL: Udtryk("#8a3578", "#f7eaf4", "#e3b6d8"),
}


# Light enough for a name to be read on top of it.
PAUSE = "#c3caca"


def moenstre(uid: str) -> str:
    """The patterns as `<defs>`: diagonal and dots for two lanes, hatching for gaps and pauses.

    They hold the marks only and lie on a filled shape (`flade`): a pattern with its own background
    shows seams between its tiles in print.
    """
    return element(
        "defs",
        _striber(f"{uid}-{Bane.SUNDHED.value}", 2, UDTRYK[Bane.SUNDHED].moenster),
        element(
            "pattern",
            element("circle", cx=4, cy=4, r=1.6, fill=UDTRYK[Bane.SOCIAL].moenster),
            id=f"{uid}-{Bane.SOCIAL.value}",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
        ),
        _striber(f"{uid}-hul", 1.6, FEJL),
        _striber(f"{uid}-pause", 1.2, PAUSE),
    )


def _striber(id_: str, bredde: float, farve: str) -> str:
    return element(
        "pattern",
        element("rect", width=bredde, height=7, fill=farve),
        id=id_,
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def flade(uid: str, bane: Bane, **maal: float) -> str:
    """A rectangle in the lane's colour with the lane's pattern on it."""
    udtryk = UDTRYK[bane]
    bund = element("rect", fill=udtryk.farve, **maal)
    if not udtryk.moenster:
        return bund
    return bund + element("rect", fill=f"url(#{uid}-{bane.value})", **maal)


def hulflade(uid: str, **maal: float) -> str:
    """A rectangle hatched in red, for a stretch without any effort."""
    return element("rect", fill=HVID, stroke=FEJL, **maal) + element(
        "rect", fill=f"url(#{uid}-hul)", **maal
    )


def pauseflade(uid: str, **maal: float) -> str:
    """A light hatching over a bar, for days in which it stood still."""
    return element("rect", fill=HVID, **maal) + element("rect", fill=f"url(#{uid}-pause)", **maal)


def fritagetflade(uid: str, **maal: float) -> str:
    """A rectangle with a grey edge and the light hatching, for days in which nothing is expected."""
    return element("rect", fill=HVID, stroke=BLAEK_3, **maal) + element(
        "rect", fill=f"url(#{uid}-pause)", **maal
    )


def flag(x: float, y: float, *, fyldt: bool) -> str:
    """A flag on its pole at `x`, 16 high from `y`: filled when the goal was reached."""
    return element(
        "path",
        d=f"M{x:.1f} {y + 16:.1f}V{y:.1f}l11 4.5l-11 4.5",
        fill=BLAEK if fyldt else HVID,
        stroke=BLAEK,
        stroke_width=1.5,
    )


def rude(x: float, y: float, *, fyldt: bool) -> str:
    """A diamond with its middle at `x`, `y`: filled when the follow-up was held."""
    return element(
        "path",
        d=f"M{x:.1f} {y - 9:.1f}l8 9l-8 9l-8 -9z",
        fill=BLAEK if fyldt else HVID,
        stroke=BLAEK,
        stroke_width=1.5,
    )


def tegnforklaring(
    uid: str,
    y: float,
    bredde: float,
    *,
    med_pause: bool = False,
    med_fritaget: bool = False,
    med_maal: bool = False,
) -> tuple[list[str], float]:
    """The key below a timeline, wrapped to `bredde`, and the height it takes."""
    farve, lys = UDTRYK[Bane.BESKAEFTIGELSE].farve, UDTRYK[Bane.BESKAEFTIGELSE].lys
    i_gang = element("rect", width=29, height=15, rx=3, fill=lys, stroke=farve) + element(
        "rect", y=10, width=18, height=5, fill=farve
    )
    ramme = {"width": 29, "height": 15, "rx": 3, "fill": HVID, "stroke": farve, "stroke_width": 1.5}
    pause = pauseflade(uid, width=29, height=15) + element(
        "rect", **(ramme | {"fill": "none", "stroke_width": 1})
    )
    tegn = [
        (29, i_gang, "I gang eller afsluttet", True),
        (29, element("rect", **ramme), "Planlagt", True),
        (29, element("rect", stroke_dasharray="5 4", **ramme), "Skitse", True),
        (29, pause, "På pause", med_pause),
        (29, hulflade(uid, width=29, height=15), "Hul uden indsats", True),
        (29, fritagetflade(uid, width=29, height=15), "Fritaget", med_fritaget),
        (18, rude(9, 8, fyldt=True), "Opfølgning holdt", True),
        (18, rude(9, 8, fyldt=False), "Opfølgning aftalt", True),
        (13, flag(1, 0, fyldt=True), "Mål nået", med_maal),
        (13, flag(1, 0, fyldt=False), "Mål ventes", med_maal),
    ]
    return _linjer([(plads, b, ord_) for plads, b, ord_, vises in tegn if vises], y, bredde)


def _linjer(tegn: list[tuple[int, str, str]], y: float, bredde: float) -> tuple[list[str], float]:
    dele: list[str] = []
    x, linje = 1.0, 0
    for plads, billede, ord_ in tegn:
        samlet = plads + 6 + tekstbredde(ord_, 12)
        if x > 1 and x + samlet > bredde:
            x, linje = 1.0, linje + 1
        top = y + linje * 24
        dele.append(element("g", billede, transform=f"translate({x:.1f} {top:.1f})"))
        dele.append(tekst(x + plads + 6, top + 12, ord_))
        x += samlet + 20
    return dele, (linje + 1) * 24.0


def banehoved(uid: str, bane: Bane, y: float) -> Iterator[str]:
    """The lane's sign and name, with the top of the sign at `y`."""
    yield flade(uid, bane, x=0, y=y, width=18, height=12, rx=2)
    yield tekst(25, y + 11, bane.label, stoerrelse=14, farve=UDTRYK[bane].farve, fed=True)
