"""Case packages are kept for a while as PDFs; what they were made of stays on the case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("borgere", "0008_bevar_beskeder"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="bevaringsregel",
            name="bevaringsregel_valg_kendte",
        ),
        migrations.AlterField(
            model_name="bevaringsregel",
            name="gaelder",
            field=models.CharField(
                choices=[
                    ("sag", "sager, efter de er afsluttet"),
                    ("opslag", "opslag i loggen"),
                    ("uddrag", "bestilte uddrag af sager"),
                    ("indlaesning", "indlæste filer"),
                    ("besked", "beskeder til kolleger"),
                    ("sagspakke", "sagspakker som PDF, efter teammødet"),
                ],
                max_length=12,
                verbose_name="gælder",
            ),
        ),
        migrations.AlterField(
            model_name="bevaringsregelevent",
            name="gaelder",
            field=models.CharField(
                choices=[
                    ("sag", "sager, efter de er afsluttet"),
                    ("opslag", "opslag i loggen"),
                    ("uddrag", "bestilte uddrag af sager"),
                    ("indlaesning", "indlæste filer"),
                    ("besked", "beskeder til kolleger"),
                    ("sagspakke", "sagspakker som PDF, efter teammødet"),
                ],
                max_length=12,
                verbose_name="gælder",
            ),
        ),
        migrations.AddConstraint(
            model_name="bevaringsregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gaelder__in",
                        ["sag", "opslag", "uddrag", "indlaesning", "besked", "sagspakke"],
                    ),
                    ("enhed__in", ["dage", "maaneder", "aar"]),
                ),
                name="bevaringsregel_valg_kendte",
            ),
        ),
    ]
