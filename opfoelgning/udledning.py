"""Derivation of deadlines: one set-based statement turns the facts into `Frist` rows.

It runs for one case when an event of that case commits, and for all cases at night: the same code,
so the two cannot disagree. Running it again changes nothing.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection, transaction

from opfoelgning.paamind import paamind
from opfoelgning.regler import fakta
from ressource.kalender import i_dag

logger = logging.getLogger(__name__)

# Each derivation reads the facts after the one before it has written, or one on older facts could
# have the last word. Those of some cases run side by side, one at a time for each case; that of all
# cases runs alone. Locked in one order, and before anything is read, none waits in a ring.
_ALENE = "SELECT pg_advisory_xact_lock(hashtext('opfoelgning.udledning'))"
_SIDE_OM_SIDE = "SELECT pg_advisory_xact_lock_shared(hashtext('opfoelgning.udledning'))"
_LAAS_SAGER = """
    SELECT id FROM borgere_sag WHERE id = ANY(%(sager)s) ORDER BY id FOR NO KEY UPDATE
"""

_KOLONNER = """(kode, sag_id, anker_type, anker_id, lov_dato, start_dato, laengde, pause_dage,
                opfyldt_dato, bortfaldet_dato, bortfaldet_begrundelse)"""

# The date in the unit of the rule: weeks as weeks, months as months (VEJ 9533 af 26/6/2018), then
# moved by the days the clock stood still, then rolled by a join on the calendar. Overdue counts from
# `forfald_dato`, planning aims at `maal_dato`.
_BEREGN = """
    SELECT f.*, r.id AS regel_id, r.udloeber,
           rullet.dato AS forfald_dato,
           maal.forrige_arbejdsdag AS maal_dato,
           GREATEST(rullet.dato - r.varsel_dage, f.start_dato) AS varsel_dato
      FROM {fra} AS f
      JOIN opfoelgning_fristregel r
        ON r.kode = f.kode AND r.gyldig_fra <= f.lov_dato
       AND (r.gyldig_til IS NULL OR r.gyldig_til >= f.lov_dato)
     CROSS JOIN LATERAL (
           SELECT COALESCE(f.laengde, r.laengde)::integer AS antal) laengde
     CROSS JOIN LATERAL (
           SELECT (f.start_dato + CASE r.enhed
                       WHEN 'DAGE' THEN make_interval(days => laengde.antal)
                       WHEN 'UGER' THEN make_interval(weeks => laengde.antal)
                       ELSE make_interval(months => laengde.antal) END)::date
                  + f.pause_dage AS dato) raa
      JOIN ressource_kalenderdag k ON k.dato = raa.dato
     CROSS JOIN LATERAL (
           SELECT CASE r.rulning WHEN 'frem' THEN k.naeste_arbejdsdag ELSE k.dato END AS dato) rullet
      JOIN ressource_kalenderdag maal ON maal.dato = rullet.dato
