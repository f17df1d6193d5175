"""Series of meetings: the same weekday, members and place, every so many weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Fastmedlem, Moedeserie, Teammoede
from rehabilitering.models.moede import TeammoedeQuerySet
from rehabilitering.services.moede import varsler
from rehabilitering.services.moede.aendring import aflys_moede
from rehabilitering.services.moede.medlemmer import fjern_deltager, tilfoej_deltager
from rehabilitering.services.moede.planlaegning import (
    Medlem,
    kraev_kan_lede,
    kraev_ledig_leder,
    kraev_samme_dag,
    opret_moede,
)
from ressource import haendelser
from ressource.dansk import dato as dansk_dato
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger

# A series is laid out at once; two years of weekly meetings are as far as anybody plans.
FLEST_DAGE = 110
UNDTAGET, OPTAGET = "undtaget", "mødelederen har et andet møde"
STOPPET = "Mødeserien er stoppet"

Udeladt = tuple[date, str]


@dataclass(frozen=True)
class Serieplan:
    """When and how the meetings of a series are to be; `ugedag` 0 is Monday."""

    ugedag: int
    hver_uge: int
    fra_dato: date
    til_dato: date
    start: time
    slut: time
    sted: str
    kapacitet: int
    minutter_pr_sag: int
    moedeleder: Bruger
    stedfortraeder_leder: Bruger | None = None
    undtagelser: frozenset[date] = field(default_factory=frozenset)

    def dage(self) -> list[date]:
        """Every day of the series, exceptions included.

        Raises `ValidationError` for days that are past, an end before the beginning, no day at all,
        or more than `FLEST_DAGE`.
        """
        if self.fra_dato < i_dag():
            raise ValidationError({"fra_dato": "Datoen er gået. Vælg i dag eller en senere dag."})
        if self.til_dato < self.fra_dato:
            raise ValidationError({"til_dato": "Serien slutter, før den begynder."})
        foerste = self.fra_dato + timedelta(days=(self.ugedag - self.fra_dato.weekday()) % 7)
        antal = (self.til_dato - foerste).days // (7 * self.hver_uge) + 1
        if antal < 1:
            raise ValidationError({"til_dato": "Der er ingen dag med den ugedag i perioden."})
        if antal > FLEST_DAGE:
            raise ValidationError(
                {"til_dato": f"Serien giver {antal} møder. Læg højst {FLEST_DAGE} ud ad gangen."}
            )
        return [foerste + timedelta(weeks=self.hver_uge * nr) for nr in range(antal)]


@dataclass(frozen=True)
class Forhaandsvisning:
    """What a plan would give: the meetings' days, and the days left out with the reason."""

    dage: list[date]
    udeladte: list[Udeladt]


def vis_plan(plan: Serieplan) -> Forhaandsvisning:
    """What `opret_serie` would lay out now. Three statements.

    Exceptions, closed days and days on which the chair has another meeting then are left out.
    Raises `ValidationError` as `Serieplan.dage` does, and for cases that pass midnight.
    """
    dage = plan.dage()
    kraev_samme_dag(plan.start, plan.kapacitet * plan.minutter_pr_sag)
    optagne = Teammoede.objects.staaende().filter(
        moedeleder=plan.moedeleder,
        dato__range=(dage[0], dage[-1]),
        start__lt=plan.slut,
        slut__gt=plan.start,
    )
    hvorfor = (
        dict.fromkeys(optagne.values_list("dato", flat=True), OPTAGET)
        | {dag: grund.lower() for dag, grund in lukkede_dage(dage[0], dage[-1]).items()}
        | dict.fromkeys(plan.undtagelser, UNDTAGET)
    )
    return Forhaandsvisning(
        dage=[dag for dag in dage if dag not in hvorfor],
        udeladte=[(dag, hvorfor[dag]) for dag in dage if dag in hvorfor],
    )


