from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rehabilitering", "0006_deltager_beskyttet"),
    ]

    operations = [
        migrations.AddField(
            model_name="sparringstid",
            name="rettet_den",
            field=models.DateTimeField(blank=True, null=True, verbose_name="rettet den"),
        ),
        migrations.AddField(
            model_name="sparringstid",
            name="sekvens",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="sekvens"),
        ),
    ]
