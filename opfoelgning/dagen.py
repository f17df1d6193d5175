"""The day's panel: meetings today and sparring ahead, in the cases one answers for or covers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from opfoelgning.arbejdsliste import DAEKKER
from opfoelgning.sagsfakta import dagens_parametre
from ressource.models import Bruger

DAGE_MED_SPARRING = 14

_SQL = """
WITH {daekker}
SELECT slags, objekt_id, tidspunkt, sag_id, b.fornavn || ' ' || b.efternavn, sted, nr
  FROM (
    SELECT 'opfoelgning' AS slags, o.id AS objekt_id, o.tidspunkt, o.sag_id, o.sted, o.nr
      FROM ansvar JOIN opfoelgning_opfoelgningsmoede o USING (sag_id)
     WHERE o.status IN ('planlagt', 'afholdt')
       AND o.tidspunkt >= %(midnat)s AND o.tidspunkt < %(i_morgen)s
     UNION ALL
    SELECT 'teammoede', m.id, (m.dato + m.start) AT TIME ZONE 'Europe/Copenhagen', p.sag_id,
           m.sted, p.raekkefoelge
      FROM ansvar JOIN rehabilitering_dagsordenspunkt p USING (sag_id)
      JOIN rehabilitering_teammoede m ON m.id = p.moede_id
     WHERE p.taget_af_den IS NULL AND m.dato = %(dato)s
     UNION ALL
    SELECT 'sparring', k.id, t.start, k.sag_id, t.sted, 0
      FROM ansvar JOIN rehabilitering_sparringsbooking k USING (sag_id)
      JOIN rehabilitering_sparringstid t ON t.id = k.tid_id
     WHERE k.aflyst_den IS NULL AND t.start >= %(midnat)s AND t.start < %(sparring_til)s) dagen
  JOIN borgere_sag s ON s.id = dagen.sag_id
  JOIN borgere_borger b ON b.id = s.borger_id
 ORDER BY tidspunkt, sag_id
"""


@dataclass(frozen=True, slots=True)
class Aftale:
    """One thing in the calendar. `nr` is the follow-up's number or the place on the agenda."""

    slags: str
    objekt_id: int
    tidspunkt: datetime
    sag_id: int
    borger: str
    sted: str
    nr: int


def aftaler(bruger: Bruger, dato: date) -> list[Aftale]:
    """Today's follow-ups and team meetings, and sparring two weeks ahead, soonest first.

    One statement.
    """
    dag = dagens_parametre(dato)
    parametre = dag | {
        "bruger": bruger.pk,
        "i_morgen": dagens_parametre(dato + timedelta(days=1))["midnat"],
        "sparring_til": dagens_parametre(dato + timedelta(days=DAGE_MED_SPARRING))["midnat"],
    }
    with connection.cursor() as markoer:
        markoer.execute(_SQL.format(daekker=DAEKKER), parametre)
        return [Aftale(*raekke) for raekke in markoer]


def er_dagen(aftale: Aftale, dato: date) -> bool:
    """Whether it is on `dato`."""
    return timezone.localdate(aftale.tidspunkt) == dato