@transaction.atomic
def opret_serie(
    plan: Serieplan, medlemmer: Sequence[Medlem], *, af: Bruger
) -> tuple[Moedeserie, Forhaandsvisning]:
    """Lay out the meetings of `plan`, each with the standing members; each can be moved by itself.

    Raises `ValidationError` as `vis_plan` does, when not one day is left, for a chair or deputy
    without the role, and for somebody named twice or as their own deputy.
    """
    kraev_kan_lede(plan.stedfortraeder_leder)
    # The days were chosen around the chair's other meetings; this holds the chair until they stand.
    Bruger.objects.select_for_update(no_key=True).get(pk=plan.moedeleder.pk)
    visning = vis_plan(plan)
    if not visning.dage:
        raise ValidationError({"fra_dato": "Alle dage er udeladt. Vælg en anden ugedag."})
    kraev_ledig_leder(plan.moedeleder, visning.dage[0], plan.start, plan.slut)
    faelles: dict[str, Any] = {
        "start": plan.start,
        "slut": plan.slut,
        "sted": plan.sted,
        "kapacitet": plan.kapacitet,
        "minutter_pr_sag": plan.minutter_pr_sag,
        "moedeleder": plan.moedeleder,
        "stedfortraeder_leder": plan.stedfortraeder_leder,
    }
    serie = Moedeserie(
        **faelles,
        ugedag=plan.ugedag,
        hver_uge=plan.hver_uge,
        fra_dato=plan.fra_dato,
        til_dato=plan.til_dato,
        undtagelser=sorted(plan.undtagelser),
        oprettet_af=af,
    )
    serie.full_clean(exclude=["undtagelser"])
    serie.save()
    for medlem in medlemmer:
        _gem_fast(serie, medlem)
    for dag in visning.dage:
        opret_moede(dato=dag, medlemmer=medlemmer, serie=serie, af=af, **faelles)
    haendelser.log(serie, "moede.serie_oprettet", af=af, antal=len(visning.dage))
    return serie, visning


def _gem_fast(serie: Moedeserie, medlem: Medlem) -> Fastmedlem:
    fast = Fastmedlem(
        serie=serie,
        bruger=medlem.bruger,
        fagomraade=medlem.fagomraade,
        mandat=medlem.mandat,
        stedfortraeder=medlem.stedfortraeder,
    )
    fast.full_clean()
    fast.save()
    return fast


@transaction.atomic
def stop_serie(serie: Moedeserie, fra: date, *, af: Bruger) -> tuple[int, int]:
    """End the series: its meetings from `fra` without cases are called off, the others are held.

    Gives how many were called off and how many stay. The members are told once. Raises
    `ValidationError` when it has been stopped, or `fra` is past.
    """
    serie = _laas_serie(serie)
    if fra < i_dag():
        raise ValidationError({"fra": "Dagen er gået. Vælg i dag eller senere."})
    moeder = list(_kommende(serie, fra).med_antal())
    tomme = [moede for moede in moeder if not moede.antal_sager]  # type: ignore[attr-defined]
    for moede in tomme:
        aflys_moede(moede, STOPPET, af=af, varsl=False)
    serie.stoppet_den = timezone.now()
    serie.save(update_fields=["stoppet_den"])
    haendelser.log(serie, "moede.serie_stoppet", af=af, fra=fra.isoformat(), antal=len(tomme))
    if tomme:
        faste = [fast.bruger for fast in serie.medlemmer.select_related("bruger")]
        varsler.fortael_stoppet(serie, faste, dansk_dato(fra), af=af)
    return len(tomme), len(moeder) - len(tomme)


@transaction.atomic
def afloes_medlem(fast: Fastmedlem, ny: Bruger, fra: date, *, af: Bruger) -> int:
    """Let `ny` sit for the standing member in the series' meetings from `fra`; gives how many.

    Area and mandate stay. A meeting where the old one does not sit, or `ny` sits already, is left
    as it is. Raises `ValidationError` for a series that has stopped, a day that is past, one who is
    a standing member already, and for the chair, who is changed on each meeting.
    """
    serie = _laas_serie(fast.serie)
    if fra < i_dag():
        raise ValidationError({"fra": "Dagen er gået. Vælg i dag eller senere."})
    if fast.bruger_id == serie.moedeleder_id:
        raise ValidationError("Mødelederen skiftes på det enkelte møde.")
    gammel, fast.bruger = fast.bruger, ny
    if fast.stedfortraeder == ny:
        fast.stedfortraeder = None
    fast.full_clean()
    fast.save(update_fields=["bruger", "stedfortraeder"])
    antal = 0
    for moede in _kommende(serie, fra):
        deltager = moede.deltagere.filter(bruger=gammel, afloest_af=None).first()
        if deltager is None or moede.deltagere.filter(bruger=ny).exists():
            continue
        medlem = Medlem(ny, deltager.fagomraade, deltager.mandat, deltager.stedfortraeder)
        fjern_deltager(deltager, af=af)
        tilfoej_deltager(moede, medlem, af=af)
        antal += 1
    haendelser.log(serie, "moede.serie_medlem", af=af, fra=gammel.pk, til=ny.pk, antal=antal)
    return antal


def _laas_serie(serie: Moedeserie) -> Moedeserie:
    serie = Moedeserie.objects.select_for_update(of=("self",)).get(pk=serie.pk)
    if serie.stoppet_den:
        raise ValidationError("Serien er allerede stoppet.")
    return serie


def _kommende(serie: Moedeserie, fra: date) -> TeammoedeQuerySet:
    return Teammoede.objects.staaende().kommende(fra).filter(serie=serie)
