"""The ledger of the indstilling: what became of each recommended effort, and after how many days.

A line has *begun* from the first day one of its efforts was in progress; what has begun stays begun.
Else it is *planned* while one of its efforts is still to come, else *replaced* or *given up* when
the plan explains so (`Linjeforklaring`), else *not begun*. An effort that came to nothing carries
out no line, and replaces none.

Days count from the teammøde, which is day 0: to the day it began, or up to today or the forløb's
last day while nothing has. A line given up waits no longer and has none. `sql` says the same for
many forløb at once; the key figures and the team's feedback page use it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models


class Tilstand(models.TextChoices):
    """What became of a line. `sql` gives these values."""

    BEGYNDT = "begyndt", "Begyndt"
    PLANLAGT = "planlagt", "Planlagt"
    ERSTATTET = "erstattet", "Erstattet"
    OPGIVET = "opgivet", "Opgivet"
    IKKE_BEGYNDT = "ikke_begyndt", "Ikke begyndt"


# Neither begun nor replaced: what the recommendation lost on the way (domain.md 2.4, indstillingstab).
TABT = frozenset({Tilstand.PLANLAGT, Tilstand.OPGIVET, Tilstand.IKKE_BEGYNDT})


@dataclass(frozen=True, slots=True)
class Indsatsgang:
    """What the ledger needs of one effort of the forløb; `linje` is the line's id or None."""

    id: int
    navn: str
    linje: int | None
    planlagt_start: date
    faktisk_start: date | None
    er_bortfaldet: bool


@dataclass(frozen=True, slots=True)
class Forklaring:
    """Why no effort carries the line out; without `erstattet_af` (an effort's id) it is given up."""

    id: int
    linje: int
    erstattet_af: int | None
    begrundelse: str
    dato: date


@dataclass(frozen=True, slots=True)
class Post:
    """One line's entry.

    `dato` is the day it began (or its replacement did), is planned to, or was given up; None when
    there is no such day. `dage` is None for a line given up. `indsats` is the effort that carries
    it out or replaces it, `forklaring` the explanation in force, if any.
    """

    linje: int
    tilstand: Tilstand
    dato: date | None
    dage: int | None
    indsats: Indsatsgang | None = None
    forklaring: Forklaring | None = None


def regnskab(
    linjer: Iterable[int],
    indsatser: Sequence[Indsatsgang],
    forklaringer: Iterable[Forklaring],
    *,
    moede_dato: date,
    til: date,
) -> list[Post]:
    """The entries of the lines (ids) in their order, as things stand on `til`.

    `til` is today, or the forløb's last day when that has been. A beginning after `til` has not
    happened yet. `forklaringer` are those in force: one may be written after the forløb's last day.
    """
    forklaret = {f.linje: f for f in forklaringer}
    return [
        _post(linje, indsatser, forklaret.get(linje), moede_dato=moede_dato, til=til)
        for linje in linjer
    ]


def _post(
    linje: int,
    indsatser: Sequence[Indsatsgang],
    forklaring: Forklaring | None,
    *,
    moede_dato: date,
    til: date,
) -> Post:
    def dage(dato: date) -> int:
        return max((dato - moede_dato).days, 0)

    egne = [i for i in indsatser if i.linje == linje]
    begyndte = [(i.faktisk_start, i.id, i) for i in egne if i.faktisk_start is not None]
    begyndt = min((b for b in begyndte if b[0] <= til), default=None)
    if begyndt is not None:
        dato, _, indsats = begyndt
        return Post(linje, Tilstand.BEGYNDT, dato, dage(dato), indsats, forklaring)
    kommende = [i for i in egne if not i.er_bortfaldet]
    if kommende:
        foerste = min(kommende, key=lambda i: (i.planlagt_start, i.id))
        return Post(
            linje, Tilstand.PLANLAGT, foerste.planlagt_start, dage(til), foerste, forklaring
        )
    if forklaring is not None and forklaring.erstattet_af is None:
        return Post(linje, Tilstand.OPGIVET, forklaring.dato, None, None, forklaring)
    anden = forklaring and next((i for i in indsatser if i.id == forklaring.erstattet_af), None)
    if anden and not anden.er_bortfaldet:
        start = anden.faktisk_start
        sket = start if start is not None and start <= til else None
        return Post(linje, Tilstand.ERSTATTET, sket, dage(sket or til), anden, forklaring)
    return Post(linje, Tilstand.IKKE_BEGYNDT, None, dage(til), None, forklaring)


def tab(tilstande: Sequence[str]) -> Decimal | None:
    """Indstillingstab: pct. of the lines neither begun nor replaced; None without lines."""
    if not tilstande:
        return None
    return Decimal(100 * sum(tilstand in TABT for tilstand in tilstande)) / len(tilstande)


