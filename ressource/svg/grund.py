"""Elements, colours and text widths: what every chart is made of."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

BLAEK, BLAEK_2, BLAEK_3 = "#1a1a1a", "#454545", "#595959"
AKSE, GITTER, SPOR = "#8e8e8e", "#dfe2e2", "#e3e7e7"
HANDLING, HANDLING_MOERK = "#005c69", "#00434d"
HVID, FEJL = "#fff", "#a3121f"
SKRIFT = "IBM Plex Sans, DejaVu Sans, sans-serif"

UID = re.compile(r"[a-z][a-z0-9-]*")

# Advance widths in thousandths of the font size, in three kinds of letter: IBM Plex Sans rounded
# up, so that the wider DejaVu Sans nearly fits too. It only decides where a label stands.
SMALLE = set("ijlftrI.,:;'|!()[] -–·")
BREDE = set("mwMWÆæ@%—")


def tekstbredde(tekst: str, stoerrelse: float, *, fed: bool = False) -> float:
    """A cautious estimate of how wide `tekst` becomes, in the unit of `stoerrelse`."""
    tusinddele = sum(350 if t in SMALLE else 900 if t in BREDE else 610 for t in tekst)
    return tusinddele / 1000 * stoerrelse * (1.08 if fed else 1)


def forkort(tekst: str, stoerrelse: float, plads: float, *, fed: bool = False) -> str:
    """`tekst`, cut with `…` until it takes no more than `plads`; empty when nothing fits."""
    if tekstbredde(tekst, stoerrelse, fed=fed) <= plads:
        return tekst
    while tekst and tekstbredde(tekst + "…", stoerrelse, fed=fed) > plads:
        tekst = tekst[:-1].rstrip()
    return tekst + "…" if tekst else ""


def _attribut(navn: str, vaerdi: object) -> str:
    if isinstance(vaerdi, float):
        vaerdi = f"{vaerdi:.1f}".removesuffix(".0")
    return f' {navn.rstrip("_").replace("_", "-")}="{escape(str(vaerdi))}"'


def element(navn: str, *indhold: str, **attributter: object) -> str:
    """An element with already safe `indhold`. Attributes that are None or empty are left out."""
    samlet = "".join(_attribut(n, v) for n, v in attributter.items() if v not in (None, ""))
    return f"<{navn}{samlet}>{''.join(indhold)}</{navn}>" if indhold else f"<{navn}{samlet}/>"


def tekst(
    x: float,
    y: float,
    indhold: str,
    *,
    stoerrelse: float = 12,
    farve: str = BLAEK_3,
    anker: str = "",
    fed: bool = False,
) -> str:
    """A line of text with its baseline at `y`; `anker` is empty, middle or end. Nothing for ""."""
    if not indhold:
        return ""
    return element(
        "text",
        escape(indhold),
        x=float(x),
        y=float(y),
        text_anchor=anker,
        font_size=float(stoerrelse),
        font_weight="600" if fed else None,
        fill=farve,
    )


def streg(
    fra: tuple[float, float],
    til: tuple[float, float],
    *,
    farve: str = AKSE,
    tykkelse: float = 1,
    stiplet: str = "",
) -> str:
    """A straight line."""
    return element(
        "path",
        d=f"M{fra[0]:.1f} {fra[1]:.1f}L{til[0]:.1f} {til[1]:.1f}",
        stroke=farve,
        stroke_width=float(tykkelse),
        stroke_dasharray=stiplet,
    )


def diagram(
    *,
    uid: str,
    titel: str,
    beskrivelse: str,
    bredde: float,
    hoejde: float,
    indhold: Iterable[str],
    har_links: bool = False,
) -> SafeString:
    """The finished chart. `uid` makes the ids of one chart unlike those of the next on the page.

    A chart with links is a group, since the contents of an image cannot be reached.
    Raises ValueError for a `uid` that is not lower case letters, digits and hyphens.
    """
    if not UID.fullmatch(uid):
        raise ValueError(f"uid skal være små bogstaver, tal og bindestreg, ikke {uid!r}.")
    return SafeString(
        element(
            "svg",
            element("title", escape(titel), id=f"{uid}-t"),
            element("desc", escape(beskrivelse), id=f"{uid}-d"),
            *indhold,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {bredde:.0f} {hoejde:.0f}",
            width=round(bredde),
            height=round(hoejde),
            role="group" if har_links else "img",
            aria_labelledby=f"{uid}-t",
            aria_describedby=f"{uid}-d",
            font_family=SKRIFT,
        )
    )
