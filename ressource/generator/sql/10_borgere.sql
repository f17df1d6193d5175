-- The practices of the area, once per installation however often cases are made.
INSERT INTO borgere_laegepraksis (ydernummer, navn, adresse, postnummer, by, telefon, er_aktiv)
SELECT to_char(900000 + nr, 'FM000000'), navn, '', '9999', 'Egelund', '', TRUE
  FROM unnest(%(laeger)s::text[]) WITH ORDINALITY AS l (navn, nr)
    ON CONFLICT (ydernummer) DO NOTHING;

INSERT INTO borgere_borger
       (id, noegle, fornavn, efternavn, foedselsdato, koen, telefon, email, adresse, postnummer, by,
        er_adressebeskyttet, tolkesprog, har_laesevanskeligheder, er_fritaget_digital_post, laegepraksis_id,
        har_uddannelse, antal_hjemmeboende_boern, har_boernesag, herkomst, oprettet_den)
SELECT borger_id, md5(%(serie)s || nr)::uuid,
       CASE koen WHEN 'kvinde' THEN pg_temp.vaelg(%(kvindenavne)s, nr, 101)
                 ELSE pg_temp.vaelg(%(mandenavne)s, nr, 101) END,
       CASE WHEN pg_temp.traek(nr, 102) < 0.25
            THEN pg_temp.vaelg(%(efternavne)s, nr, 103) || ' ' ELSE '' END
       || pg_temp.vaelg(%(efternavne)s, nr, 104),
       foedt, koen, '70 00 ' || lpad(pg_temp.heltal(nr, 105, 0, 99)::text, 2, '0') || ' '
       || lpad(pg_temp.heltal(nr, 106, 0, 99)::text, 2, '0'), '',
       pg_temp.vaelg(%(veje)s, nr, 107) || ' ' || pg_temp.heltal(nr, 108, 1, 120),
       '9999', 'Egelund',
       pg_temp.traek(nr, 109) < 0.01,
       CASE WHEN pg_temp.traek(nr, 110) < 0.06 THEN pg_temp.vaelg(%(sprog)s, nr, 111) ELSE '' END,
       pg_temp.traek(nr, 112) < 0.12, pg_temp.traek(nr, 113) < 0.15,
       (SELECT id FROM borgere_laegepraksis WHERE ydernummer = to_char(
               900001 + pg_temp.heltal(nr, 114, 0, cardinality(%(laeger)s::text[]) - 1), 'FM000000')),
       pg_temp.traek(nr, 115) < 0.55,
       CASE WHEN pg_temp.traek(nr, 116) < 0.7 THEN 0 ELSE pg_temp.heltal(nr, 117, 1, 3) END,
       FALSE, 'uoplyst', pg_temp.klok(oprettet, nr, 118)
  FROM gen_sag ORDER BY nr;

-- Day + 60: outside the space of real numbers (domain.md 5.2). The serial counts on from the highest
-- one taken on the date, in twos because the last digit is even for women and odd for men; 4 and up
-- in its first place means the 2000s.
WITH taget AS (
    SELECT left(nummer, 6) AS dag, right(nummer, 1)::integer & 1 AS ulige,
           right(nummer, 4)::integer >= 4000 AS nyt_aarhundrede, max(right(nummer, 4)::integer) AS sidste
      FROM borgere_personnummer WHERE nummer ~ '^[6-9][0-9]{9}$' GROUP BY 1, 2, 3),
 ny AS (
    SELECT borger_id, foedt, oprettet,
           to_char(extract(day FROM foedt) + 60, 'FM00') || to_char(foedt, 'MMYY') AS dag,
           (koen = 'mand')::integer AS ulige, extract(year FROM foedt) >= 2000 AS nyt_aarhundrede,
           row_number() OVER (PARTITION BY foedt, koen ORDER BY nr) AS plads
      FROM gen_sag)
INSERT INTO borgere_personnummer (borger_id, nummer, art, fra_dato)
SELECT n.borger_id,
       n.dag || to_char(COALESCE(t.sidste, CASE WHEN n.nyt_aarhundrede THEN 4000 ELSE 0 END + n.ulige)
                        + 2 * n.plads, 'FM0000'),
       'erstatning', n.foedt
  FROM ny n LEFT JOIN taget t USING (dag, ulige, nyt_aarhundrede)
 ORDER BY n.borger_id;

