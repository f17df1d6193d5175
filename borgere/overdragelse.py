"""Whose cases can be handed over, to whom, and what stands in the way. Reads only."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, Value
from django.db.models.fields import DateField

from borgere.models import Inhabilitet, Sag, Tildeling
from borgere.models.sag import SagQuerySet
from borgere.services.sag import ROLLER_FOR_ART
from ressource import dansk
from ressource.kalender import i_dag
from ressource.models import Bruger

# So many cases can be handed over in one go.
HOEJST = 200
_frist: list[Callable[[], Combinable]] = []


def naermeste_frist(udtryk: Callable[[], Combinable]) -> None:
    """Let the floor with the deadlines say how a case's nearest is found (over `Sag`)."""
    _frist[:] = [udtryk]


def sager(team_id: int | None, fra: Bruger | None) -> SagQuerySet:
    """The team's open cases that `fra` answers for today; without `fra`, those nobody does."""
    egne = Sag.objects.aabne().filter(team=team_id)
    if fra is None:
        return egne.uden_ansvarlig().order_by("sagsnummer")
    hos = Tildeling.objects.gaeldende(i_dag()).ansvarlige().filter(bruger=fra)
    return egne.filter(pk__in=hos.values("sag")).order_by("sagsnummer")


def til_liste(fundne: SagQuerySet, laeser: Bruger) -> SagQuerySet:
    """With the citizen, the nearest deadline when a floor above knows it, and `laeser_er_inhabil`.

    `laeser` hands a case over without seeing it, and of a citizen too close to them not the name.
    """
    frist = _frist[0]() if _frist else Value(None, output_field=DateField())
    inhabil = Inhabilitet.objects.gaeldende().filter(bruger=laeser, borger=OuterRef("borger"))
    return fundne.select_related("borger").annotate(
        naermeste_frist=frist, laeser_er_inhabil=Exists(inhabil)
    )


def afgivere(team_id: int | None) -> QuerySet[Bruger, Bruger]:
    """Who answers for one of the team's open cases, with how many (`antal`).

    Also somebody who has left the team or the house: their cases are the first to be handed over.
    """
    nu = Tildeling.objects.gaeldende(i_dag()).ansvarlige()
    egne = nu.filter(sag__in=Sag.objects.aabne().filter(team=team_id))
    return (
        Bruger.objects.filter(tildelinger__in=egne)
        .annotate(antal=Count("tildelinger", distinct=True))
        .order_by("navn", "pk")
    )


def modtagere(team_id: int | None) -> QuerySet[Bruger, Bruger]:
    """The team's caseworkers, with how many open cases each answers for today (`antal`)."""
    nu = Tildeling.objects.gaeldende(i_dag()).ansvarlige()
    aabne = nu.filter(sag__in=Sag.objects.aabne())
    roller = list(ROLLER_FOR_ART[Tildeling.Art.ANSVARLIG])
    return (
        Bruger.objects.filter(
            team=team_id, team__isnull=False, is_active=True, roller__overlap=roller
        )
        .annotate(antal=Count("tildelinger", filter=Q(tildelinger__in=aabne)))
        .order_by("navn", "pk")
    )


def hindringer(
    valgte: Sequence[Sag], *, fra: Bruger | None, til: Bruger, team_id: int | None
) -> dict[int, str]:
    """By case why it cannot go from `fra` to `til`, in a sentence; three statements, however many.

    The case has ended or left the team, somebody else answers for it, it is on its way to somebody
    already, or the receiver must not see it (FVL § 3).
    """
    ider = [sag.pk for sag in valgte]
    hos = set(sager(team_id, fra).filter(pk__in=ider).values_list("pk", flat=True))
    inhabile = _inhabile({sag.borger_id for sag in valgte}, til)
    kommende = dict(
        Tildeling.objects.ansvarlige()
        .filter(sag__in=ider, fra_dato__gt=i_dag())
        .values_list("sag_id", "fra_dato")
    )
    fundne = {}
    for sag in valgte:
        if sag.pk not in hos:
            fundne[sag.pk] = "Sagen er ændret, siden listen blev vist."
        elif sag.borger_id in inhabile:
            fundne[sag.pk] = f"{til.navn} er inhabil over for borgeren."
        elif fra_dato := kommende.get(sag.pk):
            fundne[sag.pk] = f"Sagen er allerede overdraget fra {dansk.dato(fra_dato)}."
    return fundne


def _inhabile(borgere: Collection[int], bruger: Bruger) -> set[int]:
    gaeldende = Inhabilitet.objects.gaeldende().filter(bruger=bruger, borger__in=borgere)
    return set(gaeldende.values_list("borger_id", flat=True))


def er_sket(ider: Sequence[int], til: Bruger, fra_dato: date) -> bool:
    """Whether exactly these cases have gone to `til` from that day already: a form sent twice."""
    hos: Any = Tildeling.objects.ansvarlige().filter(
        sag__in=ider, bruger=til, fra_dato=fra_dato, til_dato=None
    )
    return bool(hos.count() == len(set(ider)))
