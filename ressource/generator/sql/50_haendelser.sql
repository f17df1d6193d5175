-- The main events of each course, in order of time as the log would have them.
INSERT INTO ressource_haendelse (tidspunkt, kode, af_id, objekt_type, objekt_id, sag_id, data)
SELECT h.tidspunkt, h.kode, h.af_id, h.objekt_type, h.objekt_id, h.sag_id, '{}'
  FROM (SELECT pg_temp.klok(oprettet, nr, 501), 'sag.oprettet', COALESCE(forrige_id, ansvarlig_id),
               'borgere.sag', sag_id, sag_id FROM gen_sag
        UNION ALL
        SELECT k.afgjort_den, 'kvalitetssikring.' || k.resultat, k.afgjort_af_id,
               'rehabilitering.kvalitetssikring', k.id, k.sag_id
          FROM gen_sag s JOIN rehabilitering_kvalitetssikring k USING (sag_id)
         WHERE k.afgjort_den IS NOT NULL
        UNION ALL
        SELECT pg_temp.klok(a.modtaget, a.nr, 222), 'laegeattest.modtaget', a.af_id,
               'rehabilitering.laegeattest', l.id, a.sag_id
          FROM gen_attest a JOIN rehabilitering_laegeattest l ON l.dokument_id = a.dokument_id
        UNION ALL
        SELECT i.afsluttet_den, 'indstilling.afsluttet', i.afsluttet_af_id,
               'rehabilitering.indstilling', i.id, i.sag_id
          FROM gen_punkt p JOIN rehabilitering_indstilling i ON i.id = p.indstilling_id
        UNION ALL
        SELECT a.afsluttet_den, 'afgoerelse.truffet', a.afsluttet_af_id,
               'rehabilitering.afgoerelse', a.id, a.sag_id
          FROM gen_punkt p JOIN rehabilitering_afgoerelse a ON a.id = p.afgoerelse_id
        UNION ALL
        SELECT p.godkendt_den, 'plan.godkendt', p.godkendt_af_id, 'indsatsplan.indsatsplan', p.id,
               s.sag_id
          FROM gen_sag s JOIN indsatsplan_indsatsplan p USING (forloeb_id)
         WHERE p.godkendt_den IS NOT NULL
        UNION ALL
        SELECT pg_temp.klok(dag, nr * 64 + loebenr, 411), 'opfoelgning.holdt', ansvarlig_id,
               'opfoelgning.opfoelgningsmoede', id, sag_id
          FROM gen_opfoelgning WHERE status = 'afholdt'
        UNION ALL
        SELECT pg_temp.klok(afsluttet, nr, 502), 'sag.afsluttet', ansvarlig_id, 'borgere.sag', sag_id,
               sag_id FROM gen_sag WHERE afsluttet IS NOT NULL
       ) AS h (tidspunkt, kode, af_id, objekt_type, objekt_id, sag_id)
 ORDER BY h.tidspunkt, h.sag_id;
