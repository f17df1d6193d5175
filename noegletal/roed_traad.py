"""The red-thread share: forløb whose documents have the same goal, or say why not.

`indsatsplan.roed_traad` says for one forløb what this says for many; a test holds them together.
"""

from rehabilitering.maalforskel import MELLEM_ORD


def sql(forloeb: str) -> str:
    """The thread of many forløb: `forloeb` is SQL with the column forloeb_id.

    Yields one row for each forløb: forloeb_id, dokumenter (those with a goal) and brud (goals that
    are another than the one before, and no reason). It hangs together when `brud` is 0; with fewer
    than two documents there is nothing to hang together. One statement, whatever the number.
    """
    return _SQL.format(forloeb=forloeb, ordlyd=_ordlyd("maal"))


def _ordlyd(maal: str) -> str:
    """`maalforskel.ordlyd` of a goal."""
    return f"btrim(regexp_replace(lower(normalize({maal}, NFC)), '{MELLEM_ORD}', ' ', 'g'))"


# The goals by forløb, in the order of the thread. An approved plan keeps its goals by rank, so the
# first is the goal of the forløb; before the first approval it is the draft's.
_SQL = r"""
WITH RECURSIVE valgt AS ({forloeb}),
     kaede AS (
        SELECT f.id AS forloeb_id, a.indstilling_id, a.erstatter_id
          FROM indsatsplan_ressourceforloeb f
          JOIN valgt v ON v.forloeb_id = f.id
          JOIN rehabilitering_afgoerelse a ON a.id = f.afgoerelse_id
         UNION ALL
        SELECT k.forloeb_id, a.indstilling_id, a.erstatter_id
          FROM kaede k JOIN rehabilitering_afgoerelse a ON a.id = k.erstatter_id
         WHERE k.indstilling_id IS NULL),
     forloebet AS (
        SELECT f.id, f.sag_id, i.maal, i.maal_begrundelse,
               COALESCE(i.moede_dato, f.start_dato) AS fra,
               COALESCE(f.afsluttet_dato, f.slut_dato) AS til
          FROM valgt v
          JOIN indsatsplan_ressourceforloeb f ON f.id = v.forloeb_id
          LEFT JOIN kaede k ON k.forloeb_id = f.id AND k.indstilling_id IS NOT NULL
          LEFT JOIN rehabilitering_indstilling i ON i.id = k.indstilling_id),
     planen AS (
        SELECT DISTINCT ON (p.forloeb_id) p.forloeb_id, p.godkendt_dato,
               p.indhold #>> '{{maal,0,tekst}}' AS maal,
               p.indhold #>> '{{maal,0,begrundelse}}' AS begrundelse
          FROM indsatsplan_indsatsplan p JOIN valgt USING (forloeb_id)
         WHERE p.godkendt_den IS NOT NULL
         ORDER BY p.forloeb_id, p.nr DESC),
     dokument AS (
        SELECT f.id AS forloeb_id, 1 AS nr, d.maal, '' AS begrundelse
          FROM forloebet f
         CROSS JOIN LATERAL (
               SELECT maal FROM rehabilitering_forberedendedel d
                WHERE d.sag_id = f.sag_id AND d.gennemgaaet_dato <= f.fra
                ORDER BY d.nr DESC LIMIT 1) d
         UNION ALL
        SELECT id, 2, maal, maal_begrundelse FROM forloebet WHERE maal IS NOT NULL
         UNION ALL
        SELECT forloeb_id, 3, maal, COALESCE(begrundelse, '') FROM planen
         UNION ALL
        SELECT f.id, 3, m.tekst, m.begrundelse
          FROM forloebet f
         CROSS JOIN LATERAL (
               SELECT tekst, begrundelse FROM indsatsplan_maal m
                WHERE m.forloeb_id = f.id AND m.fjernet_den IS NULL
                ORDER BY m.rang LIMIT 1) m
         WHERE f.id NOT IN (SELECT forloeb_id FROM planen)
         UNION ALL
        -- A talk before the plan was approved answers for no goal that came after it.
        SELECT f.id, 4, o.maal, o.maal_begrundelse
          FROM forloebet f
          LEFT JOIN planen p ON p.forloeb_id = f.id
         CROSS JOIN LATERAL (
               SELECT maal, maal_begrundelse, afholdt_dato FROM opfoelgning_opfoelgningsmoede o
                WHERE o.sag_id = f.sag_id AND o.status = 'afholdt' AND o.maal <> ''
                  AND o.afholdt_dato BETWEEN f.fra AND f.til
                ORDER BY o.afholdt_dato DESC, o.id DESC LIMIT 1) o
         WHERE p.godkendt_dato IS NULL OR btrim(COALESCE(p.maal, '')) = ''
            OR o.afholdt_dato >= p.godkendt_dato),
     led AS (
        SELECT forloeb_id, begrundelse, {ordlyd} AS ordlyd,
               lag({ordlyd}) OVER (PARTITION BY forloeb_id ORDER BY nr) AS foer
          FROM dokument
         WHERE btrim(maal) <> '')
SELECT v.forloeb_id, count(l.forloeb_id)::integer AS dokumenter,
       count(*) FILTER (WHERE l.ordlyd <> l.foer AND l.ordlyd <> '' AND l.foer <> ''
                          AND btrim(l.begrundelse) = '')::integer AS brud
  FROM valgt v LEFT JOIN led l USING (forloeb_id)
 GROUP BY v.forloeb_id
"""
