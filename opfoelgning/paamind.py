"""Who is reminded of a deadline, and when: one statement over the open ones.

An event is that a date comes near, is passed, or has been passed for so long that the teamleder is
told. Each recipient is told once of each event; a deadline that is moved can come near again.
Whoever takes over a deadline is told as its first owner was. Running it again changes nothing.

- The owner is told of both, and so is whoever stands in for the owner and may see the case.
- The teamledere of the case's team are told `eskalering_dage` days after the due date, never on it:
  it is in time (`visning.teamlederen_ser_den`). They need not see the case, for they are shown its
  number alone. Where the team has no other who can act, every teamleder of the municipality is told:
  nothing goes unseen.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.utils import timezone

from opfoelgning.forberedt import forbered
from opfoelgning.models.frist import PAA_LISTEN

# A deputy is reminded of what `Sag.objects.som_vikar` and `ubeskyttede` let them see: the same
# rule, for many deputies at once. A test holds the two against each other.
_PAAMIND = """
WITH aaben AS MATERIALIZED (
        SELECT f.id, f.sag_id, f.forfald_dato, f.ejer_id, s.borger_id, s.team_id,
               r.eskalering_dage,
               CASE WHEN f.forfald_dato < %(dato)s THEN 'overskredet' ELSE 'varsel' END AS art
          FROM opfoelgning_frist f
          JOIN opfoelgning_fristregel r ON r.id = f.regel_id
          JOIN borgere_sag s ON s.id = f.sag_id
         WHERE f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL
           AND (f.forfald_dato < %(dato)s
                OR r.varsel_dage > 0 AND f.varsel_dato <= %(dato)s)
           AND {paa_listen} AND {kun_sager}),
     inhabil AS MATERIALIZED (
        SELECT borger_id, bruger_id FROM borgere_inhabilitet
         WHERE fra_dato <= %(dato)s AND (til_dato IS NULL OR til_dato >= %(dato)s)),
     leder AS MATERIALIZED (
        SELECT id, team_id FROM ressource_bruger
         WHERE is_active AND organisation = 'kommune' AND 'teamleder' = ANY(roller)),
     eskaleret AS (
        SELECT * FROM aaben
         WHERE art = 'overskredet' AND forfald_dato + eskalering_dage <= %(dato)s),
     ledes AS (
        SELECT e.id, e.forfald_dato, e.borger_id, e.ejer_id, l.id AS leder_id,
               l.team_id = e.team_id AS er_teamets
          FROM eskaleret e
          JOIN leder l ON l.id IS DISTINCT FROM e.ejer_id
         WHERE NOT EXISTS (SELECT FROM inhabil i
                            WHERE i.borger_id = e.borger_id AND i.bruger_id = l.id)),
     vikar AS MATERIALIZED (
        SELECT v.for_bruger_id, v.vikar_id
          FROM ressource_stedfortraeder v
          JOIN ressource_bruger hun ON hun.id = v.vikar_id
          JOIN ressource_bruger for_hvem ON for_hvem.id = v.for_bruger_id
         WHERE v.fra_dato <= %(dato)s AND (v.til_dato IS NULL OR v.til_dato >= %(dato)s)
           AND hun.is_active AND hun.organisation = 'kommune'
           AND for_hvem.organisation = 'kommune'),
     -- Who has a place of their own in the circle of these cases, and is not shut out.
     i_kredsen AS MATERIALIZED (
        SELECT DISTINCT t.sag_id, t.bruger_id
          FROM borgere_tildeling t
          JOIN borgere_sag s ON s.id = t.sag_id
         WHERE t.sag_id IN (SELECT sag_id FROM aaben)
           AND t.bruger_id IN (SELECT for_bruger_id FROM vikar UNION SELECT vikar_id FROM vikar)
           AND t.fra_dato <= %(dato)s AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s)
           AND (s.borger_id, t.bruger_id) NOT IN (SELECT borger_id, bruger_id FROM inhabil)),
     modtager (frist_id, bruger_id, art, forfald_dato, for_bruger_id) AS (
        SELECT id, ejer_id, art, forfald_dato, NULL::bigint FROM aaben WHERE ejer_id IS NOT NULL
         UNION ALL
        SELECT a.id, v.vikar_id, a.art, a.forfald_dato, a.ejer_id
          FROM aaben a
          JOIN vikar v ON v.for_bruger_id = a.ejer_id
          JOIN borgere_borger b ON b.id = a.borger_id
         WHERE (a.borger_id, v.vikar_id) NOT IN (SELECT borger_id, bruger_id FROM inhabil)
           AND ((a.sag_id, v.vikar_id) IN (SELECT sag_id, bruger_id FROM i_kredsen)
                OR ((NOT b.er_adressebeskyttet OR b.adressebeskyttet_til < %(dato)s)
                    AND (a.sag_id, a.ejer_id) IN (SELECT sag_id, bruger_id FROM i_kredsen)))
         UNION ALL
        SELECT l.id, v.hvem, 'eskaleret', l.forfald_dato, v.for_hvem
          FROM ledes l
         CROSS JOIN LATERAL (
               SELECT l.leder_id AS hvem, NULL::bigint AS for_hvem
                UNION ALL
               SELECT v.vikar_id, l.leder_id
                 FROM vikar v JOIN leder ON leder.id = v.vikar_id
                WHERE v.for_bruger_id = l.leder_id AND v.vikar_id IS DISTINCT FROM l.ejer_id
                  AND (l.borger_id, v.vikar_id) NOT IN (SELECT borger_id, bruger_id FROM inhabil)) v
         WHERE l.er_teamets OR NOT EXISTS (SELECT FROM ledes t WHERE t.id = l.id AND t.er_teamets)),
     -- A teamleder who also stands in for another of the team is told once, as themselves.
     en_gang AS (
        SELECT DISTINCT ON (frist_id, bruger_id, art) *
          FROM modtager
         ORDER BY frist_id, bruger_id, art, for_bruger_id NULLS FIRST)
