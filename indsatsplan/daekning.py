"""What goes on in a forløb, day by day: passive time and parallel efforts, defined once.

An effort is in progress from the day it began until the day it ended, today included while it runs,
except in its pauses. Absence is no pause: the effort is there. A day of the forløb is *passive* when
nothing is in progress, and *parallel* when at least two efforts are. Days in a `Fritagelse`
(exempted, or without contact) are neither: nothing was to be expected of them (BEK 2408 § 17).

All intervals are closed. `sql` says the same for many forløb at once; the key figures use it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ressource.dagemaengder import AabenPeriode, Periode, antal_dage, inden_for, mindst, uden


@dataclass(frozen=True, slots=True)
class Gang:
    """The days one effort was or is in progress. Without `til` it still is."""

    fra: date
    til: date | None = None
    pauser: tuple[AabenPeriode, ...] = ()

    def aktiv(self, fra: date, til: date) -> list[Periode]:
        """The days in progress from `fra` to `til`, both included."""
        return uden(inden_for([(self.fra, self.til)], fra, til), self.pauser)


@dataclass(frozen=True, slots=True)
class Daekning:
    """A forløb from its first day up to and including `til`."""

    passive: tuple[Periode, ...]
    parallelle: tuple[Periode, ...]
    fritagne: tuple[Periode, ...]
    til: date

    @property
    def passive_dage(self) -> int:
        """Days with nothing in progress in all."""
        return antal_dage(self.passive)

    @property
    def parallelle_dage(self) -> int:
        """Days with at least two efforts in progress."""
        return antal_dage(self.parallelle)

    @property
    def passiv_nu(self) -> Periode | None:
        """The passive stretch that is still running, if nothing is in progress on the last day."""
        return self.passive[-1] if self.passive and self.passive[-1][1] == self.til else None

    @property
    def passiv_nu_dage(self) -> int:
        """Days in the stretch still running; 0 when something is in progress."""
        return antal_dage([self.passiv_nu]) if self.passiv_nu else 0


def daekning(
    gange: Iterable[Gang], fritagelser: Iterable[AabenPeriode], *, fra: date, til: date
) -> Daekning:
    """What went on from the forløb's first day `fra` to `til`, both included.

    `til` is today, or the forløb's last day when that has been.
    """
    aktive = [periode for gang in gange for periode in gang.aktiv(fra, til)]
    fritagne = mindst(inden_for(fritagelser, fra, til), 1)
    hele = [(fra, til)] if fra <= til else []
    return Daekning(
        passive=tuple(uden(hele, [*aktive, *fritagne])),
        parallelle=tuple(uden(mindst(aktive, 2), fritagne)),
        fritagne=tuple(fritagne),
        til=til,
    )


def sql(vinduer: str) -> str:
    """The same for many windows: `vinduer` is SQL with the columns forloeb_id, fra and til.

    Yields one row for each window whose `fra` is not after its `til`: forloeb_id, fra, til, dage
    (those not exempted), passive_dage, parallelle_dage. The windows must lie within their forløb and
    not in the future. One statement, whatever the number of forløb.
    """
    return _SQL.format(vinduer=vinduer)


_SQL = """
WITH vindue AS MATERIALIZED (
        SELECT v.forloeb_id, v.fra, v.til,
               datemultirange(daterange(v.fra, v.til, '[]')) - COALESCE((
                   SELECT range_agg(daterange(x.fra_dato, x.til_dato, '[]'))
                     FROM indsatsplan_fritagelse x
                    WHERE x.forloeb_id = v.forloeb_id AND x.fjernet_den IS NULL), '{{}}') AS dage
          FROM ({vinduer}) v
         WHERE v.fra <= v.til),
     gang AS MATERIALIZED (
        SELECT v.forloeb_id, v.fra, v.til, i.id,
               v.dage * datemultirange(daterange(i.faktisk_start, i.faktisk_slut, '[]')) - COALESCE((
                   SELECT range_agg(daterange(p.fra_dato, p.til_dato, '[]'))
                     FROM indsatsplan_indsatspause p
                    WHERE p.indsats_id = i.id AND p.fjernet_den IS NULL), '{{}}') AS dage
          FROM vindue v
          JOIN indsatsplan_indsats i
            ON i.forloeb_id = v.forloeb_id AND i.faktisk_start <= v.til
           AND (i.faktisk_slut IS NULL OR i.faktisk_slut >= v.fra)),
     aktiv AS (
        SELECT forloeb_id, fra, til, range_agg(dage) AS dage FROM gang GROUP BY 1, 2, 3),
     parallel AS (
        SELECT forloeb_id, fra, til, range_agg(a.dage * b.dage) AS dage
          FROM gang a JOIN gang b USING (forloeb_id, fra, til)
         WHERE a.id < b.id GROUP BY 1, 2, 3)
SELECT forloeb_id, fra, til, alle.antal AS dage,
       alle.antal - COALESCE(i_gang.antal, 0) AS passive_dage,
       COALESCE(side.antal, 0) AS parallelle_dage
  FROM vindue
  LEFT JOIN aktiv USING (forloeb_id, fra, til)
  LEFT JOIN parallel USING (forloeb_id, fra, til)
 CROSS JOIN LATERAL (
       SELECT COALESCE(sum(upper(d) - lower(d)), 0)::integer AS antal
         FROM unnest(vindue.dage) d) alle
 CROSS JOIN LATERAL (
       SELECT sum(upper(d) - lower(d))::integer AS antal FROM unnest(aktiv.dage) d) i_gang
 CROSS JOIN LATERAL (
       SELECT sum(upper(d) - lower(d))::integer AS antal FROM unnest(parallel.dage) d) side
"""
