"""The six-month guarantee of lov 1160 of 2021, also in the sets an installation has already."""

from django.db import migrations, models


def udfyld(apps, schema_editor):
    Regelsaet = apps.get_model("ressource", "Regelsaet")
    Regelsaet.objects.filter(kode__in=["R2022", "R2025", "R2026"]).update(indsatsgaranti_maaneder=6)


class Migration(migrations.Migration):

    dependencies = [
        ('ressource', '0011_regelsaet_indhold'),
    ]

    operations = [
        migrations.AddField(
            model_name='regelsaet',
            name='indsatsgaranti_maaneder',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='en indsats skal være begyndt inden (måneder)'),
        ),
        migrations.RunPython(udfyld, migrations.RunPython.noop),
    ]
