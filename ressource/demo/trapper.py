"""The hours of the guide's citizens: steps, what they came to, days away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indsatsplan.models import FaktiskTimetal, Indsats, Indsatsfravaer, Indsatstrin
from ressource.demo.raekker import gem

Kompleksitet, Stoette = Indsatstrin.Kompleksitet, Indsatstrin.Stoette


@dataclass(frozen=True)
class Trindata:
    """A planned step, so many days ago; negative ones lie ahead."""

    fra: int
    dage: int
    timer: str
    opgaver: str
    stoette: str = Stoette.JAEVNLIG
    kompleksitet: str = Kompleksitet.ENKEL
    ugedage: str = ""
    er_skitse: bool = False


@dataclass(frozen=True)
class Trappedata:
    """The steps; hours a week as (days ago, hours); absence as (kind, first day, last day)."""

    trin: Sequence[Trindata]
    blev: Sequence[tuple[int, str]] = ()
    fravaer: Sequence[tuple[str, int, int]] = ()


# By the effort's own name in the plan.
TRAPPER = {
    "Praktik i byggecenter": Trappedata(
        trin=(
            Trindata(325, 2, "2", "Rydde op i lagergangen sammen med mentor på stedet",
                     Stoette.TAET, ugedage="tirsdag og torsdag"),
            Trindata(248, 2, "4", "Egen reol", ugedage="tirsdag og torsdag"),
            Trindata(178, 5, "2", "Med på udbringning, kører ikke selv endnu",
                     kompleksitet=Kompleksitet.FLERE),
        ),
        blev=((325, "4"), (248, "6"), (220, "4"), (199, "6"), (178, "10")),
        fravaer=(("syg", 276, 263),),
    ),
    "Praktik som chauffør i butik": Trappedata(
        trin=(
            Trindata(120, 5, "2", "Køre varer ud til kunder", Stoette.EFTER_BEHOV,
                     Kompleksitet.ANSVAR),
            Trindata(-14, 5, "3", "Hele ruten alene", Stoette.INGEN, Kompleksitet.ANSVAR,
                     er_skitse=True),
        ),
        blev=((120, "10"),),
    ),
    "Praktik i kantine, trin 1: én dag": Trappedata(
        trin=(Trindata(470, 1, "1.5", "Vaske op sammen med en fast kollega", Stoette.TAET),),
        blev=((470, "1.5"),),
    ),
    "Praktik i kantine, trin 2: to dage": Trappedata(
        trin=(Trindata(330, 2, "1.5", "Vaske op og være med ved anretning"),),
        blev=((330, "3"), (240, "1.5"), (212, "3")),
    ),
    "Praktik i kantine, trin 3: tre dage": Trappedata(
        trin=(
            Trindata(109, 3, "1.5", "Opvask, anretning og kassen om fredagen",
                     Stoette.EFTER_BEHOV, Kompleksitet.FLERE),
        ),
        blev=((109, "4.5"),),
        fravaer=(("syg", 64, 64),),
    ),
    "Praktik på værksted": Trappedata(
        trin=(
            Trindata(895, 1, "1", "Én opgave ad gangen", Stoette.TAET),
            Trindata(700, 1, "2", "Skille motorer ad", kompleksitet=Kompleksitet.FLERE),
        ),
        blev=((895, "1"), (700, "2")),
    ),
    "Grundforløb på teknisk skole": Trappedata(
        trin=(
            Trindata(380, 5, "6", "Teori og værksted på skift", Stoette.EFTER_BEHOV,
                     Kompleksitet.SAMMENSAT),
        ),
        blev=((380, "30"),),
    ),
    # Shorter shifts first, and he may go home when it gets too much.
    "Praktik, bilklargøring": Trappedata(
        trin=(
            Trindata(-12, 2, "4", "Klargøre biler indvendigt", Stoette.TAET),
            Trindata(-60, 2, "6", "Klargøre biler, tale med kunder", er_skitse=True),
        ),
    ),
}  # fmt: skip


def skriv(indsats: Indsats, dag: Callable[[int], date]) -> None:
    """Write the staircase the effort has, if any; `dag` turns days ago into a date."""
    data = TRAPPER.get(indsats.beskrivelse)
    if data is None:
        return
    for trin in data.trin:
        gem(
            Indsatstrin(
                indsats=indsats,
                fra_dato=dag(trin.fra),
                dage_pr_uge=trin.dage,
                timer_pr_dag=Decimal(trin.timer),
                ugedage=trin.ugedage,
                opgaver=trin.opgaver,
                kompleksitet=trin.kompleksitet,
                stoette=trin.stoette,
                er_skitse=trin.er_skitse,
            )
        )
    for fra, timer in data.blev:
        gem(FaktiskTimetal(indsats=indsats, fra_dato=dag(fra), timer_pr_uge=Decimal(timer)))
    for art, fra, til in data.fravaer:
        gem(Indsatsfravaer(indsats=indsats, art=art, fra_dato=dag(fra), til_dato=dag(til)))
