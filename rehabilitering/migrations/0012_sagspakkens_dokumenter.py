"""Which documents go into a case package, chosen before and kept as published."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rehabilitering", "0011_afgoerelsens_grundlag"),
    ]

    operations = [
        migrations.AddField(
            model_name="dagsordenspunkt",
            name="pakkedokumenter",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                null=True,
                size=None,
                verbose_name="dokumenter i sagspakken",
            ),
        ),
        migrations.AddField(
            model_name="sagspakke",
            name="dokumenter",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="dokumenter",
            ),
        ),
    ]