INSERT INTO borgere_sag
       (id, sagsnummer, fase, oprettet_dato, afsluttet_dato, afslutningsaarsag,
        afslutningsbemaerkning, afsluttet_af_id, borger_id, oprettet_af_id, regelsaet_id, team_id)
SELECT sag_id, sagsnummer, fase, oprettet, afsluttet,
       CASE WHEN afsluttet IS NULL THEN ''
            WHEN har_forloeb THEN pg_temp.vaelg(%(aarsager)s, nr, 121)
            WHEN afvist THEN pg_temp.vaelg('{andet,eget_oenske,kontanthjaelp}', nr, 121)
            WHEN udfald = 'fleksjob' THEN 'fleksjob_visiteret'
            WHEN udfald = 'foertidspension' THEN 'foertidspension'
            ELSE 'kontanthjaelp' END,
       '', CASE WHEN afsluttet IS NOT NULL THEN ansvarlig_id END, borger_id,
       COALESCE(forrige_id, ansvarlig_id), %(regelsaet)s, team_id
  FROM gen_sag ORDER BY nr;

INSERT INTO borgere_tildeling (sag_id, bruger_id, art, fra_dato, til_dato)
SELECT sag_id, forrige_id, 'ansvarlig', oprettet, moede + 4 FROM gen_sag WHERE forrige_id IS NOT NULL
UNION ALL
SELECT sag_id, ansvarlig_id, 'ansvarlig',
       CASE WHEN forrige_id IS NULL THEN oprettet ELSE moede + 5 END,
       GREATEST(afsluttet, CASE WHEN forrige_id IS NOT NULL AND afsluttet IS NOT NULL
                                THEN moede + 5 END)
  FROM gen_sag
UNION ALL
-- Mentors come from outside, and nobody from outside is in a circle without an end.
SELECT sag_id, mentor_id, 'mentor', mentor, GREATEST(mentor, COALESCE(afsluttet, %(til)s + 365))
  FROM gen_sag WHERE mentor <= %(til)s;

INSERT INTO borgere_samtykke
       (borger_id, modtager, informationstyper, oplysninger, fra_dato, til_dato, givet,
        givet_hvordan, registreret_af_id)
SELECT borger_id, modtager,
       CASE modtager WHEN 'region' THEN '{forberedende_del,helbred}'
                     ELSE '{helbred,indstilling,plan}' END::varchar[],
       '', fra::date, (fra + interval '1 year' - interval '1 day')::date, 'underskrevet', '',
       ansvarlig_id
  FROM gen_sag, unnest('{egen_laege,region}'::text[]) AS modtager
 -- Twelve months at a time, and then asked again.
 CROSS JOIN generate_series(screenet::timestamp, screenet + interval '2 years' - interval '1 day',
                            interval '1 year') AS fra
 WHERE fra <= %(til)s AND screenet <= %(til)s AND pg_temp.traek(nr, 130) < 0.9;

INSERT INTO borgere_journalnotat (sag_id, dato, overskrift, tekst, er_delt, forfatter_id, oprettet_den)
SELECT sag_id, dag, pg_temp.vaelg(%(notater)s, nr * 16 + n, 131),
       pg_temp.vaelg(%(notattekster)s, nr * 16 + n, 132), pg_temp.traek(nr * 16 + n, 133) < 0.6,
       ansvarlig_id, pg_temp.klok(dag, nr * 16 + n, 134)
  FROM gen_sag
 CROSS JOIN generate_series(0, 5) AS n
 CROSS JOIN LATERAL (
       SELECT pg_temp.hverdag(oprettet + floor((n + pg_temp.traek(nr * 16 + n, 135)) / 6
              * (LEAST(COALESCE(afsluttet, %(til)s), %(til)s) - oprettet))::integer) AS dag) AS d
 WHERE d.dag >= oprettet
 ORDER BY dag, nr;
