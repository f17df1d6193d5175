INSERT INTO rehabilitering_screeningsnotat
       (sag_id, henvist_af, hvorfor_nu, betingelse, betingelse_tekst, hidtidig_indsats,
        har_udviklingsperspektiv, udviklingsperspektiv_tekst, helbredsstatus,
        manglende_oplysninger, anbefaling, skrevet_af_id, oprettet_den, indsendt_den,
        resultat, resultat_begrundelse, afgjort_af_id, afgjort_den)
SELECT sag_id, 'Jobcentret, sygedagpenge', pg_temp.vaelg(%(hvorfor_nu)s, nr, 201),
       pg_temp.heltal(nr, 202, 1, 3), 'Har været på offentlig forsørgelse i mere end et år.',
       pg_temp.vaelg(%(hidtidig)s, nr, 203), NOT afvist,
       'Borgeren har tidligere haft stabilt fremmøde med korte dage.',
       pg_temp.vaelg(%(helbred)s, nr, 204), '', 'Sagen bør for rehabiliteringsteamet.',
       COALESCE(forrige_id, ansvarlig_id), pg_temp.klok(oprettet, nr, 205),
       CASE WHEN indsendt <= %(til)s THEN pg_temp.klok(indsendt, nr, 206) END,
       CASE WHEN screenet > %(til)s THEN '' WHEN afvist THEN 'ikke_relevant' ELSE 'fortsaet' END,
       CASE WHEN screenet <= %(til)s AND afvist THEN 'Et andet tilbud er nok for borgeren.' ELSE '' END,
       CASE WHEN screenet <= %(til)s THEN konsulent_id END,
       CASE WHEN screenet <= %(til)s THEN pg_temp.klok(screenet, nr, 207) END
  FROM gen_sag;

INSERT INTO rehabilitering_forberedendedel
       (id, sag_id, nr, status, spoergetragt_niveau, tragt_job, tragt_opgaver, tragt_fritid,
        tragt_droemme, tragt_spurgt, maal, maal_art, naeste_skridt, gennemgaaet_dato,
        oprettet_af_id, oprettet_den, rettet_af_id, rettet_den, laas)
SELECT del_id, sag_id, 1,
       CASE WHEN behandlet THEN 'forelagt' WHEN ks_afgjort <= %(til)s THEN 'kvalitetssikret'
            WHEN ks_indsendt <= %(til)s THEN 'gennemgaaet' ELSE 'kladde' END,
       niveau, CASE WHEN niveau > 1 THEN 'Det ved jeg ikke.' ELSE svar END,
       CASE WHEN niveau > 2 THEN 'Det ved jeg ikke.' WHEN niveau = 2 THEN svar ELSE '' END,
       CASE WHEN niveau > 3 THEN 'Ingenting.' WHEN niveau = 3 THEN svar ELSE '' END,
       CASE WHEN niveau = 4 THEN svar ELSE '' END,
       (SELECT jsonb_object_agg(trin, LEAST(screenet + trin, %(til)s))
          FROM generate_series(1, niveau) AS trin),
       pg_temp.vaelg(%(maal)s, nr, 213), 'job', 'Besøge en arbejdsplads',
       CASE WHEN ks_indsendt <= %(til)s THEN ks_indsendt END,
       COALESCE(forrige_id, ansvarlig_id), pg_temp.klok(screenet, nr, 214),
       COALESCE(forrige_id, ansvarlig_id), pg_temp.klok(LEAST(ks_indsendt, %(til)s), nr, 215), 9
  FROM (SELECT *, pg_temp.heltal(nr, 212, 1, 4) AS niveau,
               'Noget praktisk, hvor dagene ligner hinanden.' AS svar
          FROM gen_sag) AS s
 WHERE screenet <= %(til)s AND NOT afvist;

