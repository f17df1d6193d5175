"""Derivation of deadlines: one set-based statement turns the facts into `Frist` rows.

It runs for one case when an event of that case commits, and for all cases at night: the same code,
so the two cannot disagree. Running it again changes nothing.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection, transaction

from opfoelgning import beregning
from opfoelgning.forberedt import EN_PLAN, forbered
from opfoelgning.paamind import paamind
from opfoelgning.regler import KODER, med_afledte
from ressource.kalender import i_dag

logger = logging.getLogger(__name__)

# Each derivation reads the facts after the one before it has written, or one on older facts could
# have the last word. Those of some cases run side by side, one at a time for each case; that of all
# cases runs alone. Locked in one order, and before anything is read, none waits in a ring.
# The night sorts and hashes all the cases at once, in memory.
_ALENE = """
    SELECT pg_advisory_xact_lock(hashtext('opfoelgning.udledning')),
           set_config('work_mem', '64MB', TRUE)
"""
_SIDE_OM_SIDE = f"SELECT pg_advisory_xact_lock_shared(hashtext('opfoelgning.udledning')), {EN_PLAN}"
# A consent is the citizen's, so all the cases of a citizen are derived together.
_LAAS_SAGER = """
    SELECT id FROM borgere_sag
     WHERE borger_id IN (SELECT borger_id FROM borgere_sag WHERE id = ANY(%(sager)s))
     ORDER BY id FOR NO KEY UPDATE
"""

_VAERDIER = (
    "regel_id",
    "navn",
    "start_dato",
    "laengde",
    "pause_dage",
    "forfald_dato",
    "maal_dato",
    "varsel_dato",
    "ejer_id",
    "opfyldt_dato",
    "bortfaldet_dato",
    "bortfaldet_begrundelse",
)
_NOEGLE = ("sag_id", "kode", "anker_type", "anker_id")
SAMME_FRIST = " AND ".join(f"f.{kolonne} = b.{kolonne}" for kolonne in _NOEGLE)

_GEM = f"""
{{beregnet}},
     aendret AS (
        SELECT b.*
          FROM beregnet b
          LEFT JOIN opfoelgning_frist f ON {SAMME_FRIST}
         WHERE f.id IS NULL
            OR ({", ".join(f"f.{kolonne}" for kolonne in _VAERDIER)})
               IS DISTINCT FROM ({", ".join(f"b.{kolonne}" for kolonne in _VAERDIER)})),
     gemt AS (
        INSERT INTO opfoelgning_frist ({", ".join(_NOEGLE + _VAERDIER)})
        SELECT {", ".join(_NOEGLE + _VAERDIER)} FROM aendret
            ON CONFLICT ({", ".join(_NOEGLE)}) DO UPDATE
           SET {", ".join(f"{kolonne} = EXCLUDED.{kolonne}" for kolonne in _VAERDIER)},
               -- Moved to a later date it is not overdue any more.
               flaget_den = CASE WHEN EXCLUDED.forfald_dato < %(dato)s
                                 THEN opfoelgning_frist.flaget_den END
        RETURNING 1),
     forsvundet AS (
        UPDATE opfoelgning_frist f
           SET opfyldt_dato = NULL, bortfaldet_dato = %(dato)s,
               bortfaldet_begrundelse = 'Grundlaget for fristen er ændret'
         WHERE f.bortfaldet_dato IS NULL AND f.kode = ANY(%(koder)s) AND {{kun_sager}}
           AND NOT EXISTS (SELECT 1 FROM beregnet b WHERE {SAMME_FRIST})
        RETURNING 1)
SELECT (SELECT count(*) FROM gemt), (SELECT count(*) FROM forsvundet)
"""

_TYPER = {"dato": "date", "sager": "bigint[]", "koder": "text[]"}

_FLAG = """
    UPDATE opfoelgning_frist f SET flaget_den = now()
     WHERE opfyldt_dato IS NULL AND bortfaldet_dato IS NULL AND flaget_den IS NULL
       AND forfald_dato < %(dato)s AND {kun_sager}
"""


@dataclass(frozen=True)
class Udfald:
    """What a derivation changed; all zero the second time."""

    aendrede: int
    bortfaldne: int
    flagede: int
    paamindede: int

    def __bool__(self) -> bool:
        return any((self.aendrede, self.bortfaldne, self.flagede, self.paamindede))


@transaction.atomic
def udled(
    dato: date | None = None,
    sager: Collection[int] | None = None,
    *,
    koder: Collection[str] | None = None,
) -> Udfald:
    """Derive the deadlines as of `dato` (default today), for `sager` or for every case.

    With `koder` only those of these rules, and those counted from them. Flags those that have gone
    past (the due date itself is in time, domain.md 8.3) and reminds their owner once per event.
    Idempotent; the same result after a missed night. A fixed number of statements whatever the
    number of cases.
    """
    dato = dato or i_dag()
    begraenset = sager is not None
    valgte = KODER if koder is None else med_afledte(koder)
    with connection.cursor() as markoer:
        markoer.execute(_SIDE_OM_SIDE if begraenset else _ALENE)
        if sager is not None:
            markoer.execute(_LAAS_SAGER, {"sager": list(sager)})
            sager = [pk for (pk,) in markoer.fetchall()]
        parametre = {"dato": dato, "sager": sager, "koder": list(valgte)}
        kun_sager = "f.sag_id = ANY(%(sager)s)" if begraenset else "TRUE"
        aendrede = bortfaldne = 0
        if valgte:
            gem = _GEM.format(
                beregnet=beregning.sql(valgte, begraenset=begraenset), kun_sager=kun_sager
            )
            if begraenset and valgte == KODER:
                gem = forbered("udled_sager", gem, _TYPER)
            markoer.execute(gem, parametre)
            aendrede, bortfaldne = markoer.fetchone()
        markoer.execute(_FLAG.format(kun_sager=kun_sager), parametre)
        flagede = markoer.rowcount
    return Udfald(aendrede, bortfaldne, flagede, paamind(dato, sager))


def udled_ved_commit(sager: set[int]) -> None:
    """Derive the deadlines of the cases that just got events, so the next page shows them.

    Should the database refuse, the facts are saved all the same: a job derives them shortly after,
    and the nightly one in any case.
    """
    try:
        udled(sager=sager)
    except DatabaseError:
        from opfoelgning.tasks import udled_frister  # noqa: PLC0415 -- blad

        logger.exception("Frister for %s sager blev ikke udledt ved commit.", len(sager))
        udled_frister.delay(sorted(sager))
