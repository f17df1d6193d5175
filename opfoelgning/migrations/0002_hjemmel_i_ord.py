"""The legal basis of the GP's deadline in words for people, not a reference to our notes."""

from django.db import migrations

I_ORD = """
UPDATE opfoelgning_fristregel
   SET hjemmel = 'Aftalen med lægerne om attester til kommunen'
 WHERE hjemmel LIKE '%domain.md%'
"""


class Migration(migrations.Migration):
    dependencies = [("opfoelgning", "0001_tabeller")]

    operations = [migrations.RunSQL(I_ORD, migrations.RunSQL.noop)]
