"""Whether a rule set asks for a prospect of development; those of before June 2018 do not."""

from django.db import migrations, models

# Lov 553 of 29/5/2018 brought it in.
SAET = """
UPDATE ressource_regelsaet
   SET kraever_udviklingsperspektiv = FALSE WHERE gyldig_til < DATE '2018-06-01'
"""


class Migration(migrations.Migration):
    dependencies = [("ressource", "0008_afsnit_med_spoergsmaal")]

    operations = [
        migrations.AddField(
            model_name="regelsaet",
            name="kraever_udviklingsperspektiv",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="kræver udviklingsperspektiv"
            ),
        ),
        migrations.RunSQL(SAET, migrations.RunSQL.noop),
    ]
