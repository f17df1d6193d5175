"""Every date explains itself: what started it, the rule, the sum, the owner, what clears it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indsatsplan.models import Fritagelse
from opfoelgning.ankre import Anker, anker
from opfoelgning.fristregelkoder import BORTFALDER
from opfoelgning.fristregelvis import laengde
from opfoelgning.models import Frist, Fristregel
from opfoelgning.udregning import Udregning, regn
from opfoelgning.visning import teamlederen_ser_den
from ressource import dansk
from ressource.datoer import Enhed
from ressource.kalender import i_dag
from ressource.models import Bruger

# From here on the day and the month alone could be taken for another year's.
_ET_AAR = 300


@dataclass(frozen=True)
class Forklaring:
    """The chain shown under «Hvorfor denne dato?», in plain Danish."""

    # The event and its page, when the reader may open it; and what the rule says starts it.
    udloest_af: str
    udloest_url: str
    udloeses_af: str
    regel: str
    hjemmel: str
    version: str
    udregning: str
    pauser: tuple[str, ...]
    rulning: str
    ejer: str
    # When it is warned of, and from when the teamleder sees it.
    varsler: tuple[str, ...]
    opfyldes_af: str
    bortfalder: str


def forklar(frist: Frist, bruger: Bruger | None = None) -> Forklaring:
    """Explain `frist`, with a link to its event for `bruger`. Needs `regel` and `ejer` loaded.

    A handful of statements: the event, the calendar, and the exemptions when there are any.
    """
    regel = frist.regel
    begyndt = anker(frist, bruger)
    regnet = regn(regel, begyndt.fra, antal=frist.laengde, pause_dage=frist.pause_dage)
    return Forklaring(
        udloest_af=begyndt.tekst,
        udloest_url=begyndt.url,
        udloeses_af=regel.udloeses_af,
        regel=_regel(frist, regel),
        hjemmel=regel.hjemmel,
        version=f"Reglen gælder fra {dansk.dato(regel.gyldig_fra)}",
        udregning=_udregning(frist, begyndt, regnet),
        pauser=tuple(_pauser(frist, regnet)),
        rulning=_rulning(frist, regnet),
        ejer=frist.ejer.navn if frist.ejer else "Ingen sagsbehandler på sagen",
        varsler=tuple(_varsler(frist)),
        opfyldes_af=regel.opfyldes_af,
        bortfalder=BORTFALDER.get(regel.kode, ""),
    )


def _regel(frist: Frist, regel: Fristregel) -> str:
    antal = regel.laengde if frist.laengde is None else frist.laengde
    tekst = f"{laengde(regel, antal)} {regel.get_retning_display()}" if antal else "Samme dag"
    if regel.antal > 1:
        tekst = f"Mindst {regel.antal} på {laengde(regel, antal)}"
    return f"{tekst} ({regel.get_alvor_display()})"


def _udregning(frist: Frist, begyndt: Anker, regnet: Udregning | None) -> str:
    if regnet is None or regnet.forfald != frist.forfald_dato:
        return f"Regnet til {dansk.dato(frist.forfald_dato)}"
    if not regnet.antal and not frist.pause_dage:
        return f"Dagen selv: {dansk.dato(regnet.raa)}"
    langt = abs((regnet.raa - begyndt.fra).days) > _ET_AAR
    vis = dansk.dato if langt else dansk.dag_maaned
    tegn = "−" if frist.regel.retning == Fristregel.Retning.FOER else "+"
    tekst = f"{vis(begyndt.fra)} {tegn} {laengde(frist.regel, regnet.antal)}"
    tekst += f" = {vis(regnet.uden_pause)}"
    if frist.pause_dage:
        tekst += f" + {dansk.dage(frist.pause_dage)} på pause = {vis(regnet.raa)}"
    return tekst


def _pauser(frist: Frist, regnet: Udregning | None) -> Sequence[str]:
    """The stretches in which the clock stood still, by their dates."""
    if not frist.pause_dage or regnet is None:
        return []
    fritagelser = Fritagelse.objects.gaeldende().filter(
        forloeb__sag=frist.sag_id, fra_dato__lte=frist.forfald_dato
    )
    if frist.anker_type == "forloeb":
        fritagelser = fritagelser.filter(forloeb=frist.anker_id)
    return [
        f"Stod stille {_periode(max(fra, regnet.fra), til)}"
        for fra, til in fritagelser.values_list("fra_dato", "til_dato")
        if til is None or til > regnet.fra
    ]


def _periode(fra: date, til: date | None) -> str:
    if til is None:
        return f"fra {dansk.dato(fra)} og stadig"
    return dansk.dato(fra) if til == fra else f"{dansk.dato(fra)} til {dansk.dato(til)}"


def _rulning(frist: Frist, regnet: Udregning | None) -> str:
    """Closed days on the way, by name; and whether the stored date is yet to be reckoned anew."""
    if regnet is None or regnet.forfald != frist.forfald_dato:
        return "Det, den regnes ud fra, er ændret siden. Den regnes om i nat"
    saetninger = []
    if frist.regel.enhed == Enhed.ARBEJDSDAGE and regnet.antal:
        lov = frist.regel.alvor == Fristregel.Alvor.LOV
        lukket = "Weekender og helligdage" if lov else "Weekender, helligdage og lukkedage"
        saetninger.append(f"{lukket} tælles ikke med")
    if regnet.forfald != regnet.raa:
        hvad = "næste" if regnet.forfald > regnet.raa else "sidste"
        dag = "arbejdsdag" if frist.regel.alvor == Fristregel.Alvor.LOV else "åbne dag"
        saetninger.append(
            f"{dansk.dato(regnet.raa)} er {regnet.lukket.get(regnet.raa, 'lukket')}: "
            f"rykket til {hvad} {dag}, {dansk.dato(regnet.forfald)}"
        )
    if frist.maal_dato != regnet.forfald:
        saetninger.append(
            f"{dansk.dato(regnet.forfald)} er {regnet.lukket.get(regnet.forfald, 'lukket')}: "
            f"planlæg senest {dansk.dato(frist.maal_dato)}"
        )
    if not saetninger:
        return "Ingen helligdage i vejen" if frist.pause_dage else "Ingen pauser, ingen helligdage"
    return ". ".join(saetninger)


def _varsler(frist: Frist) -> Sequence[str]:
    """Of an open deadline: when it is warned of, and when it goes on to the teamleder."""
    if not frist.er_aaben:
        return []
    linjer = []
    if frist.regel.varsel_dage and i_dag() < frist.varsel_dato:
        linjer.append(f"Varsles fra {dansk.dato(frist.varsel_dato)}")
    if frist.regel.udloeber:
        return linjer
    fra = teamlederen_ser_den(frist)
    linjer.append(
        f"Teamlederen ser den fra {dansk.dato(fra)}" if fra else "Går ikke videre til teamlederen"
    )
    return linjer
