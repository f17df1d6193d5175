"""The access rule's SQL: written by the ORM once for each kind of user, then filled in.

The rule asks six tables, and the ORM takes 15 ms of CPU to write it: more than PostgreSQL takes to
answer. Every page asks it at least twice. What differs from one question to the next is the user,
the day and the moment, so the finished text is kept with a place for each. `proeve` and `indsat`
do the same for other statements about who asks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import F, Func
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle

# Values nobody has: where they come out as parameters, the real ones are put in.
_BRUGER = -8_102_466_013
_DATO = date(1, 2, 3)
_I_DAG = date(3, 2, 1)
_NU = datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Spoerger:
    """Who asks, for which day, at what moment: all that the rule depends on."""

    bruger_id: int
    er_kommunens: bool
    er_faglig_konsulent: bool
    dato: date
    i_dag: date
    nu: datetime

    @classmethod
    def for_bruger(cls, bruger: Bruger, dato: date | None = None) -> "Spoerger":
        """`bruger` asks now, for `dato` (default today)."""
        dag = i_dag()
        return cls(
            bruger.pk,
            bruger.organisation == Organisation.KOMMUNE,
            bruger.har_rolle(Rolle.FAGLIG_KONSULENT),
            dato or dag,
            dag,
            timezone.now(),
        )


def proeve(*, kommunens: bool = True, konsulent: bool = False) -> Spoerger:
    """Who asks, with a place for each value: a statement written for it waits for `indsat`."""
    return Spoerger(_BRUGER, kommunens, konsulent, _DATO, _I_DAG, _NU)


def indsat(
    parametre: Iterable[Any], spoerger: Spoerger, andre: dict[int, int] | None = None
) -> list[Any]:
    """The parameters of a statement that was written for `proeve`, with the real values put in.

    `andre` are places of the statement's own.
    """
    pladser: dict[Any, Any] = {
        _BRUGER: spoerger.bruger_id,
        _DATO: spoerger.dato,
        _I_DAG: spoerger.i_dag,
        _NU: spoerger.nu,
    } | (andre or {})
    return [pladser.get(p, p) if isinstance(p, int | date) else p for p in parametre]


Regel = Callable[[Spoerger], "models.QuerySet[Any, Any]"]


@lru_cache(maxsize=64)
def _skrevet(regel: Regel, *, kommunens: bool, konsulent: bool) -> tuple[str, tuple[Any, ...]]:
    """The rule as text and parameters, for one kind of user."""
    spoerger = proeve(kommunens=kommunens, konsulent=konsulent)
    sql, parametre = regel(spoerger).query.get_compiler(connection=connection).as_sql()
    return sql, tuple(parametre)


def _udfyldt(regel: Regel, spoerger: Spoerger) -> tuple[str, list[Any]]:
    sql, parametre = _skrevet(
        regel, kommunens=spoerger.er_kommunens, konsulent=spoerger.er_faglig_konsulent
    )
    return sql, indsat(parametre, spoerger)


class Blandt(Func):
    """Whether `felt` is among the ids that `regel` finds for who asks.

    `regel` must be a function that lives as long as the process, gives one column of ids, and
    refers to nothing outside itself. The ids are found once per statement, as an array, whatever
    the planner thinks: as `IN (SELECT …)` they were found anew for every row just after thousands
    of cases had come in and before the tables had been analysed, 15 seconds for an agenda of 25.
    """

    output_field = models.BooleanField()

    def __init__(self, felt: str | Combinable, regel: Regel, spoerger: Spoerger) -> None:
        super().__init__(F(felt) if isinstance(felt, str) else felt)
        self.regel = regel
        self.spoerger = spoerger

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """`felt = ANY (ARRAY(…))`."""
        felt, foerste = compiler.compile(self.get_source_expressions()[0])
        sql, resten = _udfyldt(self.regel, self.spoerger)
        return f"{felt} = ANY (ARRAY({sql}))", [*foerste, *resten]
