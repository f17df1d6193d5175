import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('opfoelgning', '0009_frister_pr_regel'),
    ]

    operations = [
        migrations.AlterField(
            model_name='opfoelgningsmoede',
            name='naeste',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forrige', to='opfoelgning.opfoelgningsmoede', verbose_name='næste møde'),
        ),
    ]
