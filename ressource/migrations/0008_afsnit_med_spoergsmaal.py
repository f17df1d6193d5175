"""The rule sets' sections get the citizen's heading, help, and the parts they are written in."""

from django.db import migrations

from ressource.regelsaetdata import afsnit


def tilfoej(apps, schema_editor):
    nye = {post["kode"]: post for post in afsnit()}
    for regelsaet in apps.get_model("ressource", "Regelsaet").objects.all():
        regelsaet.afsnit = [nye.get(post["kode"], {}) | post for post in regelsaet.afsnit]
        regelsaet.save(update_fields=["afsnit"])


class Migration(migrations.Migration):
    dependencies = [("ressource", "0007_forberedelse_og_sparring")]

    operations = [migrations.RunPython(tilfoej, migrations.RunPython.noop)]
