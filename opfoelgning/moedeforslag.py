"""Three times for the next follow-up: within eight weeks, on open days, when nobody is taken."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from opfoelgning.models import Opfoelgningsmoede
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag, lukkede_dage

ANTAL = 3
TIDLIGST, SENEST = timedelta(weeks=4), timedelta(weeks=8)
VARIGHED = timedelta(hours=1)
# When the hour of this meeting is taken.
ELLERS = (time(10), time(13), time(9), time(14))
# Days from the meeting, and whether at its own hour: the same weekday in six weeks first.
_OENSKER = ((42, True), (44, False), (49, True))

# What those who hold the talk, the responsible and the mentor, are at in any of their cases.
_OPTAGET = """
WITH folk AS (
    SELECT DISTINCT bruger_id FROM borgere_tildeling
     WHERE sag_id = %(sag)s AND art IN ('ansvarlig', 'mentor') AND fra_dato <= %(dato)s
       AND (til_dato IS NULL OR til_dato >= %(dato)s)),
sager AS (
    SELECT DISTINCT t.sag_id FROM folk JOIN borgere_tildeling t USING (bruger_id)
     WHERE t.art IN ('ansvarlig', 'mentor') AND t.fra_dato <= %(dato)s
       AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s))
SELECT o.tidspunkt, o.tidspunkt + %(minutter)s * interval '1 minute'
  FROM sager JOIN opfoelgning_opfoelgningsmoede o USING (sag_id)
 WHERE o.status = 'planlagt' AND o.tidspunkt >= %(fra)s AND o.tidspunkt < %(til)s
UNION ALL
SELECT t.start, t.slut
  FROM sager JOIN rehabilitering_sparringsbooking k USING (sag_id)
  JOIN rehabilitering_sparringstid t ON t.id = k.tid_id
 WHERE k.aflyst_den IS NULL AND t.start >= %(fra)s AND t.start < %(til)s
UNION ALL
SELECT (m.dato + m.start) AT TIME ZONE 'Europe/Copenhagen',
       (m.dato + m.slut) AT TIME ZONE 'Europe/Copenhagen'
  FROM sager JOIN rehabilitering_dagsordenspunkt p USING (sag_id)
  JOIN rehabilitering_teammoede m ON m.id = p.moede_id
 WHERE p.taget_af_den IS NULL AND m.aflyst_den IS NULL
   AND m.dato BETWEEN %(fra)s::date AND %(til)s::date
"""


def forslag(moede: Opfoelgningsmoede) -> list[datetime]:
    """Up to three times after `moede`, each on a day of its own, in order. Three statements.

    None of them is on a closed day, or while the responsible or the mentor has another follow-up,
    a sparring or a team meeting. A meeting long gone is followed up from today.
    """
    lokal = timezone.localtime(moede.tidspunkt)
    dag = max(lokal.date(), i_dag())
    foerste, sidste = dag + TIDLIGST, dag + SENEST
    lukket = lukkede_dage(foerste, sidste)
    optaget = _optaget(moede.sag_id, foerste, sidste)
    valgte: list[datetime] = []
    for dage, egen_tid in _OENSKER:
        andre = [kl for kl in ELLERS if kl != lokal.time()]
        klokken = [lokal.time(), *andre] if egen_tid else [*andre, lokal.time()]
        taget = {timezone.localdate(tid) for tid in valgte}
        for dato in _naermest(dag + timedelta(days=dage), foerste, sidste):
            if dato in lukket or dato in taget:
                continue
            tider = (timezone.make_aware(datetime.combine(dato, kl)) for kl in klokken)
            if tid := next((t for t in tider if _er_fri(t, optaget)), None):
                valgte.append(tid)
                break
    return sorted(valgte)


def _naermest(oensket: date, foerste: date, sidste: date) -> Iterator[date]:
    """The days from `foerste` to `sidste`, those nearest to the one wished for first."""
    alle = [foerste + EN_DAG * nr for nr in range((sidste - foerste).days + 1)]
    yield from sorted(alle, key=lambda dato: (abs((dato - oensket).days), dato))


def _er_fri(tid: datetime, optaget: list[tuple[datetime, datetime]]) -> bool:
    return all(tid + VARIGHED <= fra or tid >= til for fra, til in optaget)


def _optaget(sag_id: int, foerste: date, sidste: date) -> list[tuple[datetime, datetime]]:
    fra = timezone.make_aware(datetime.combine(foerste, time()))
    til = timezone.make_aware(datetime.combine(sidste + EN_DAG, time()))
    with connection.cursor() as markoer:
        markoer.execute(
            _OPTAGET,
            {
                "sag": sag_id,
                "dato": i_dag(),
                "minutter": VARIGHED.seconds // 60,
                "fra": fra,
                "til": til,
            },
        )
        return [(begynder, slutter) for begynder, slutter in markoer.fetchall()]
