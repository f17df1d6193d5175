"""The deadline of the monthly report: of the municipality and of no case, so no `Frist` holds it.

Its length is the rule `RAPPORT_MAANED`, edited with the others; it is reckoned when it is read.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from noegletal.frysning import manglende_maaneder
from noegletal.models import Maanedsrapport
from opfoelgning import fristversioner
from opfoelgning.models import Fristregel, Tilstand
from opfoelgning.udregning import regn
from opfoelgning.visning import Status, fristens_status
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.driftslinjer import Driftslinje
from ressource.kalender import i_dag

KODE = "RAPPORT_MAANED"


@dataclass(frozen=True)
class Rapportfrist:
    """When the report of `maaned` was due, and when it was made."""

    maaned: date
    navn: str
    forfald: date
    varsel: date
    lavet: date | None

    def tilstand(self, dato: date) -> Tilstand:
        """The state on `dato`; the due date itself is in time."""
        if self.lavet is not None:
            return Tilstand.OPFYLDT_SENT if self.lavet > self.forfald else Tilstand.OPFYLDT
        if dato > self.forfald:
            return Tilstand.OVERSKREDET
        return Tilstand.VARSLET if dato >= self.varsel else Tilstand.KOMMENDE

    def status(self, dato: date) -> Status:
        """The badge on `dato`."""
        if self.lavet is None:
            return fristens_status(self.forfald, self.varsel, dato)
        sent = ", for sent" if self.lavet > self.forfald else ""
        return Status("ok", f"Lavet {dansk.dato(self.lavet)}{sent}")


def rapportfrist(maaned: date) -> Rapportfrist | None:
    """The deadline of the month in which `maaned` lies; None while no rule is in force for it.

    Counted from the 1st of the month after; done the day the first version was frozen.
    """
    maaned = maaned.replace(day=1)
    fra = tilfoej(maaned, 1, Enhed.MAANEDER)
    regel = fristversioner.gaelder(list(Fristregel.objects.filter(kode=KODE)), fra)
    regnet = regn(regel, fra) if regel else None
    if regel is None or regnet is None:
        return None
    frosset = Maanedsrapport.objects.filter(maaned=maaned).aggregate(den=Min("frosset_den"))["den"]
    return Rapportfrist(
        maaned=maaned,
        navn=regel.navn,
        forfald=regnet.forfald,
        varsel=max(regnet.forfald - timedelta(days=regel.varsel_dage), fra),
        lavet=timezone.localdate(frosset) if frosset else None,
    )


def aktuel() -> Rapportfrist | None:
    """Today: that of the oldest month not yet reported, else of last month."""
    mangler = manglende_maaneder()
    sidste = tilfoej(i_dag().replace(day=1), -1, Enhed.MAANEDER)
    return rapportfrist(mangler[0] if mangler else sidste)


def driftslinje() -> Driftslinje | None:
    """The line on the administrator's Overblik."""
    fundet = aktuel()
    if fundet is None:
        return None
    status = fundet.status(i_dag())
    return Driftslinje(
        f"{fundet.navn}, {dansk.maaned(fundet.maaned)}: senest {dansk.dato(fundet.forfald)}",
        status.slags,
        status.tekst,
    )
