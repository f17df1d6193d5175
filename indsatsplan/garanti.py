"""The six-month guarantee: an effort that counts begins in time, or the team sees the case again.

LAB § 113 stk. 2 and BEK 2408 § 17. How many months is the rule set's to say, that of the decision.
`status` reckons one forløb from plain facts; `URET` is the same reckoning over many forløb in SQL,
for the deadlines. A test holds the two together.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabilitering.models import Indsatstype
from ressource.datoer import EN_DAG, Enhed, tilfoej

# First and last day, both included; without a last day it goes on.
Periode = tuple[date, date | None]

HJEMMEL = "LAB § 113, stk. 2, og BEK 2408 § 17"


class Tilstand(StrEnum):
    """Where the clock stands on a day."""

    LOEBER = "loeber"
    STAAR_STILLE = "staar_stille"
    BEGYNDT = "begyndt"
    BEGYNDT_FOR_SENT = "begyndt_for_sent"
    ORDINAERE_TIMER = "ordinaere_timer"
    FORELAEG = "forelaeg"
    FORELAGT = "forelagt"
    SLUT = "slut"


@dataclass(frozen=True, slots=True)
class Begyndt:
    """An effort of the forløb's plan that has begun; `garanti` is what its type does to the clock."""

    navn: str
    garanti: str
    fra: date
    til: date | None = None


@dataclass(frozen=True, slots=True)
class Garanti:
    """The clock of one forløb. `sidste_dag` is the last day in time, `pause_dage` counted in."""

    start: date
    maaneder: int
    pause_dage: int
    sidste_dag: date
    tilstand: Tilstand
    # The first effort that counts, in time or late.
    begyndt: Begyndt | None
    # Ordinary hours in time: the duty to present the case again is gone.
    ordinaer: Begyndt | None
    # When the team saw the case again, or it was decided that it need not.
    forelagt_dato: date | None
    # Begun, but not what the law counts; shown so that nobody is taken by surprise.
    taeller_ikke: tuple[Begyndt, ...]

    @property
    def uden_pauser(self) -> date:
        """The last day had the clock never stood still."""
        return self.sidste_dag - timedelta(days=self.pause_dage)

    @property
    def skal_forelaegges(self) -> bool:
        """Whether the law asks for the case to go to the team, and nobody has answered that."""
        if self.tilstand == Tilstand.BEGYNDT_FOR_SENT:
            return self.forelagt_dato is None
        return self.tilstand == Tilstand.FORELAEG


def status(
    *,
    start: date,
    maaneder: int | None,
    fritagelser: Collection[Periode],
    indsatser: Collection[Begyndt],
    forelagt_dato: date | None,
    sluttet: date | None,
    dato: date,
) -> Garanti | None:
    """The clock on `dato`; None when the rule set has no guarantee.

    `fritagelser` never overlap. One that goes on is counted to `dato`, or to `sluttet`, the last day
    of a forløb that has ended. An effort counts when it began on the forløb's first day or later.
    What comes first settles the matter; on one day, what fulfils the guarantee before what ends it.
    """
    if maaneder is None:
        return None
    raa = tilfoej(start, maaneder, Enhed.MAANEDER)
    pauser = _pausedage(start, raa, fritagelser, min(dato, sluttet or dato))
    sidste_dag = raa + timedelta(days=pauser)
    taeller = [i for i in indsatser if _taeller(i) and i.fra >= start]
    ordinaere = [i for i in indsatser if _er_ordinaer(i) and _i_perioden(i, start, sidste_dag)]
    begyndt, ordinaer = _foerste(taeller), _foerste(ordinaere)
    afgjort = [
        (begyndt and begyndt.fra, _begyndt_som(begyndt, sidste_dag)),
        (forelagt_dato, Tilstand.FORELAGT),
        (ordinaer and max(ordinaer.fra, start), Tilstand.ORDINAERE_TIMER),
        (sluttet, Tilstand.SLUT),
    ]
    # `min` keeps the first of equals, and the order above is the order of precedence.
    foerst = min(((d, t) for d, t in afgjort if d), key=lambda par: par[0], default=None)
    return Garanti(
        start=start,
        maaneder=maaneder,
        pause_dage=pauser,
        sidste_dag=sidste_dag,
        tilstand=foerst[1] if foerst else _uafgjort(sidste_dag, fritagelser, dato),
        begyndt=begyndt,
        ordinaer=ordinaer,
        forelagt_dato=forelagt_dato,
        taeller_ikke=tuple(i for i in indsatser if i not in taeller and i not in ordinaere),
    )


def _pausedage(start: date, raa: date, fritagelser: Collection[Periode], dato: date) -> int:
    """Days the clock stands still: of each pause that begins no later than the end so far.

    One that goes on is counted to `dato`.
    """
    dage = 0
    for fra, til in sorted(fritagelser, key=lambda periode: periode[0]):
        begynder = max(fra, start)
        slutter = til or max(dato, fra - EN_DAG)
        if slutter >= begynder and begynder <= raa + timedelta(days=dage):
            dage += (slutter - begynder).days + 1
    return dage


