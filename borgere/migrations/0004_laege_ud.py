"""The doctor as text is gone; the register has taken its place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("borgere", "0003_laege_til_praksis")]

    operations = [
        migrations.RemoveField(model_name="borger", name="laege"),
        migrations.RemoveField(model_name="borgerevent", name="laege"),
    ]
