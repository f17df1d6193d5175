"""The doctors written as text become rows of the register; their numbers are filled in there."""

from django.db import migrations

REGISTRER = """
INSERT INTO borgere_laegepraksis (ydernummer, navn, adresse, postnummer, by, telefon, er_aktiv)
SELECT to_char(row_number() OVER (ORDER BY laege), 'FM000000'), laege, '', '', '', '', TRUE
  FROM (SELECT DISTINCT laege FROM borgere_borger WHERE laege <> '') AS skrevne;
"""
PEG_PAA = """
UPDATE borgere_borger AS b SET laegepraksis_id = l.id
  FROM borgere_laegepraksis l WHERE l.navn = b.laege AND b.laege <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("borgere", "0002_tillid")]

    operations = [
        migrations.RunSQL(REGISTRER, migrations.RunSQL.noop),
        migrations.RunSQL(PEG_PAA, migrations.RunSQL.noop),
    ]
