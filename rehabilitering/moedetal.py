"""How the meetings went: recommended, put off or sent back, why, and how long cases had waited.

Cases sent back by the team should be nearly none when the preparation is quality assured first
(domain.md 1.2 row 8 and 2.9).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Avg, Count, DateTimeField, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.fields import DurationField
from django.db.models.functions import Cast, TruncMonth

from rehabilitering.models import Dagsordenspunkt, Indstilling, Kvalitetssikring, Udfald
from ressource.kalender import i_dag

# How far back the Overblik looks: this month and the five before it.
MAANEDER = 6


@dataclass
class Maaned:
    """One month's meetings."""

    foerste: date
    antal: int = 0
    udsat: int = 0
    tilbagesendt: int = 0


@dataclass
class Moedetal:
    """What the team dealt with since `fra`. `maaneder` are those with meetings, latest first."""

    fra: date
    antal: int = 0
    udsat: int = 0
    tilbagesendt: int = 0
    # Reason and number, most frequent first.
    aarsager: list[tuple[str, int]] = field(default_factory=list)
    maaneder: list[Maaned] = field(default_factory=list)
    # Whole days from the quality assurance to the meeting, on average; None without meetings.
    ventedage: int | None = None

    @property
    def ikke_indstillet(self) -> int:
        """Cases put off or sent back."""
        return self.udsat + self.tilbagesendt

    @property
    def andel(self) -> float | None:
        """Their share of those dealt with, in per cent; None when none was."""
        return 100 * self.ikke_indstillet / self.antal if self.antal else None


def siden(dato: date | None = None) -> date:
    """The first day of the period that ends with `dato` (default today)."""
    dato = dato or i_dag()
    maaneder = dato.year * 12 + dato.month - 1 - (MAANEDER - 1)
    return date(maaneder // 12, maaneder % 12 + 1, 1)


def tal(fra: date) -> Moedetal:
    """The figures of meetings held since `fra`. Two statements."""
    raekker = (
        Indstilling.objects.afsluttede()
        .filter(moede_dato__gte=fra)
        .annotate(maaned=TruncMonth("moede_dato"))
        .values("maaned", "udfald", "aarsag")
        .annotate(antal=Count("pk"))
        .order_by("-maaned")
    )
    samlet, aarsager = Moedetal(fra), Counter[str]()
    maaneder: dict[date, Maaned] = {}
    for raekke in raekker:
        maaned = maaneder.setdefault(raekke["maaned"], Maaned(raekke["maaned"]))
        for sum_ in (samlet, maaned):
            _laeg_til(sum_, raekke["udfald"], raekke["antal"])
        if raekke["aarsag"]:
            aarsager[raekke["aarsag"]] += raekke["antal"]
    samlet.maaneder = list(maaneder.values())
    samlet.aarsager = _med_navne(aarsager)
    samlet.ventedage = _ventedage(fra)
    return samlet


def _laeg_til(sum_: Moedetal | Maaned, udfald: str, antal: int) -> None:
    sum_.antal += antal
    if udfald == Udfald.UDSAT:
        sum_.udsat += antal
    elif udfald == Udfald.TILBAGESENDT:
        sum_.tilbagesendt += antal


def _med_navne(aarsager: Mapping[str, int]) -> list[tuple[str, int]]:
    navne = [(str(Indstilling.Aarsag(kode).label), antal) for kode, antal in aarsager.items()]
    return sorted(navne, key=lambda par: (-par[1], par[0]))


def _ventedage(fra: date) -> int | None:
    """From the approval the case came to the meeting on; a case put off counts each time."""
    godkendt = Kvalitetssikring.objects.filter(
        sag=OuterRef("sag"),
        resultat=Kvalitetssikring.Resultat.GODKENDT,
        afgjort_den__date__lte=OuterRef("moede__dato"),
    ).order_by("-afgjort_den")
    moedt = Cast("moede__dato", DateTimeField())
    ventet: timedelta | None = (
        Dagsordenspunkt.objects.filter(behandlet_den__isnull=False, moede__dato__gte=fra)
        .annotate(godkendt_den=Subquery(godkendt.values("afgjort_den")[:1]))
        .filter(godkendt_den__isnull=False)
        .aggregate(
            ventet=Avg(ExpressionWrapper(moedt - F("godkendt_den"), output_field=DurationField()))
        )["ventet"]
    )
    return None if ventet is None else max(round(ventet / timedelta(days=1)), 0)
