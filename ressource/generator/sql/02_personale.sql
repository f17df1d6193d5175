-- Staff of the generator's own: one caseworker for each norm of open cases, and the specialists of
-- the team for every forty of them, with two team members: one for social, one for health. None of
-- them can sign in.
CREATE TEMP TABLE gen_personale (
    rolle text, nr integer, bruger_id bigint, team_id bigint, navn text, PRIMARY KEY (rolle, nr)
) ON COMMIT DROP;

INSERT INTO ressource_team (navn, aktiv)
SELECT 'Team ' || %(serie)s || '-' || nr, TRUE
  FROM generate_series(1, (%(sagsbehandlere)s + 11) / 12) AS nr;

CREATE TEMP TABLE gen_bruger ON COMMIT DROP AS
SELECT rolle, nr,
       lower(%(serie)s) || '-' || rolle || '-' || nr AS brugernavn,
       pg_temp.vaelg(%(fornavne)s, nr, 700 + ascii(left(rolle, 1))) || ' '
       || pg_temp.vaelg(%(efternavne)s, nr, 730 + ascii(right(rolle, 1))) AS navn
  FROM (SELECT 'sagsbehandler' AS rolle, generate_series(0, %(sagsbehandlere)s - 1) AS nr
        UNION ALL
        SELECT rolle, generate_series(0, %(sagsbehandlere)s / 40)
          FROM unnest(ARRAY['faglig_konsulent', 'moedekoordinator', 'moedeleder',
                            'sundhedskoordinator', 'virksomhedskonsulent']) AS rolle
        UNION ALL
        SELECT 'teammedlem', generate_series(0, 2 * (%(sagsbehandlere)s / 40) + 1)
        UNION ALL
        SELECT 'mentor', generate_series(0, %(sagsbehandlere)s / 2)) AS hvem;

INSERT INTO ressource_bruger
       (password, brugernavn, navn, titel, email, telefon, roller, team_id, organisation,
        is_active, er_demo, oprettet_den)
SELECT '!', b.brugernavn, b.navn, replace(b.rolle, '_', ' '), '', '',
       CASE b.rolle WHEN 'sagsbehandler' THEN '{sagsbehandler,koordinerende}'
                    ELSE '{' || b.rolle || '}' END::varchar[],
       t.id,
       CASE b.rolle WHEN 'sundhedskoordinator' THEN 'region' WHEN 'mentor' THEN 'ekstern'
                    ELSE 'kommune' END,
       TRUE, TRUE, now()
  FROM gen_bruger b
  LEFT JOIN ressource_team t
    ON b.rolle = 'sagsbehandler' AND t.navn = 'Team ' || %(serie)s || '-' || (1 + b.nr / 12);

INSERT INTO gen_personale (rolle, nr, bruger_id, team_id, navn)
SELECT g.rolle, g.nr, b.id, b.team_id, b.navn
  FROM gen_bruger g JOIN ressource_bruger b USING (brugernavn);

DROP TABLE gen_bruger;
