"""What every query of facts yields, and how it is restricted to some cases.

A query gives one row per deadline, in this order:

    kode, sag_id, anker_type, anker_id   what makes it one and the same each night
    lov_dato                             picks the `Fristregel` in force
    start_dato                           what set it going; no warning comes before it
    fra_dato                             counted from
    laengde                              a length the case's rule set says instead of the rule's
    pause_dage                           days the clock stood still, where the fact knows by itself
    opfyldt_dato, bortfaldet_dato, bortfaldet_begrundelse
    navn                                 where the rule's name says too little; else empty
    ejer_id                              where it is another than the responsible caseworker

The queries know no number of a rule: length, unit, direction, rolling and warning are data. They
may read `regel`, the rules as they are or are proposed, and `%(dato)s`, today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

KOLONNER = """(kode, sag_id, anker_type, anker_id, lov_dato, start_dato, fra_dato, laengde,
               pause_dage, opfyldt_dato, bortfaldet_dato, bortfaldet_begrundelse, navn, ejer_id)"""

SAGEN = "Sagen er afsluttet"
FORLOEBET = "Forløbet er slut"

# The fields a query has nothing to say of, in their order.
UDEN_LAENGDE = "NULL::smallint, NULL::integer"
UDEN_NAVN = "'', NULL::bigint"


@dataclass(frozen=True)
class Faktum:
    """The SQL that finds the deadlines of `koder`.

    `efter` are codes whose deadlines it reads: they are derived first. `hjaelp` are named queries
    it selects from.
    """

    koder: tuple[str, ...]
    sql: str
    efter: tuple[str, ...] = ()
    hjaelp: Mapping[str, str] = field(default_factory=dict)


class KunSager:
    """Makes `{kun_sager:kolonne}` in a query into a restriction on that column."""

    def __init__(self, begraenset: bool) -> None:
        self.begraenset = begraenset

    def __format__(self, kolonne: str) -> str:
        return f"{kolonne} = ANY(%(sager)s)" if self.begraenset else "TRUE"


def grund(*muligheder: tuple[str, str]) -> str:
    """The two columns of what voids a deadline: the earliest date, and the reason that goes with it.

    Each possibility is a date in SQL and its reason. On one day the first of them gives the reason.
    """
    datoer = ", ".join(dato for dato, _ in muligheder)
    tidligst = f"LEAST({datoer})"
    hvorfor = " ".join(f"WHEN {dato} THEN '{grunden}'" for dato, grunden in muligheder)
    return f"{tidligst}, CASE {tidligst} {hvorfor} ELSE '' END"


def dansk_dag(tidspunkt: str) -> str:
    """The date in Denmark of a timestamp in SQL."""
    return f"({tidspunkt} AT TIME ZONE 'Europe/Copenhagen')::date"
