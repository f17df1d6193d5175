"""How one deadline was reckoned, step by step, for those who read it.

The derivation does the same in SQL for all at once (`opfoelgning.beregning`); a test holds the two
together. What is shown is never what is stored: where they differ, the page says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from opfoelgning.models import Fristregel
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.models import Kalenderdag, Lukkedag


@dataclass(frozen=True)
class Udregning:
    """The steps: counted from, without pauses, with them, due, and what to plan for.

    `lukket` says of each of the days that is closed why it is.
    """

    fra: date
    antal: int
    uden_pause: date
    raa: date
    forfald: date
    maal: date
    lukket: dict[date, str]


def regn(
    regel: Fristregel, fra: date, *, antal: int | None = None, pause_dage: int = 0
) -> Udregning | None:
    """Reckon the rule from `fra`; `antal` is a length that is said instead of the rule's.

    None when the calendar does not reach that far. At most five statements.
    """
    antal = regel.laengde if antal is None else antal
    fortegn = -1 if regel.retning == Fristregel.Retning.FOER else 1
    uden_pause: date | None
    if regel.enhed == Enhed.ARBEJDSDAGE:
        uden_pause = _arbejdsdage(fra, fortegn * antal, aaben=_efter_egne_dage(regel))
    else:
        uden_pause = tilfoej(fra, fortegn * antal, regel.enhed)
    if uden_pause is None:
        return None
    raa = uden_pause + timedelta(days=pause_dage)
    dag = Kalenderdag.objects.filter(dato=raa).first()
    if dag is None:
        return None
    forfald = _rullet(regel, dag)
    rullet = dag if forfald == raa else Kalenderdag.objects.get(dato=forfald)
    maal = rullet.forrige_aabne or rullet.forrige_arbejdsdag
    lukket = [d for d in (dag, rullet) if not d.er_aaben]
    return Udregning(fra, antal, uden_pause, raa, forfald, maal, _hvorfor(lukket))


def _efter_egne_dage(regel: Fristregel) -> bool:
    """Whether the municipality's own closing days count: they move no statutory deadline."""
    return regel.alvor == Fristregel.Alvor.VEJLEDENDE


def _rullet(regel: Fristregel, dag: Kalenderdag) -> date:
    egne = _efter_egne_dage(regel)
    match regel.rulning:
        case Fristregel.Rulning.FREM:
            return (dag.naeste_aabne if egne else None) or dag.naeste_arbejdsdag
        case Fristregel.Rulning.TILBAGE:
            return (dag.forrige_aabne if egne else None) or dag.forrige_arbejdsdag
    return dag.dato


def _arbejdsdage(fra: date, antal: int, *, aaben: bool) -> date | None:
    """The `antal`-th working day after `fra`, or before it; `fra` itself is not counted."""
    if not antal:
        return fra
    dag = Kalenderdag.objects.filter(dato=fra).first()
    if dag is None:
        return None
    nummer = dag.aaben_nr if aaben else dag.arbejdsdag_nr
    er_aaben = dag.er_aaben if aaben else dag.er_arbejdsdag
    # The number of a closed day is that of the working day before it.
    soegt = nummer + antal + (1 if antal < 0 and not er_aaben else 0)
    felt = {"er_aaben": True, "aaben_nr": soegt}
    if not aaben:
        felt = {"er_arbejdsdag": True, "arbejdsdag_nr": soegt}
    return Kalenderdag.objects.filter(**felt).values_list("dato", flat=True).first()


def _hvorfor(dage: list[Kalenderdag]) -> dict[date, str]:
    """Of each closed day what it is: a weekend, a public holiday, or closed by our own choice."""
    if not dage:
        return {}
    egne = dict(
        Lukkedag.objects.filter(dato__in=[d.dato for d in dage]).values_list("dato", "aarsag")
    )
    return {d.dato: _navn(d, egne.get(d.dato, "lukket")) for d in dage}


def _navn(dag: Kalenderdag, egen: str) -> str:
    if dag.er_arbejdsdag:
        return f"kommunens lukkedag, {egen}"
    return dag.navn or f"en {dansk.UGEDAGE[dag.dato.weekday()]}"
