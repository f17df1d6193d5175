"""The screening note takes its target group from the rule set; the numbers are the same."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rehabilitering", "0012_sagspakkens_dokumenter"),
    ]

    operations = [
        migrations.AlterField(
            model_name="screeningsnotat",
            name="betingelse",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="målgruppebetingelse"
            ),
        ),
        migrations.AlterField(
            model_name="screeningsnotatevent",
            name="betingelse",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="målgruppebetingelse"
            ),
        ),
    ]
