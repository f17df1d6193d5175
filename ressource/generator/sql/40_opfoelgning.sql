-- The first follow-up, then one every five to eleven weeks while the forløb runs, and the next one.
CREATE TEMP TABLE gen_opfoelgning ON COMMIT DROP AS
SELECT nr, sag_id, ansvarlig_id, dag, loebenr, status, id, mentor,
       CASE WHEN status = 'afholdt' THEN lead(id) OVER (PARTITION BY nr ORDER BY loebenr) END AS naeste_id
  FROM (SELECT s.nr, s.sag_id, s.ansvarlig_id, o.dag, s.mentor,
               row_number() OVER (PARTITION BY s.nr ORDER BY n) AS loebenr,
               CASE WHEN o.dag > %(til)s THEN 'planlagt'
                    WHEN n = 0 OR pg_temp.traek(s.nr * 64 + n, 401) < 0.88 THEN 'afholdt'
                    WHEN pg_temp.traek(s.nr * 64 + n, 401) < 0.95 THEN 'udeblevet'
                    ELSE 'aflyst' END AS status,
               nextval(pg_get_serial_sequence('opfoelgning_opfoelgningsmoede', 'id')) AS id
          FROM gen_sag s
         CROSS JOIN LATERAL (SELECT pg_temp.heltal(s.nr, 402, 35, 77) AS dage OFFSET 0) AS skridt
         CROSS JOIN LATERAL generate_series(
               0, GREATEST(0, (COALESCE(s.afsluttet, %(dato)s::date + 77) - s.foerste) / dage + 1)) AS n
         CROSS JOIN LATERAL (
               SELECT pg_temp.hverdag(s.foerste + n * dage) AS dag OFFSET 0) AS o
         WHERE s.behandlet AND s.udfald = 'ressourceforloeb'
           AND o.dag <= COALESCE(s.afsluttet, %(dato)s::date + 77)
           -- Nothing is agreed for the late first ones, nor for one case in ten.
           AND (o.dag <= %(til)s
                OR n > 0 AND s.afsluttet IS NULL AND pg_temp.traek(s.nr, 403) < 0.9
                   AND o.dag - dage <= %(til)s)
         ORDER BY s.nr, n) AS m;
ANALYZE gen_opfoelgning;

INSERT INTO opfoelgning_opfoelgningsmoede
       (id, sag_id, nr, tidspunkt, sted, form, status, aftalt_af_id, afholdt_dato, referat,
        mentor_var_med, uden_mentor_begrundelse, skitse, naeste_id, uden_naeste_begrundelse,
        lukket_den, lukket_af_id, laas, naeste_sted, aftalt_dato, afgjort_dato)
SELECT id, sag_id, loebenr, pg_temp.klok(dag, nr * 64 + loebenr, 411), 'Rådhuset, lokale 1',
       pg_temp.vaelg('{personligt,personligt,personligt,telefon,video}', nr * 64 + loebenr, 412),
       status, ansvarlig_id, CASE WHEN status = 'afholdt' THEN dag END,
       CASE WHEN status = 'afholdt' THEN pg_temp.vaelg(%(referater)s, nr * 64 + loebenr, 413) ELSE '' END,
       CASE WHEN status = 'afholdt' THEN mentor IS NOT NULL AND mentor <= dag END,
       CASE WHEN status = 'afholdt' AND (mentor IS NULL OR mentor > dag)
            THEN 'Borgeren har ikke mentor endnu' ELSE '' END,
       CASE WHEN status = 'afholdt' THEN 'Flere timer, hvis det går godt.' ELSE '' END,
       naeste_id,
       CASE WHEN status = 'afholdt' AND naeste_id IS NULL THEN 'Aftales på telefon' ELSE '' END,
       CASE WHEN status = 'afholdt' THEN pg_temp.klok(dag, nr * 64 + loebenr, 411) END,
       CASE WHEN status = 'afholdt' THEN ansvarlig_id END, 0, '',
       COALESCE(lag(dag) OVER (PARTITION BY nr ORDER BY loebenr), dag - 7),
       CASE WHEN status IN ('udeblevet', 'aflyst') THEN dag END
  FROM gen_opfoelgning
 ORDER BY nr, loebenr;
