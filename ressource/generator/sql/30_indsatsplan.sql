INSERT INTO indsatsplan_ressourceforloeb
       (id, sag_id, borger_id, afgoerelse_id, start_dato, slut_dato, afsluttet_dato)
SELECT s.forloeb_id, s.sag_id, s.borger_id, p.afgoerelse_id, s.start, s.slut, s.afsluttet
  FROM gen_sag s JOIN gen_punkt p USING (nr)
 WHERE s.har_forloeb
 ORDER BY s.nr;

-- The first version, approved with the citizen, and a new one about twice a year.
INSERT INTO indsatsplan_indsatsplan
       (forloeb_id, nr, borger_enig, uenig_tekst, indhold, oprettet_af_id, oprettet_den,
        godkendt_dato, godkendt_den, godkendt_af_id)
SELECT s.forloeb_id, n + 1, CASE WHEN g.dag <= %(til)s THEN 'enig' ELSE '' END, '', '{}',
       s.ansvarlig_id, pg_temp.klok(LEAST(g.dag - 2, %(til)s), s.nr * 16 + n, 301),
       CASE WHEN g.dag <= %(til)s THEN g.dag END,
       CASE WHEN g.dag <= %(til)s THEN pg_temp.klok(g.dag, s.nr * 16 + n, 302) END,
       CASE WHEN g.dag <= %(til)s THEN s.ansvarlig_id END
  FROM gen_sag s
 CROSS JOIN generate_series(0, 5) AS n
 CROSS JOIN LATERAL (SELECT pg_temp.hverdag(s.plan + n * 185) AS dag) AS g
 WHERE s.har_forloeb AND (n = 0 OR g.dag <= LEAST(s.ende - 14, %(til)s))
 ORDER BY s.nr, n;

CREATE TEMP TABLE gen_maal ON COMMIT DROP AS
SELECT nr, rang, forloeb_id, nextval(pg_get_serial_sequence('indsatsplan_maal', 'id')) AS maal_id
  FROM gen_sag CROSS JOIN generate_series(1, 2) AS rang
 WHERE har_forloeb
 ORDER BY nr, rang;
ANALYZE gen_maal;

INSERT INTO indsatsplan_maal (id, forloeb_id, rang, tekst, art)
SELECT maal_id, forloeb_id, rang,
       CASE rang WHEN 1 THEN pg_temp.vaelg(%(maal)s, nr, 213)
                 ELSE pg_temp.vaelg(%(delmaal)s, nr, 311) END,
       CASE rang WHEN 1 THEN 'job' ELSE '' END
  FROM gen_maal;

-- Efforts as intervals: company steps of a quarter in a chain without gaps, one mentor, and a
-- varying number of others (few have most of them).
INSERT INTO indsatsplan_indsats
       (forloeb_id, maal_id, indsatstype_id, beskrivelse, formaal, linje_id,
        tilfoejet_begrundelse, status, planlagt_start, planlagt_slut, faktisk_start, faktisk_slut,
        timer_pr_uge, ansvarlig, er_skitse)
SELECT s.forloeb_id, m.maal_id, t.id, left(t.navn || COALESCE(', ' || i.hvor, ''), 150), i.formaal, l.linje_id,
       CASE WHEN l.linje_id IS NULL THEN 'Aftalt med borgeren ved en opfølgning' ELSE '' END,
       CASE WHEN i.fra > LEAST(s.ende, %(til)s) THEN
                 CASE WHEN s.afsluttet IS NULL THEN 'planlagt' ELSE 'bortfaldet' END
            WHEN i.til > %(til)s AND s.afsluttet IS NULL THEN 'i_gang'
            WHEN pg_temp.traek(s.nr * 64 + i.n, 320) < 0.12 THEN 'afbrudt'
            ELSE 'afsluttet' END,
       i.fra, i.til,
       CASE WHEN i.fra <= LEAST(s.ende, %(til)s) THEN i.fra END,
       CASE WHEN i.fra <= LEAST(s.ende, %(til)s) AND NOT (i.til > %(til)s AND s.afsluttet IS NULL)
            THEN LEAST(i.til, s.ende) END,
       i.timer, i.ansvarlig, i.fra > %(dato)s::date + 90
  FROM gen_sag s
 CROSS JOIN LATERAL (
       SELECT n, pg_temp.vaelg('{virksomhedspraktik,virksomhedspraktik,virksomhedspraktik,virksomhedspraktik,loentilskud,ordinaere_timer}', s.nr * 64 + LEAST(n, 2), 321) AS kode,
              pg_temp.vaelg(%(pladser)s, s.nr * 64 + n / 2, 322) AS hvor,
              'Prøve opgaver, der ligger tæt på målet' AS formaal, 1 AS rang,
              CASE WHEN n = 0 THEN 1 END AS linje,
              s.virksomhed + 91 * n AS fra,
              LEAST(s.virksomhed + 91 * n + 90, GREATEST(s.ende, s.virksomhed + 91 * n)) AS til,
              LEAST(2 + 2 * n + pg_temp.heltal(s.nr, 323, 0, 4), 30)::numeric AS timer,
              'Virksomhedskonsulent' AS ansvarlig
         FROM generate_series(0, (s.ende - s.virksomhed) / 91) AS n
        WHERE s.virksomhed + 91 * n <= %(dato)s::date + 60
       UNION ALL
       SELECT 20, 'mentor', s.mentornavn, 'Have én at ringe til, når en dag er svær',
              1, 2, s.mentor, GREATEST(s.ende, s.mentor), 2, s.mentornavn
        WHERE s.mentor <= %(dato)s::date + 60
       UNION ALL
       SELECT 30 + n, pg_temp.vaelg(CASE WHEN n = 1 THEN %(andre_indsatser)s::text[]
                                    ELSE %(sundhedsindsatser)s::text[] END, s.nr,
                                    CASE n WHEN 0 THEN 261 WHEN 1 THEN 262 ELSE 330 + n END),
              NULL, 'Få mere overskud i hverdagen', 2, CASE n WHEN 0 THEN 3 WHEN 1 THEN 4 END,
              o.fra, LEAST(o.fra + pg_temp.heltal(s.nr * 64 + n, 324, 35, 210),
                           GREATEST(s.ende, o.fra)),
              NULL, s.ansvarlig
         FROM generate_series(0, LEAST(16, 1 + floor(-2.6 * ln(1 - pg_temp.traek(s.nr, 325)))::integer))
              AS n
        CROSS JOIN LATERAL (
              SELECT pg_temp.hverdag(s.start + 7 + CASE WHEN n < 2 THEN 14 * n
                     ELSE floor(pg_temp.traek(s.nr * 64 + n, 326) * 0.85 * (s.ende - s.start)) END::integer)
                     AS fra) AS o
        WHERE o.fra <= %(dato)s::date + 150) AS i
  JOIN rehabilitering_indsatstype t ON t.kode = i.kode
  JOIN gen_maal m ON m.nr = s.nr AND m.rang = i.rang
  LEFT JOIN gen_linje l ON l.nr = s.nr AND l.linje = i.linje
 WHERE s.har_forloeb
 ORDER BY s.nr, i.fra, i.n;
