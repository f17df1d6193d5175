-- What happened to each case and when, drawn once; the floors below only write it down.
--
-- Cases follow each other evenly by the date of their team meeting. Every later step has a date; a
-- step has happened when its date is no later than `til` (the day before `dato`), and the phase is
-- the last step that has. So the town looks alike from year to year, whatever day it is.
-- MATERIALIZED: each date is used several times by the next, and would be computed as often.
CREATE TEMP TABLE gen_sag ON COMMIT DROP AS
WITH moede AS MATERIALIZED (
    SELECT nr, k.naeste_arbejdsdag AS moede
      FROM generate_series(1::bigint, %(antal)s) AS nr
     CROSS JOIN LATERAL (
           SELECT %(dato)s::date - %(historik)s
                  + floor((nr - 1 + pg_temp.traek(nr, 1)) / %(antal)s * (%(historik)s + 110))::integer
                  AS dag) AS raa
      JOIN ressource_kalenderdag k
        ON k.dato = raa.dag - extract(isodow FROM raa.dag)::integer + 4),
 begyndt AS MATERIALIZED (
    SELECT nr, moede,
           pg_temp.hverdag(LEAST(
               moede - 90 - floor(110 * power(pg_temp.traek(nr, 2), 2))::integer,
               %(dato)s::date - pg_temp.heltal(nr, 3, 1, 12))) AS oprettet
      FROM moede),
 indsendt AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(oprettet + pg_temp.heltal(nr, 4, 2, 8)) AS indsendt FROM begyndt),
 screenet AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(indsendt + pg_temp.heltal(nr, 5, 1, 8)) AS screenet FROM indsendt),
 anmodet AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(screenet + pg_temp.heltal(nr, 6, 2, 13)) AS anmodet FROM screenet),
 attest AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(anmodet + CASE
               WHEN pg_temp.traek(nr, 7) < 0.88 THEN pg_temp.heltal(nr, 8, 10, 28)
               ELSE pg_temp.heltal(nr, 8, 32, 40) END) AS attest
      FROM anmodet),
 til_sikring AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(GREATEST(moede - pg_temp.heltal(nr, 9, 14, 33), attest + 3))
              AS ks_indsendt
      FROM attest),
 sikret AS MATERIALIZED (
    SELECT *, pg_temp.hverdag(ks_indsendt + pg_temp.heltal(nr, 10, 1, 5)) AS ks_afgjort
      FROM til_sikring),
 afgjort AS MATERIALIZED (
    SELECT *,
           CASE WHEN pg_temp.jaevn(nr, 1) < 0.84 THEN 'ressourceforloeb'
                WHEN pg_temp.jaevn(nr, 1) < 0.90 THEN 'fleksjob'
                WHEN pg_temp.jaevn(nr, 1) < 0.95 THEN 'foertidspension'
                ELSE 'hidtidig_indsats' END AS udfald,
           pg_temp.traek(nr, 11) < 0.07 AS afvist,
           pg_temp.hverdag(moede + pg_temp.heltal(nr, 12, 4, 18)) AS afgoerelse,
           (ARRAY[12, 12, 12, 18, 18, 18, 24, 24, 24, 24, 24, 24, 24, 36, 36, 36, 36, 36, 36, 36])
               [1 + floor(20 * pg_temp.jaevn(nr, 9))::integer] AS maaneder
      FROM sikret),
 begynder AS MATERIALIZED (
    SELECT *, afgoerelse + pg_temp.heltal(nr, 14, 0, 7) AS start FROM afgjort),
 bevilget AS MATERIALIZED (
    SELECT *, (start + make_interval(months => maaneder))::date - 1 AS slut FROM begynder),
 forloeb AS MATERIALIZED (
    SELECT *,
           -- Three in ten use the whole grant; the others end somewhere on the way.
           CASE WHEN pg_temp.jaevn(nr, 2) < 0.3 THEN slut
                ELSE LEAST(slut, start + GREATEST(150, floor((slut - start)
                     * (0.25 + (pg_temp.jaevn(nr, 2) - 0.3)))::integer)) END AS ende,
           pg_temp.hverdag(moede + CASE
               WHEN pg_temp.jaevn(nr, 3) < pg_temp.stigende(moede, %(opfoelgning_fra)s, %(opfoelgning_til)s)
               THEN pg_temp.heltal(nr, 15, 2, 7)
               ELSE 8 + floor(37 * power(pg_temp.traek(nr, 15), 2))::integer END) AS foerste
      FROM bevilget),
 plan AS MATERIALIZED (
    SELECT *,
           pg_temp.hverdag(GREATEST(afgoerelse + 3, foerste + CASE
               WHEN pg_temp.jaevn(nr, 4) < pg_temp.stigende(moede, %(plan_fra)s, %(plan_til)s)
               THEN pg_temp.heltal(nr, 16, 6, 20)
               ELSE 26 + floor(55 * pg_temp.traek(nr, 16))::integer END)) AS plan,
           pg_temp.med_fra(pg_temp.jaevn(nr, 5), %(virksomhed_fra)s, %(virksomhed_til)s)
               AS virksomhed_fra,
           pg_temp.med_fra(pg_temp.jaevn(nr, 6), %(mentor_fra)s, %(mentor_til)s) AS mentor_fra
      FROM forloeb),
 slut AS MATERIALIZED (
    SELECT p.*, f.fase, f.har_forloeb, f.behandlet,
           CASE WHEN virksomhed_fra IS NOT NULL
                THEN GREATEST(virksomhed_fra, start + pg_temp.heltal(nr, 17, 3, 18)) END AS virksomhed,
           CASE WHEN mentor_fra IS NOT NULL
                THEN GREATEST(mentor_fra, start + pg_temp.heltal(nr, 18, 1, 10)) END AS mentor,
           CASE WHEN f.fase <> 'afslutning' THEN NULL
                WHEN afvist THEN screenet
                WHEN f.har_forloeb THEN ende
                ELSE afgoerelse + pg_temp.heltal(nr, 19, 10, 40) END AS afsluttet
      FROM plan p
     CROSS JOIN LATERAL (
           SELECT NOT afvist AND moede <= %(til)s AS behandlet,
                  NOT afvist AND afgoerelse <= %(til)s AND udfald = 'ressourceforloeb' AS har_forloeb,
                  CASE WHEN screenet > %(til)s THEN 'screening'
                       WHEN afvist THEN 'afslutning'
                       WHEN ks_indsendt > %(til)s THEN 'forberedelse'
                       WHEN ks_afgjort > %(til)s THEN 'kvalitetssikring'
                       WHEN moede > %(til)s THEN 'moede'
                       WHEN afgoerelse > %(til)s THEN 'afgoerelse'
                       WHEN udfald <> 'ressourceforloeb' THEN
                            CASE WHEN afgoerelse + pg_temp.heltal(nr, 19, 10, 40) <= %(til)s
                                 THEN 'afslutning' ELSE 'afgoerelse' END
                       WHEN ende <= %(til)s THEN 'afslutning'
                       WHEN plan > %(til)s THEN 'plan'
                       ELSE 'opfoelgning' END AS fase) AS f)