def _uafgjort(sidste_dag: date, fritagelser: Collection[Periode], dato: date) -> Tilstand:
    if dato > sidste_dag:
        return Tilstand.FORELAEG
    paa_pause = any(fra <= dato and (til is None or til >= dato) for fra, til in fritagelser)
    return Tilstand.STAAR_STILLE if paa_pause else Tilstand.LOEBER


def _begyndt_som(begyndt: Begyndt | None, sidste_dag: date) -> Tilstand:
    for_sent = begyndt is not None and begyndt.fra > sidste_dag
    return Tilstand.BEGYNDT_FOR_SENT if for_sent else Tilstand.BEGYNDT


def _taeller(indsats: Begyndt) -> bool:
    return indsats.garanti == Indsatstype.Garanti.TAELLER


def _er_ordinaer(indsats: Begyndt) -> bool:
    return indsats.garanti == Indsatstype.Garanti.ORDINAERE_TIMER


def _i_perioden(indsats: Begyndt, fra: date, til: date) -> bool:
    return indsats.fra <= til and (indsats.til is None or indsats.til >= fra)


def _foerste(indsatser: Iterable[Begyndt]) -> Begyndt | None:
    return min(indsatser, key=lambda indsats: indsats.fra, default=None)


# One row per forløb whose rule set has a guarantee; `%(dato)s` is today, `{hvilke}` picks among
# `f`. The pauses of one forløb never overlap, so each one's days before it are a running sum; and
# when one begins too late, so do all after it.
URET = """
    SELECT f.id AS forloeb_id, f.sag_id, f.start_dato, r.indsatsgaranti_maaneder AS maaneder,
           pause.dage AS pause_dage, ur.sidste_dag,
           begyndt.dato AS begyndt_dato, ordinaer.dato AS ordinaer_dato,
           LEAST(afgjort.dato, igen.dato) AS forelagt_dato,
           COALESCE(f.afsluttet_dato, CASE WHEN f.slut_dato < %(dato)s THEN f.slut_dato END)
               AS sluttet_dato
      FROM indsatsplan_ressourceforloeb f
      JOIN rehabilitering_afgoerelse a ON a.id = f.afgoerelse_id
      JOIN ressource_regelsaet r
        ON r.id = a.regelsaet_id AND r.indsatsgaranti_maaneder IS NOT NULL
     CROSS JOIN LATERAL (
           SELECT (f.start_dato + make_interval(months => r.indsatsgaranti_maaneder::integer))::date
                  AS dato) raa
     CROSS JOIN LATERAL (
           SELECT LEAST(%(dato)s, COALESCE(f.afsluttet_dato, f.slut_dato)) AS dato) ende
     CROSS JOIN LATERAL (
           SELECT COALESCE(sum(p.dage) FILTER (WHERE p.fra <= raa.dato + p.foer), 0)::integer AS dage
             FROM (SELECT n.fra, n.dage,
                          COALESCE(sum(n.dage) OVER (
                              ORDER BY n.fra ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                              0)::integer AS foer
                     FROM (SELECT GREATEST(t.fra_dato, f.start_dato) AS fra,
                                  COALESCE(t.til_dato, GREATEST(ende.dato, t.fra_dato - 1))
                                      - GREATEST(t.fra_dato, f.start_dato) + 1 AS dage
                             FROM indsatsplan_fritagelse t
                            WHERE t.forloeb_id = f.id AND t.fjernet_den IS NULL) n
                    WHERE n.dage > 0) p) pause
     CROSS JOIN LATERAL (SELECT raa.dato + pause.dage AS sidste_dag) ur
     CROSS JOIN LATERAL (
           SELECT min(i.faktisk_start) AS dato
             FROM indsatsplan_indsats i
             JOIN rehabilitering_indsatstype y ON y.id = i.indsatstype_id AND y.garanti = 'taeller'
            WHERE i.forloeb_id = f.id AND i.faktisk_start >= f.start_dato) begyndt
     CROSS JOIN LATERAL (
           SELECT min(GREATEST(i.faktisk_start, f.start_dato)) AS dato
             FROM indsatsplan_indsats i
             JOIN rehabilitering_indsatstype y
               ON y.id = i.indsatstype_id AND y.garanti = 'ordinaere_timer'
            WHERE i.forloeb_id = f.id AND i.faktisk_start <= ur.sidste_dag
              AND (i.faktisk_slut IS NULL OR i.faktisk_slut >= f.start_dato)) ordinaer
     CROSS JOIN LATERAL (
           SELECT min((g.afgjort_den AT TIME ZONE 'Europe/Copenhagen')::date) AS dato
             FROM indsatsplan_genforelaeggelse g WHERE g.forloeb_id = f.id) afgjort
     CROSS JOIN LATERAL (
           -- The team has seen the case since the forløb began, whatever made it do so.
           SELECT min(n.moede_dato) AS dato
             FROM rehabilitering_indstilling n
            WHERE n.sag_id = f.sag_id AND n.afsluttet_den IS NOT NULL
              AND n.moede_dato > f.start_dato
              AND n.id IS DISTINCT FROM a.indstilling_id) igen
     WHERE {hvilke}
"""