INSERT INTO opfoelgning_paamindelse
       (frist_id, bruger_id, art, forfald_dato, for_bruger_id, oprettet_den)
SELECT m.frist_id, m.bruger_id, m.art, m.forfald_dato, m.for_bruger_id, %(nu)s
  FROM en_gang m
 WHERE NOT EXISTS (SELECT FROM opfoelgning_paamindelse p
                    WHERE p.frist_id = m.frist_id AND p.bruger_id = m.bruger_id
                      AND p.art = m.art AND p.forfald_dato = m.forfald_dato
                      AND p.for_bruger_id IS NOT DISTINCT FROM m.for_bruger_id)
 ORDER BY m.frist_id, m.bruger_id, m.art
-- Told already on behalf of another than now: a deputy who takes the case over is told as its owner.
    ON CONFLICT (frist_id, bruger_id, art, forfald_dato) DO UPDATE
       SET for_bruger_id = EXCLUDED.for_bruger_id, oprettet_den = EXCLUDED.oprettet_den,
           laest_den = NULL, mailet_den = NULL, besked_id = NULL
     WHERE opfoelgning_paamindelse.for_bruger_id IS DISTINCT FROM EXCLUDED.for_bruger_id
"""

_TYPER = {"dato": "date", "sager": "bigint[]", "nu": "timestamptz"}


def paamind(dato: date, sager: Collection[int] | None) -> int:
    """Remind of the open deadlines of `sager`, or of all, as of `dato`; give how many were made."""
    parametre = {
        "dato": dato,
        "sager": list(sager) if sager is not None else None,
        "nu": timezone.now(),
    }
    kun_sager = "TRUE" if sager is None else "f.sag_id = ANY(%(sager)s)"
    sql = _PAAMIND.format(kun_sager=kun_sager, paa_listen=PAA_LISTEN)
    with connection.cursor() as markoer:
        if sager is not None:
            sql = forbered("paamind_sager", sql, _TYPER)
        markoer.execute(sql, parametre)
        nye: int = markoer.rowcount
    return nye