"""

_UDLED = """
WITH runde AS MATERIALIZED ({runde}),
     foerste_fakta {kolonner} AS ({foerste}),
     foerste AS MATERIALIZED ({beregn_foerste}),
     oevrige_fakta {kolonner} AS ({oevrige}),
     alle AS (SELECT * FROM foerste UNION ALL ({beregn_oevrige})),
     beregnet AS MATERIALIZED (
        SELECT a.sag_id, a.regel_id, a.kode, a.anker_type, a.anker_id, a.start_dato, a.laengde,
               a.pause_dage, a.forfald_dato, a.maal_dato, a.varsel_dato, ejer.bruger_id AS ejer_id,
               faerdig.dato AS opfyldt_dato,
               CASE WHEN faerdig.dato IS NULL THEN a.bortfaldet_dato END AS bortfaldet_dato,
               CASE WHEN faerdig.dato IS NULL AND a.bortfaldet_dato IS NOT NULL
                    THEN a.bortfaldet_begrundelse ELSE '' END AS bortfaldet_begrundelse
          FROM alle a
         CROSS JOIN LATERAL (
               -- What comes first ends it: nothing can fulfil a deadline that has lapsed.
               SELECT CASE WHEN a.opfyldt_dato <= COALESCE(a.bortfaldet_dato, 'infinity')
                           THEN a.opfyldt_dato
                           WHEN a.bortfaldet_dato IS NULL AND a.udloeber
                                AND a.forfald_dato < %(dato)s THEN a.forfald_dato
                      END AS dato) faerdig
          LEFT JOIN LATERAL (
               SELECT t.bruger_id FROM borgere_tildeling t
                WHERE t.sag_id = a.sag_id AND t.art = 'ansvarlig' AND t.fra_dato <= %(dato)s
                  AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s) LIMIT 1) ejer ON TRUE),
     aendret AS (
        SELECT b.*
          FROM beregnet b
          LEFT JOIN opfoelgning_frist f
            ON f.sag_id = b.sag_id AND f.kode = b.kode
           AND f.anker_type = b.anker_type AND f.anker_id = b.anker_id
         WHERE f.id IS NULL
            OR (f.regel_id, f.start_dato, f.laengde, f.pause_dage, f.forfald_dato, f.maal_dato,
                f.varsel_dato, f.ejer_id, f.opfyldt_dato, f.bortfaldet_dato,
                f.bortfaldet_begrundelse)
               IS DISTINCT FROM
               (b.regel_id, b.start_dato, b.laengde, b.pause_dage, b.forfald_dato, b.maal_dato,
                b.varsel_dato, b.ejer_id, b.opfyldt_dato, b.bortfaldet_dato,
                b.bortfaldet_begrundelse)),
     gemt AS (
        INSERT INTO opfoelgning_frist
               (sag_id, regel_id, kode, anker_type, anker_id, start_dato, laengde, pause_dage,
                forfald_dato, maal_dato, varsel_dato, ejer_id, opfyldt_dato, bortfaldet_dato,
                bortfaldet_begrundelse)
        SELECT sag_id, regel_id, kode, anker_type, anker_id, start_dato, laengde, pause_dage,
               forfald_dato, maal_dato, varsel_dato, ejer_id, opfyldt_dato, bortfaldet_dato,
               bortfaldet_begrundelse
          FROM aendret
            ON CONFLICT (sag_id, kode, anker_type, anker_id) DO UPDATE
           SET regel_id = EXCLUDED.regel_id, start_dato = EXCLUDED.start_dato, laengde = EXCLUDED.laengde,
               pause_dage = EXCLUDED.pause_dage, forfald_dato = EXCLUDED.forfald_dato,
               maal_dato = EXCLUDED.maal_dato, varsel_dato = EXCLUDED.varsel_dato,
               ejer_id = EXCLUDED.ejer_id, opfyldt_dato = EXCLUDED.opfyldt_dato,
               bortfaldet_dato = EXCLUDED.bortfaldet_dato,
               bortfaldet_begrundelse = EXCLUDED.bortfaldet_begrundelse,
               -- Moved to a later date it is not overdue any more.
               flaget_den = CASE WHEN EXCLUDED.forfald_dato < %(dato)s
                                 THEN opfoelgning_frist.flaget_den END
        RETURNING 1),
     forsvundet AS (
        UPDATE opfoelgning_frist f
           SET bortfaldet_dato = %(dato)s,
               bortfaldet_begrundelse = 'Grundlaget for fristen er ændret'
         WHERE f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL AND {kun_sager}
           AND NOT EXISTS (
               SELECT 1 FROM beregnet b
                WHERE b.sag_id = f.sag_id AND b.kode = f.kode
                  AND b.anker_type = f.anker_type AND b.anker_id = f.anker_id)
        RETURNING 1)
SELECT (SELECT count(*) FROM gemt), (SELECT count(*) FROM forsvundet)
"""

_FLAG = """
    UPDATE opfoelgning_frist SET flaget_den = now()
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
def udled(dato: date | None = None, sager: Collection[int] | None = None) -> Udfald:
    """Derive all deadlines as of `dato` (default today), for `sager` or for every case.

    Flags those that have gone past (the due date itself is in time, domain.md 8.3) and reminds
    their owner once per event. Idempotent; the same result after a missed night. A fixed number of
    statements whatever the number of cases.
    """
    dato = dato or i_dag()
    begraenset = sager is not None
    parametre = {"dato": dato, "sager": list(sager) if sager is not None else None}
    dele = fakta(begraenset=begraenset)
    kun = "f.sag_id = ANY(%(sager)s)" if begraenset else "TRUE"
    kun_uden_navn = "sag_id = ANY(%(sager)s)" if begraenset else "TRUE"
    udled_sql = _UDLED.format(
        kolonner=_KOLONNER,
        runde=dele["runde"],
        foerste=dele["foerste"],
        oevrige=dele["oevrige"],
        beregn_foerste=_BEREGN.format(fra="foerste_fakta"),
        beregn_oevrige=_BEREGN.format(fra="oevrige_fakta"),
        kun_sager=kun,
    )
    with connection.cursor() as markoer:
        markoer.execute(_SIDE_OM_SIDE if begraenset else _ALENE)
        if begraenset:
            markoer.execute(_LAAS_SAGER, parametre)
        markoer.execute(udled_sql, parametre)
        aendrede, bortfaldne = markoer.fetchone()
        markoer.execute(_FLAG.format(kun_sager=kun_uden_navn), parametre)
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