INSERT INTO rehabilitering_forberedendeafsnit
       (forberedende_del_id, kode, egne_ord, beskrivelse, skrevet_sammen,
        ikke_sammen_begrundelse, sammen_dato, uenig, faerdig_den, rettet_af_id, rettet_den, laas)
SELECT s.del_id, r.kode, pg_temp.vaelg(%(egne_ord)s, s.nr * 16 + r.nr, 216),
       pg_temp.vaelg(%(beskrivelser)s, s.nr * 16 + r.nr, 217),
       t.sammen, CASE t.sammen WHEN 'delvist' THEN 'Resten er skrevet efter samtalen.' ELSE '' END,
       LEAST(s.ks_indsendt, %(til)s), '',
       CASE WHEN s.ks_indsendt <= %(til)s THEN pg_temp.klok(s.ks_indsendt, s.nr * 16 + r.nr, 218) END,
       COALESCE(s.forrige_id, s.ansvarlig_id),
       pg_temp.klok(LEAST(s.ks_indsendt, %(til)s), s.nr * 16 + r.nr, 218), 1
  FROM gen_sag s
 CROSS JOIN LATERAL (
       SELECT CASE WHEN pg_temp.traek(s.nr, 211) < 0.8 THEN 'ja' ELSE 'delvist' END AS sammen) AS t
 CROSS JOIN LATERAL (
       SELECT a.nr, plads->>'kode' AS kode FROM ressource_regelsaet,
              jsonb_array_elements(afsnit) WITH ORDINALITY AS a (post, nr),
              jsonb_array_elements(COALESCE(post->'dele', jsonb_build_array(post))) AS plads
        WHERE id = %(regelsaet)s) AS r
 WHERE s.screenet <= %(til)s AND NOT s.afvist
   AND (s.ks_indsendt <= %(til)s OR r.nr <= pg_temp.heltal(s.nr, 219, 0, 8))
 ORDER BY s.nr, r.nr, r.kode;

-- One certificate in six was sent back and asked for again. Of those in use the bytes are the same.
CREATE TEMP TABLE gen_attest ON COMMIT DROP AS
SELECT s.nr, s.sag_id, COALESCE(s.forrige_id, s.ansvarlig_id) AS af_id, a.anmodet, a.retur,
       CASE WHEN a.modtaget <= %(til)s THEN a.modtaget END AS modtaget,
       CASE WHEN a.modtaget <= %(til)s
            THEN nextval(pg_get_serial_sequence('borgere_dokument', 'id')) END AS dokument_id
  FROM gen_sag s
 CROSS JOIN LATERAL (
       SELECT s.anmodet AS anmodet, s.attest AS modtaget, NULL::date AS retur
        WHERE pg_temp.traek(s.nr, 221) >= 0.17
       UNION ALL
       SELECT s.anmodet, s.anmodet + 7, LEAST(s.attest, s.anmodet + 9)
        WHERE pg_temp.traek(s.nr, 221) < 0.17
       UNION ALL
       SELECT LEAST(s.attest, s.anmodet + 9), s.attest, NULL
        WHERE pg_temp.traek(s.nr, 221) < 0.17) AS a
 WHERE NOT s.afvist AND a.anmodet <= %(til)s AND s.screenet <= %(til)s
 ORDER BY s.nr, a.anmodet;

INSERT INTO borgere_dokument
       (id, sag_id, art, titel, dato, indholdstype, indhold, antal_byte, sha256, er_dannet,
        oprettet_den, oprettet_af_id)
SELECT a.dokument_id, a.sag_id, 'laegeattest', 'Lægeattest LÆ 265', a.modtaget, 'application/pdf',
       f.indhold, length(f.indhold), encode(sha256(f.indhold), 'hex'), FALSE,
       pg_temp.klok(a.modtaget, a.nr, 222), a.af_id
  FROM gen_attest a CROSS JOIN (SELECT %(pdf)s::bytea AS indhold) AS f
 WHERE a.dokument_id IS NOT NULL;

