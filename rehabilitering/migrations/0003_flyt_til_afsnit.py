"""What was said of the whole forberedende del is said of its sections; bookings get their people."""

from django.db import migrations

# Written together or not: the same for every section, until somebody says otherwise.
AFSNIT = """
UPDATE rehabilitering_forberedendeafsnit a
   SET skrevet_sammen = d.skrevet_sammen,
       ikke_sammen_begrundelse = d.ikke_sammen_begrundelse,
       sammen_dato = CASE WHEN d.skrevet_sammen IN ('ja', 'delvist') AND a.egne_ord <> ''
                          THEN (a.rettet_den AT TIME ZONE 'Europe/Copenhagen')::date END
  FROM rehabilitering_forberedendedel d
 WHERE d.id = a.forberedende_del_id AND d.skrevet_sammen <> '';

UPDATE rehabilitering_forberedendeafsnit
   SET kode = 'udfordringer_beskaeftigelse' WHERE kode = 'udfordringer';
"""
# What the citizen disagrees in stands with the wishes, where it was mostly written.
UENIG = """
INSERT INTO rehabilitering_forberedendeafsnit
       (forberedende_del_id, kode, egne_ord, beskrivelse, skrevet_sammen, ikke_sammen_begrundelse,
        uenig, rettet_af_id, rettet_den, laas)
SELECT d.id, 'oensker_job_uddannelse', '', '', '', '', d.uenig, d.rettet_af_id, d.rettet_den, 1
  FROM rehabilitering_forberedendedel d
 WHERE d.uenig <> ''
    ON CONFLICT (forberedende_del_id, kode) DO UPDATE SET uenig = EXCLUDED.uenig;
"""
TRAGT = """
UPDATE rehabilitering_forberedendedel
   SET tragt_job = CASE WHEN COALESCE(spoergetragt_niveau, 1) = 1 THEN spoergetragt_svar ELSE '' END,
       tragt_opgaver = CASE WHEN spoergetragt_niveau = 2 THEN spoergetragt_svar ELSE '' END,
       tragt_fritid = CASE WHEN spoergetragt_niveau = 3 THEN spoergetragt_svar ELSE '' END,
       tragt_droemme = CASE WHEN spoergetragt_niveau = 4 THEN spoergetragt_svar ELSE '' END
 WHERE spoergetragt_svar <> '';
"""
BOOKINGER = """
UPDATE rehabilitering_sparringstid SET oprettet_af_id = udgivet_af_id, oprettet_den = udgivet_den;
UPDATE rehabilitering_sparringsbooking
   SET sagsbehandler_id = booket_af_id,
       aflysning = CASE WHEN aflyst_den IS NULL THEN '' ELSE 'aflyst' END;
SET CONSTRAINTS ALL IMMEDIATE;
"""
# Old bookings may overlap: then the first one has the person.
DELTAGERE = """
INSERT INTO rehabilitering_sparringsdeltager (booking_id, art, bruger_id, sag_id, start, slut)
SELECT b.id, d.art, d.bruger_id, d.sag_id, t.start, t.slut
  FROM rehabilitering_sparringsbooking b JOIN rehabilitering_sparringstid t ON t.id = b.tid_id
 CROSS JOIN LATERAL (VALUES
       ('sundhedskoordinator', t.sundhedskoordinator_id, NULL::bigint),
       ('sagsbehandler', b.booket_af_id, NULL),
       ('borger', NULL, CASE WHEN b.med_borger THEN b.sag_id END)) AS d (art, bruger_id, sag_id)
 WHERE b.aflyst_den IS NULL AND (d.bruger_id IS NOT NULL OR d.sag_id IS NOT NULL)
 ORDER BY b.id
    ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
"""
_BOOKING = "ALTER TABLE rehabilitering_sparringsbooking {} TRIGGER USER"
_FREMAD = migrations.RunSQL.noop


class Migration(migrations.Migration):
    dependencies = [("rehabilitering", "0002_forberedelse_og_sparring")]

    operations = [
        migrations.RunSQL(AFSNIT, _FREMAD),
        migrations.RunSQL(UENIG, _FREMAD),
        migrations.RunSQL(TRAGT, _FREMAD),
        migrations.RunSQL(_BOOKING.format("DISABLE"), _FREMAD),
        migrations.RunSQL(BOOKINGER, _FREMAD),
        migrations.RunSQL(DELTAGERE, _FREMAD),
        migrations.RunSQL(_BOOKING.format("ENABLE"), _FREMAD),
    ]