SELECT s.nr, s.moede, s.oprettet, s.indsendt, s.screenet, s.anmodet, s.attest, s.ks_indsendt,
       s.ks_afgjort, s.udfald, s.afvist, s.afgoerelse, s.maaneder, s.start, s.slut, s.foerste,
       s.plan, s.fase, s.har_forloeb, s.behandlet, s.afsluttet,
       -- The last day of the forløb that can hold an effort: when it ended, else the grant's.
       LEAST(s.ende, s.slut) AS ende,
       CASE WHEN s.har_forloeb AND s.virksomhed < s.ende THEN s.virksomhed END AS virksomhed,
       CASE WHEN s.har_forloeb AND s.mentor < s.ende THEN s.mentor END AS mentor,
       %(serie)s || '-' || lpad(s.nr::text, 7, '0') AS sagsnummer,
       CASE WHEN pg_temp.jaevn(s.nr, 7) < 0.53 THEN 'kvinde' ELSE 'mand' END AS koen,
       -- 19 to 63 years old when the case began, most around forty.
       s.oprettet - 6940 - floor(8036 * (pg_temp.traek(s.nr, 20) + pg_temp.traek(s.nr, 21)))::integer
           AS foedt,
       a.bruger_id AS ansvarlig_id, a.team_id, a.navn AS ansvarlig,
       -- The colleague who had the case before the decision, in three of ten.
       CASE WHEN pg_temp.traek(s.nr, 22) < 0.3 AND s.behandlet AND s.moede + 5 <= %(til)s
            THEN h.sagsbehandler[1 + mod(a.nr + 1, cardinality(h.sagsbehandler))] END AS forrige_id,
       h.konsulent[1 + mod(s.nr, cardinality(h.konsulent))] AS konsulent_id,
       h.mentor[1 + mod(s.nr, cardinality(h.mentor))] AS mentor_id,
       h.mentornavn[1 + mod(s.nr, cardinality(h.mentor))] AS mentornavn,
       nextval(pg_get_serial_sequence('borgere_borger', 'id')) AS borger_id,
       nextval(pg_get_serial_sequence('borgere_sag', 'id')) AS sag_id,
       nextval(pg_get_serial_sequence('rehabilitering_forberedendedel', 'id')) AS del_id,
       CASE WHEN s.har_forloeb
            THEN nextval(pg_get_serial_sequence('indsatsplan_ressourceforloeb', 'id')) END
           AS forloeb_id
  FROM slut s
 CROSS JOIN (
       SELECT array_agg(bruger_id ORDER BY nr) FILTER (WHERE rolle = 'sagsbehandler') AS sagsbehandler,
              array_agg(bruger_id ORDER BY nr) FILTER (WHERE rolle = 'faglig_konsulent') AS konsulent,
              array_agg(bruger_id ORDER BY nr) FILTER (WHERE rolle = 'mentor') AS mentor,
              array_agg(navn ORDER BY nr) FILTER (WHERE rolle = 'mentor') AS mentornavn
         FROM gen_personale) AS h
  JOIN LATERAL (
       -- A tenth of the cases lie with the busiest 6 per cent, three per cent with the newest 8.
       SELECT CASE WHEN u < 0.10 THEN u * 0.6
                   WHEN u < 0.13 THEN 0.06 + (u - 0.10) / 0.03 * 0.08
                   ELSE 0.14 + (u - 0.13) / 0.87 * 0.86 END AS plads
         FROM (SELECT pg_temp.jaevn(s.nr, 8) AS u) AS t) AS v ON TRUE
  JOIN gen_personale a ON a.rolle = 'sagsbehandler' AND a.nr = floor(v.plads * cardinality(h.sagsbehandler))::integer
 WHERE COALESCE(s.afsluttet, %(dato)s) >= %(glem_foer)s
 ORDER BY s.nr;

ANALYZE gen_sag;