INSERT INTO rehabilitering_laegeattest
       (sag_id, anmodet_dato, spoergsmaal, anmodet_af_id, konsultation_dato, modtaget_dato,
        gyldig_til, dokument_id, returneret_dato, returneret_begrundelse, annulleret_begrundelse)
SELECT sag_id, anmodet, 'Hvilke hensyn skal en arbejdsplads tage?', af_id, modtaget - 2, modtaget,
       (modtaget + make_interval(months => 6))::date, dokument_id,
       CASE WHEN retur <= %(til)s THEN retur END,
       CASE WHEN retur <= %(til)s THEN 'Skånehensyn er ikke beskrevet.' ELSE '' END, ''
  FROM gen_attest;

INSERT INTO rehabilitering_kvalitetssikring
       (sag_id, forberedende_del_id, indsendt_den, indsendt_af_id, tjekliste, resultat,
        begrundelse, afgjort_af_id, afgjort_den)
SELECT sag_id, del_id, pg_temp.klok(ks_indsendt - 9, nr, 231), COALESCE(forrige_id, ansvarlig_id),
       '[]'::jsonb, 'retur', 'Borgerens egne ord mangler i to afsnit.', konsulent_id,
       pg_temp.klok(ks_indsendt - 6, nr, 232)
  FROM gen_sag
 WHERE NOT afvist AND ks_indsendt <= %(til)s AND pg_temp.traek(nr, 230) < 0.22
UNION ALL
SELECT sag_id, del_id, pg_temp.klok(ks_indsendt, nr, 233), COALESCE(forrige_id, ansvarlig_id), '[]',
       CASE WHEN ks_afgjort <= %(til)s THEN 'godkendt' ELSE '' END, '',
       CASE WHEN ks_afgjort <= %(til)s THEN konsulent_id END,
       CASE WHEN ks_afgjort <= %(til)s THEN pg_temp.klok(ks_afgjort, nr, 234) END
  FROM gen_sag WHERE NOT afvist AND ks_indsendt <= %(til)s;

-- Five cases to a meeting. Agendas are made ten days ahead; later cases wait for a place.
CREATE TEMP TABLE gen_punkt ON COMMIT DROP AS
SELECT s.nr, s.sag_id, s.moede AS dato, s.plads,
       nextval(pg_get_serial_sequence('rehabilitering_dagsordenspunkt', 'id')) AS punkt_id,
       CASE WHEN s.behandlet
            THEN nextval(pg_get_serial_sequence('rehabilitering_indstilling', 'id')) END
           AS indstilling_id,
       CASE WHEN s.behandlet AND s.afgoerelse <= %(til)s
            THEN nextval(pg_get_serial_sequence('rehabilitering_afgoerelse', 'id')) END
           AS afgoerelse_id,
       (s.plads - 1) / 5 AS moede_nr
  FROM (SELECT *, row_number() OVER (PARTITION BY moede ORDER BY nr) AS plads
          FROM gen_sag
         WHERE NOT afvist AND ks_afgjort <= %(til)s AND moede <= %(dato)s::date + 10) AS s
 ORDER BY s.nr;

