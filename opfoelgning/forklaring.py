"""Every date explains itself: what started it, the rule, the sum, the owner, what clears it."""

from dataclasses import dataclass
from datetime import date, timedelta

from opfoelgning.models import Frist, Fristregel
from ressource.dansk import dage
from ressource.dansk import dato as dansk_dato
from ressource.datoer import Enhed, tilfoej


@dataclass(frozen=True)
class Forklaring:
    """The chain shown under «Hvorfor denne dato?», in plain Danish."""

    udloest_af: str
    regel: str
    hjemmel: str
    udregning: str
    rulning: str
    ejer: str
    opfyldes_af: str


def forklar(frist: Frist) -> Forklaring:
    """Explain `frist`. Needs `regel` and `ejer` loaded; makes no query."""
    regel = frist.regel
    antal = frist.laengde or regel.laengde
    uden_pause = tilfoej(frist.start_dato, antal, regel.enhed)
    raa = uden_pause + timedelta(days=frist.pause_dage)
    udregning = f"{_kort(frist.start_dato)} + {laengde(regel, antal)} = {_kort(uden_pause)}"
    if frist.pause_dage:
        udregning += f" + {dage(frist.pause_dage)} på pause = {_kort(raa)}"
    return Forklaring(
        udloest_af=f"{regel.udloeses_af}, {dansk_dato(frist.start_dato)}",
        regel=f"{laengde(regel, antal)} ({regel.get_alvor_display()})",
        hjemmel=regel.hjemmel,
        udregning=udregning,
        rulning=_rulning(frist, raa),
        ejer=frist.ejer.navn if frist.ejer else "Ingen sagsbehandler på sagen",
        opfyldes_af=regel.opfyldes_af,
    )


def laengde(regel: Fristregel, antal: int | None = None) -> str:
    """«1 uge», «30 dage», «6 måneder»: the rule's own length, or `antal` of its unit."""
    antal = antal or regel.laengde
    ental = {Enhed.DAGE: "dag", Enhed.UGER: "uge", Enhed.MAANEDER: "måned"}
    enhed = regel.get_enhed_display() if antal != 1 else ental[Enhed(regel.enhed)]
    return f"{antal} {enhed}"


def _kort(dato: date) -> str:
    return f"{dato:%d.%m.}"


def _rulning(frist: Frist, raa: date) -> str:
    if frist.forfald_dato != raa:
        return f"Rykket til {dansk_dato(frist.forfald_dato)}, næste arbejdsdag"
    if frist.maal_dato != frist.forfald_dato:
        return f"Dagen er lukket: planlæg senest {dansk_dato(frist.maal_dato)}"
    if frist.pause_dage:
        return "Dage, borgeren var fritaget eller uden kontakt, er lagt til"
    return "Ingen pauser, ingen helligdage"
