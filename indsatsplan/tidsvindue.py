"""Which part of the forløb the timeline shows: all of it, or a month, a quarter or a year.

The part stands in the address (`?zoom=kvartal&fra=2026-04`), so that it needs no script, can be
bookmarked and is what the browser prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db import models

from ressource import dansk
from ressource.datoer import Enhed, maanedens_dage, tilfoej


class Zoom(models.TextChoices):
    """How much is shown at a time."""

    MAANED = "maaned", "Måned"
    KVARTAL = "kvartal", "Kvartal"
    AAR = "aar", "År"

    @property
    def maaneder(self) -> int:
        """How many months that is."""
        return {Zoom.MAANED: 1, Zoom.KVARTAL: 3, Zoom.AAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Valg:
    """A way to another part: what it is called, its address, and whether it is shown now."""

    navn: str
    adresse: str
    er_valgt: bool = False


@dataclass(frozen=True, slots=True)
class Tidsvindue:
    """The days from `fra` to `til`, whole months, and the ways to other parts."""

    fra: date
    til: date
    zoom: Zoom | None
    valg: tuple[Valg, ...]
    forrige: Valg | None
    naeste: Valg | None

    @property
    def vist(self) -> str:
        """`april – juni 2026`; empty when all of the forløb is shown."""
        if self.zoom is None:
            return ""
        if self.zoom == Zoom.MAANED:
            return dansk.maaned(self.fra)
        samme_aar = self.fra.year == self.til.year
        fra = dansk.MAANEDER[self.fra.month - 1] if samme_aar else dansk.maaned(self.fra)
        return f"{fra} – {dansk.maaned(self.til)}"


def byg(valgt: Mapping[str, str], *, fra: date, til: date, i_dag: date) -> Tidsvindue:
    """The part that the address's parameters `valgt` ask for, of the whole `fra`–`til`.

    What is not understood, or lies outside, shows all of it. Without a month, the part today lies
    in (or the first or last month): quarters and years are those of the calendar.
    """
    foerste, sidste = maanedens_dage(fra)[0], maanedens_dage(til)[1]
    zoom = next((z for z in Zoom if z == valgt.get("zoom")), None)
    med = {"forloeb": valgt["forloeb"]} if valgt.get("forloeb", "").isdecimal() else {}
    begynder = foerste
    if zoom is not None:
        begynder = _maaned(valgt.get("fra", "")) or _hele(zoom, i_dag, foerste, sidste)
        if not _rammer(zoom, begynder, foerste, sidste):
            zoom, begynder = None, foerste
    slutter = _sidste(zoom, begynder) if zoom else sidste
    return Tidsvindue(
        fra=begynder,
        til=slutter,
        zoom=zoom,
        valg=(
            Valg("Hele forløbet", _adresse(med), zoom is None),
            *(Valg(z.label, _adresse(med, z, _ved(z, begynder, zoom)), z == zoom) for z in Zoom),
        ),
        forrige=_skridt(zoom, begynder, -1, med, (foerste, sidste)),
        naeste=_skridt(zoom, begynder, 1, med, (foerste, sidste)),
    )


def _maaned(tekst: str) -> date | None:
    try:
        return date.fromisoformat(f"{tekst}-01")
    except ValueError:
        return None


def _hele(zoom: Zoom, dag: date, foerste: date, sidste: date) -> date:
    """The first day of the month, quarter or year that `dag` lies in, `dag` kept within the whole."""
    inden_for = min(max(dag, foerste), sidste)
    trin = zoom.maaneder
    return inden_for.replace(month=(inden_for.month - 1) // trin * trin + 1, day=1)


def _sidste(zoom: Zoom, begynder: date) -> date:
    return maanedens_dage(tilfoej(begynder, zoom.maaneder - 1, Enhed.MAANEDER))[1]


def _rammer(zoom: Zoom, begynder: date, foerste: date, sidste: date) -> bool:
    return begynder <= sidste and _sidste(zoom, begynder) >= foerste


def _ved(zoom: Zoom, begynder: date, fra: Zoom | None) -> date | None:
    """Where another zoom begins: the same month; from the whole, that of today."""
    return _hele(zoom, begynder, begynder, _sidste(zoom, begynder)) if fra else None


def _skridt(
    zoom: Zoom | None, begynder: date, retning: int, med: dict[str, str], hele: tuple[date, date]
) -> Valg | None:
    """The part before or after, when any of it is within the whole."""
    if zoom is None:
        return None
    ny = tilfoej(begynder, retning * zoom.maaneder, Enhed.MAANEDER)
    if not _rammer(zoom, ny, *hele):
        return None
    return Valg("Næste" if retning > 0 else "Forrige", _adresse(med, zoom, ny))


def _adresse(med: dict[str, str], zoom: Zoom | None = None, fra: date | None = None) -> str:
    felter = med | ({"zoom": zoom.value} if zoom else {}) | ({"fra": f"{fra:%Y-%m}"} if fra else {})
    return f"?{urlencode(felter)}#tidslinje"
