"""How many talks were held in the last year, and how many the rule asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable, Exists
from django.db.models.functions import Coalesce, JSONObject

from borgere.models import Sag
from indsatsplan.models import Ressourceforloeb
from opfoelgning.models import Fristregel, Opfoelgningsmoede
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag

KODE = "SAMTALER_MIN"


@dataclass(frozen=True, slots=True)
class Samtaletal:
    """Talks held in the last twelve months; `mindst` is None when no rule is in force."""

    holdt: int
    mindst: int | None

    def __str__(self) -> str:
        return f"{self.holdt} af mindst {self.mindst}" if self.mindst else str(self.holdt)


def for_sag(sag: Sag, dato: date) -> Samtaletal:
    """The case's talks in the twelve months that end on `dato`. Two statements."""
    return Samtaletal(
        holdt=sag.opfoelgningsmoeder.filter(_seneste_aar(dato)).count(),
        mindst=_regel(dato).values_list("antal", flat=True).first(),
    )


def udtryk() -> Combinable:
    """The same as an expression over `Sag`, for those with a forløb."""
    dato = i_dag()
    egne = Opfoelgningsmoede.objects.filter(_seneste_aar(dato), sag=OuterRef("pk")).order_by()
    tal = JSONObject(
        holdt=Coalesce(
            Subquery(egne.values("sag").annotate(antal=Count("pk")).values("antal")),
            0,
            output_field=IntegerField(),
        ),
        mindst=Subquery(_regel(dato).values("antal")[:1]),
    )
    return Case(When(Exists(Ressourceforloeb.objects.filter(sag=OuterRef("pk"))), then=tal))


def vis(tal: dict[str, Any]) -> str:
    """`4 af mindst 6`."""
    return str(Samtaletal(**tal))


def _seneste_aar(dato: date) -> Q:
    fra = tilfoej(dato, -12, Enhed.MAANEDER)
    return Q(status=Opfoelgningsmoede.Status.AFHOLDT, afholdt_dato__gt=fra, afholdt_dato__lte=dato)


def _regel(dato: date) -> Any:
    return Fristregel.objects.filter(
        Q(gyldig_til=None) | Q(gyldig_til__gte=dato), kode=KODE, gyldig_fra__lte=dato
    )
