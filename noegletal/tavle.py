"""What the dashboard shows of a month: tiles with target and basis, and thirteen months' trend."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from noegletal import rapport
from noegletal.frysning import opgoer
from noegletal.models import Maanedsrapport
from noegletal.rapport import PAA_FORSIDEN, PAA_MAALTAVLEN, Udvikling, Vist
from ressource import dansk
from ressource.kalender import i_dag
from ressource.svg import maalbjaelke


@dataclass(frozen=True)
class Flise:
    """One target tile."""

    vist: Vist
    bjaelke: SafeString


@dataclass(frozen=True)
class Tavle:
    """A month's figures; `frosset` is None for the running month, whose figures may still move."""

    maaned: date
    frosset: Maanedsrapport | None
    fliser: list[Flise]
    oevrige: list[Vist]
    om_planen: list[Vist]
    udviklinger: list[Udvikling]
    antal_naaet: int
    antal_med_maal: int


def maaneder() -> list[date]:
    """The running month and those that have been frozen, newest first."""
    frosne = Maanedsrapport.objects.order_by("-maaned").values_list("maaned", flat=True).distinct()
    return [i_dag().replace(day=1), *frosne]


def tavle(maaned: date) -> Tavle:
    """The dashboard of `maaned`: frozen figures when there are any, else the running month's."""
    frosset = Maanedsrapport.objects.filter(maaned=maaned).defer("pdf").order_by("-version").first()
    tal = frosset.tal if frosset else opgoer(maaned)
    fliser = [_flise(tal, kode) for kode in PAA_MAALTAVLEN]
    return Tavle(
        maaned=maaned,
        frosset=frosset,
        fliser=fliser,
        oevrige=[rapport.vist(tal, kode) for kode in (*PAA_FORSIDEN, "fuldtidspersoner")],
        om_planen=[rapport.vist(tal, kode) for kode in rapport.OM_PLANEN],
        udviklinger=[rapport.udvikling(tal, kode) for kode in rapport.I_UDVIKLINGEN],
        antal_naaet=sum(f.vist.naaet is True for f in fliser),
        antal_med_maal=sum(f.vist.naaet is not None for f in fliser),
    )


def _flise(tal: dict[str, Any], kode: str) -> Flise:
    vist = rapport.vist(tal, kode)
    maal = tal["maal"].get(kode)
    graense = Decimal(maal["vaerdi"]) if maal else None
    bjaelke = maalbjaelke(
        f"{vist.noegletal.navn}: aktuelt mod mål",
        vist.vaerdi,
        uid=f"b-{kode.replace('_', '-')}",
        maal=graense,
        beskrivelse=f"{vist.tekst} mod mål {dansk.tal(graense)}"
        if graense is not None
        else vist.tekst,
    )
    return Flise(vist, bjaelke)