_ORD = {
    Tilstand.ERSTATTET: "erstattet",
    Tilstand.PLANLAGT: "planlagt",
    Tilstand.OPGIVET: "opgivet",
    Tilstand.IKKE_BEGYNDT: "ikke begyndt",
}


def i_ord(tilstande: Iterable[str]) -> str:
    """`3 af 5 linjer er begyndt, 1 er erstattet, 1 er ikke begyndt`; empty without lines."""
    antal = Counter(tilstande)
    alle = sum(antal.values())
    if not alle:
        return ""
    begyndt = antal.pop(Tilstand.BEGYNDT, 0)
    foerst = f"{begyndt} af {alle} {'linje' if alle == 1 else 'linjer'} er begyndt"
    resten = [f"{antal[t]} er {ord_}" for t, ord_ in _ORD.items() if antal[t]]
    return ", ".join([foerst, *resten])


def sql(vinduer: str) -> str:
    """The ledger of many forløb at once: `vinduer` is SQL with the columns forloeb_id and til.

    Yields one row for each line in force of the indstilling each forløb rests on: forloeb_id, til,
    linje_id, indstilling_id, indsatstype_id, moede_dato, tilstand (a `Tilstand`), dato and dage, as
    `regnskab` would on `til` or the forløb's last day before it, with the explanations written by
    `til`. A forløb without an indstilling has no rows. One statement, whatever the number of forløb.
    """
    return _SQL.format(vinduer=vinduer)


# A changed decision rests on the indstilling of the one it changes: `Afgoerelse.grundlag`.
_SQL = """
WITH RECURSIVE kaede AS (
        SELECT v.forloeb_id, v.til, LEAST(v.til, f.afsluttet_dato, f.slut_dato) AS dag,
               a.indstilling_id, a.erstatter_id
          FROM ({vinduer}) v
          JOIN indsatsplan_ressourceforloeb f ON f.id = v.forloeb_id
          JOIN rehabilitering_afgoerelse a ON a.id = f.afgoerelse_id
         UNION ALL
        SELECT k.forloeb_id, k.til, k.dag, a.indstilling_id, a.erstatter_id
          FROM kaede k JOIN rehabilitering_afgoerelse a ON a.id = k.erstatter_id
         WHERE k.indstilling_id IS NULL),
     post AS (
        SELECT k.forloeb_id, k.til, k.dag, l.id AS linje_id, l.indstilling_id, l.indsatstype_id,
               s.moede_dato, egne.begyndt, egne.planlagt, x.noteret, x.erstattet_af_id,
               CASE WHEN r.faktisk_start <= k.dag THEN r.faktisk_start END AS erstattet,
               CASE WHEN egne.begyndt IS NOT NULL THEN 'begyndt'
                    WHEN egne.planlagt IS NOT NULL THEN 'planlagt'
                    WHEN x.noteret IS NOT NULL AND x.erstattet_af_id IS NULL THEN 'opgivet'
                    WHEN r.id IS NOT NULL THEN 'erstattet'
                    ELSE 'ikke_begyndt' END AS tilstand
          FROM kaede k
          JOIN rehabilitering_indstilling s ON s.id = k.indstilling_id
          JOIN rehabilitering_indstillingslinje l
            ON l.indstilling_id = s.id AND l.fjernet_den IS NULL
         CROSS JOIN LATERAL (
               SELECT min(i.faktisk_start) FILTER (WHERE i.faktisk_start <= k.dag) AS begyndt,
                      min(i.planlagt_start) FILTER (WHERE i.status <> 'bortfaldet') AS planlagt
                 FROM indsatsplan_indsats i
                WHERE i.forloeb_id = k.forloeb_id AND i.linje_id = l.id) egne
          LEFT JOIN LATERAL (
               SELECT y.erstattet_af_id,
                      (y.noteret_den AT TIME ZONE 'Europe/Copenhagen')::date AS noteret
                 FROM indsatsplan_linjeforklaring y
                WHERE y.forloeb_id = k.forloeb_id AND y.linje_id = l.id
                  AND y.fjernet_den IS NULL) x ON x.noteret <= k.til
          LEFT JOIN indsatsplan_indsats r
            ON r.id = x.erstattet_af_id AND r.status <> 'bortfaldet')
SELECT forloeb_id, til, linje_id, indstilling_id, indsatstype_id, moede_dato, tilstand,
       CASE tilstand WHEN 'begyndt' THEN begyndt WHEN 'planlagt' THEN planlagt
                     WHEN 'erstattet' THEN erstattet WHEN 'opgivet' THEN noteret END AS dato,
       CASE WHEN tilstand <> 'opgivet'
            THEN GREATEST(COALESCE(begyndt, CASE tilstand WHEN 'erstattet' THEN erstattet END, dag)
                          - moede_dato, 0) END AS dage
  FROM post
"""
