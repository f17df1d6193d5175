"""What the day holds: follow-ups, talks, team meetings, sparring and its answers, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from borgere.models import Sag
from opfoelgning.arbejdsliste import DAEKKER
from opfoelgning.sagsfakta import dagens_parametre
from ressource.models import Bruger

DAGE_MED_SPARRING = 14
# So long an answer from sparring is news.
DAGE_MED_SVAR = 7
# Nobody agrees anything further ahead.
DAGE_FOR_EN_SAG = 730

_SQL = """
WITH {ansvar}
SELECT slags, objekt_id, tidspunkt, sag_id, b.fornavn || ' ' || b.efternavn, sted, nr, er_holdt,
       mentor
  FROM (
    SELECT 'opfoelgning' AS slags, o.id AS objekt_id, o.tidspunkt, o.sag_id, o.sted, o.nr,
           o.status = 'afholdt' AS er_holdt, COALESCE(u.navn, '') AS mentor
      FROM ansvar JOIN opfoelgning_opfoelgningsmoede o USING (sag_id)
      LEFT JOIN opfoelgning_mentorsvar v ON v.moede_id = o.id
      LEFT JOIN ressource_bruger u ON u.id = v.skrevet_af_id
     WHERE o.status IN ('planlagt', 'afholdt')
       AND o.tidspunkt >= %(midnat)s AND o.tidspunkt < %(moeder_til)s
     UNION ALL
    SELECT 'teammoede', m.id, (m.dato + m.start) AT TIME ZONE 'Europe/Copenhagen', p.sag_id,
           m.sted, p.raekkefoelge, p.behandlet_den IS NOT NULL, ''
      FROM ansvar JOIN rehabilitering_dagsordenspunkt p USING (sag_id)
      JOIN rehabilitering_teammoede m ON m.id = p.moede_id
     WHERE p.taget_af_den IS NULL AND m.dato >= %(dato)s
       AND (m.dato + m.start) AT TIME ZONE 'Europe/Copenhagen' < %(moeder_til)s
     UNION ALL
    -- A talk is registered as it is held; while its part is a draft, it is written on together.
    SELECT 'samtale', a.id, a.oprettet_den, d.sag_id, a.form, 0, TRUE, ''
      FROM ansvar JOIN rehabilitering_forberedendedel d USING (sag_id)
      JOIN rehabilitering_samtale a ON a.forberedende_del_id = d.id
     WHERE a.dato = %(dato)s AND a.annulleret_den IS NULL AND d.status = 'kladde'
     UNION ALL
    SELECT 'svar', k.id, k.besvaret_den, k.sag_id, '', 0, TRUE, ''
      FROM ansvar JOIN rehabilitering_sparringsbooking k USING (sag_id)
     WHERE k.aflyst_den IS NULL AND k.besvaret_den >= %(svar_fra)s
     UNION ALL
    SELECT 'sparring', k.id, t.start, k.sag_id, t.sted, 0, k.besvaret_den IS NOT NULL, ''
      FROM ansvar JOIN rehabilitering_sparringsbooking k USING (sag_id)
      JOIN rehabilitering_sparringstid t ON t.id = k.tid_id
     WHERE k.aflyst_den IS NULL AND t.start >= %(midnat)s AND t.start < %(sparring_til)s) dagen
  JOIN borgere_sag s ON s.id = dagen.sag_id
  JOIN borgere_borger b ON b.id = s.borger_id
 ORDER BY tidspunkt, sag_id
"""
_EN_SAG = "ansvar AS (SELECT %(sag)s::bigint AS sag_id)"


@dataclass(frozen=True, slots=True)
class Aftale:
    """One thing of the day. `nr` is the follow-up's number or the place on the agenda.

    `mentor` has answered before the follow-up; a `svar` is there since `tidspunkt`.
    """

    slags: str
    objekt_id: int
    tidspunkt: datetime
    sag_id: int
    borger: str
    sted: str
    nr: int
    er_holdt: bool
    mentor: str

    @property
    def dato(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.tidspunkt)


def for_bruger(bruger: Bruger, dato: date) -> list[Aftale]:
    """Meetings on `dato`, sparring two weeks ahead and its answers of the last week.

    In the cases one answers for or covers.
    """
    return _hent(DAEKKER, dato, moeder_dage=1, sparring_dage=DAGE_MED_SPARRING, bruger=bruger.pk)


def for_sag(sag: Sag, dato: date) -> list[Aftale]:
    """What lies ahead in one case from `dato` on, soonest first; what has been dealt with is out."""
    aftaler = _hent(
        _EN_SAG, dato, moeder_dage=DAGE_FOR_EN_SAG, sparring_dage=DAGE_FOR_EN_SAG, sag=sag.pk
    )
    return [aftale for aftale in aftaler if not aftale.er_holdt]


def _hent(
    ansvar: str, dato: date, *, moeder_dage: int, sparring_dage: int, **parametre: Any
) -> list[Aftale]:
    parametre |= dagens_parametre(dato) | {
        "moeder_til": _midnat(dato, moeder_dage),
        "sparring_til": _midnat(dato, sparring_dage),
        "svar_fra": _midnat(dato, -DAGE_MED_SVAR),
    }
    with connection.cursor() as markoer:
        markoer.execute(_SQL.format(ansvar=ansvar), parametre)
        return [Aftale(*raekke) for raekke in markoer]


def _midnat(dato: date, dage: int) -> object:
    return dagens_parametre(dato + timedelta(days=dage))["midnat"]