CREATE TEMP TABLE gen_moede ON COMMIT DROP AS
SELECT m.dato, m.moede_nr, p.moedeleder_id, p.koordinator_id, p.medlemmer,
       nextval(pg_get_serial_sequence('rehabilitering_teammoede', 'id')) AS moede_id
  FROM (SELECT DISTINCT dato, moede_nr FROM gen_punkt) AS m
 CROSS JOIN LATERAL (
       SELECT (array_agg(bruger_id) FILTER (WHERE rolle = 'moedeleder'))[1] AS moedeleder_id,
              (array_agg(bruger_id) FILTER (WHERE rolle = 'moedekoordinator'))[1] AS koordinator_id,
              array_agg(ARRAY[rolle, bruger_id::text]) FILTER (WHERE rolle <> 'moedekoordinator')
                  AS medlemmer
         FROM (SELECT g.rolle, g.bruger_id,
                      row_number() OVER (PARTITION BY g.rolle ORDER BY g.nr) - 1 AS nr,
                      count(*) OVER (PARTITION BY g.rolle) AS antal
                 -- Every other team member speaks for health, which the law wants there too.
                 FROM (SELECT CASE WHEN rolle = 'teammedlem' AND mod(nr, 2) = 1 THEN 'sundhed'
                                   ELSE rolle END AS rolle, bruger_id, nr
                         FROM gen_personale) AS g
                WHERE g.rolle IN ('moedeleder', 'moedekoordinator', 'teammedlem', 'sundhed',
                                  'sundhedskoordinator', 'virksomhedskonsulent')) AS x
        WHERE x.nr = mod(m.moede_nr, x.antal)) AS p
 ORDER BY m.dato, m.moede_nr;

INSERT INTO rehabilitering_teammoede
       (id, dato, start, slut, sted, kapacitet, minutter_pr_sag, moedeleder_id, oprettet_af_id,
        oprettet_den)
SELECT moede_id, dato, '09:00', '12:30', 'Rådhuset, mødelokale ' || 1 + mod(moede_nr, 9), 5, 40,
       moedeleder_id, koordinator_id, pg_temp.klok(LEAST(dato - 30, %(til)s), moede_id, 241)
  FROM gen_moede;

INSERT INTO rehabilitering_moededeltager (moede_id, bruger_id, fagomraade, mandat, var_til_stede)
SELECT m.moede_id, d.bruger_id::bigint,
       CASE d.rolle WHEN 'moedeleder' THEN 'beskaeftigelse' WHEN 'teammedlem' THEN 'social'
                    WHEN 'sundhed' THEN 'sundhed' WHEN 'sundhedskoordinator' THEN 'region'
                    ELSE 'virksomhed' END,
       CASE d.rolle WHEN 'moedeleder' THEN 'Bevilling til 50.000 kr.' ELSE '' END,
       CASE WHEN m.dato <= %(til)s THEN TRUE END
  FROM gen_moede m
 CROSS JOIN LATERAL (
       SELECT m.medlemmer[n][1] AS rolle, m.medlemmer[n][2] AS bruger_id
         FROM generate_subscripts(m.medlemmer, 1) AS n) AS d;

INSERT INTO rehabilitering_dagsordenspunkt
       (id, moede_id, sag_id, raekkefoelge, sat_paa_af_id, sat_paa_den, behandlet_den)
SELECT p.punkt_id, m.moede_id, p.sag_id, 1 + mod(p.plads - 1, 5), m.koordinator_id,
       pg_temp.klok(LEAST(p.dato - 10, %(til)s), p.nr, 242),
       CASE WHEN p.indstilling_id IS NOT NULL THEN pg_temp.klok(p.dato, p.nr, 243) END
  FROM gen_punkt p JOIN gen_moede m USING (dato, moede_nr)
 ORDER BY p.nr;

-- The meeting's members read a case until two weeks after it.
INSERT INTO borgere_tildeling (sag_id, bruger_id, art, fra_dato, til_dato)
SELECT p.sag_id, d.bruger_id, 'teammoede', LEAST(p.dato - 10, %(til)s), p.dato + 14
  FROM gen_punkt p
  JOIN gen_moede m USING (dato, moede_nr)
  JOIN rehabilitering_moededeltager d ON d.moede_id = m.moede_id
 ORDER BY p.nr;

INSERT INTO rehabilitering_indstilling
       (id, punkt_id, sag_id, moede_dato, udfald, begrundelse, varighed_maaneder, maal, maal_art,
        enighed, dissens, mentor_formaal, mentor_opgaver, uden_praktik_begrundelse,
        uden_mentor_begrundelse, noter, afsluttet_den, afsluttet_af_id, laas)
