from django.db import migrations

# «Indsatsplan på vej» is a warning of the deadline a week later; that is the one escalated.
EFTER = """
UPDATE opfoelgning_fristregel SET eskalering_dage = NULL
 WHERE kode = 'INDSATSPLAN_VARSEL' AND rettet_af_id IS NULL
"""
FOER = """
UPDATE opfoelgning_fristregel SET eskalering_dage = 7
 WHERE kode = 'INDSATSPLAN_VARSEL' AND rettet_af_id IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('opfoelgning', '0006_punktets_status'),
    ]

    operations = [
        migrations.RunSQL(EFTER, FOER),
    ]
