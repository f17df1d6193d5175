"""A deadline whose length the case's rule set says, and not the rule."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('opfoelgning', '0002_hjemmel_i_ord'),
    ]

    operations = [
        migrations.AddField(
            model_name='frist',
            name='laengde',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='længde efter regelsættet'),
        ),
    ]