SELECT p.indstilling_id, p.punkt_id, s.sag_id, s.moede, s.udfald,
       pg_temp.vaelg(%(begrundelser)s, s.nr, 251),
       CASE WHEN s.udfald = 'ressourceforloeb' THEN s.maaneder END,
       CASE WHEN s.udfald = 'ressourceforloeb' THEN pg_temp.vaelg(%(maal)s, s.nr, 213) ELSE '' END,
       CASE WHEN s.udfald = 'ressourceforloeb' THEN 'job' ELSE '' END,
       'enige', '', 'Struktur i hverdagen', 'Følge med til de første aftaler', '', '', '',
       pg_temp.klok(s.moede, s.nr, 243), m.moedeleder_id, 3
  FROM gen_punkt p
  JOIN gen_sag s USING (nr)
  JOIN gen_moede m ON m.dato = p.dato AND m.moede_nr = p.moede_nr
 WHERE p.indstilling_id IS NOT NULL
 ORDER BY s.nr;

-- Four lines: company, mentor, health and one more of the team's choice.
CREATE TEMP TABLE gen_linje ON COMMIT DROP AS
SELECT s.nr, l.linje, p.indstilling_id, t.id AS indsatstype_id, t.navn, l.formaal, s.start,
       nextval(pg_get_serial_sequence('rehabilitering_indstillingslinje', 'id')) AS linje_id
  FROM gen_sag s
  JOIN gen_punkt p USING (nr)
 CROSS JOIN LATERAL (
       VALUES (1, 'virksomhedspraktik', 'Prøve opgaver, der ligger tæt på målet'),
              (2, 'mentor', 'Have én at ringe til, når en dag er svær'),
              (3, pg_temp.vaelg(%(sundhedsindsatser)s, s.nr, 261), 'Få mere overskud i hverdagen'),
              (4, pg_temp.vaelg(%(andre_indsatser)s, s.nr, 262), 'Fjerne en hindring for at arbejde')
       ) AS l (linje, kode, formaal)
  JOIN rehabilitering_indsatstype t ON t.kode = l.kode
 WHERE s.behandlet AND s.udfald = 'ressourceforloeb'
 ORDER BY s.nr, l.linje;
ANALYZE gen_linje;

INSERT INTO rehabilitering_indstillingslinje
       (id, indstilling_id, nr, indsatstype_id, beskrivelse, formaal, betydning_for_maal,
        start_dato, ansvarlig)
SELECT linje_id, indstilling_id, linje, indsatstype_id, navn, formaal,
       'Bringer borgeren et skridt nærmere målet', start, 'Koordinerende sagsbehandler'
  FROM gen_linje;

INSERT INTO rehabilitering_afgoerelse
       (id, sag_id, indstilling_id, udfald, foelger_indstilling, afvigelse_begrundelse,
        virkning_fra, slut_dato, faktum, begrundelse, regelsaet_id, klagefrist_uger, hjemmel,
        klagevejledning, skrevet_af_id, afsluttet_den, afsluttet_af_id, afgoerelse_dato,
        modtaget_dato, laas)
SELECT p.afgoerelse_id, s.sag_id, p.indstilling_id, s.udfald, TRUE, '', s.start,
       CASE WHEN s.udfald = 'ressourceforloeb' THEN s.slut END,
       'Sagens oplysninger står i den forberedende del.',
       'Kommunen følger teamets indstilling.', r.id, r.klagefrist_uger,
       r.hjemler ->> s.udfald,
       r.klagevejledning, s.ansvarlig_id, pg_temp.klok(s.afgoerelse, s.nr, 271), s.ansvarlig_id,
       s.afgoerelse, s.afgoerelse + 1, 2
  FROM gen_punkt p
  JOIN gen_sag s USING (nr)
 CROSS JOIN (SELECT * FROM ressource_regelsaet WHERE id = %(regelsaet)s) AS r
 WHERE p.afgoerelse_id IS NOT NULL
 ORDER BY s.nr;
