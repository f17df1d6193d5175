import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.utils.timezone
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Maaltal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noegletal', models.CharField(max_length=40, verbose_name='nøgletal')),
                ('vaerdi', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='mål')),
                ('retning', models.CharField(choices=[('mindst', 'mindst'), ('hoejst', 'højst')], default='mindst', max_length=8, verbose_name='retning')),
                ('ejer', models.CharField(max_length=120, verbose_name='ejer')),
                ('gyldig_fra', models.DateField(verbose_name='gyldig fra')),
                ('gyldig_til', models.DateField(blank=True, null=True, verbose_name='gyldig til')),
            ],
            options={
                'verbose_name': 'måltal',
                'verbose_name_plural': 'måltal',
                'ordering': ('noegletal', 'gyldig_fra'),
                'constraints': [models.CheckConstraint(condition=models.Q(('gyldig_til', None), ('gyldig_til__gte', models.F('gyldig_fra')), _connector='OR'), name='maaltal_slut_efter_start'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('noegletal', '='), (models.Func('gyldig_fra', 'gyldig_til', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='maaltal_et_ad_gangen', violation_error_message='Der er allerede et mål for nøgletallet i perioden.')],
            },
        ),
        migrations.CreateModel(
            name='Maanedsrapport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('maaned', models.DateField(verbose_name='måned')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('tal', models.JSONField(verbose_name='tal')),
                ('definitionsversion', models.PositiveSmallIntegerField(verbose_name='definitionsversion')),
                ('aftryk', models.CharField(max_length=64, verbose_name='aftryk')),
                ('pdf', models.BinaryField(verbose_name='pdf')),
                ('frosset_den', models.DateTimeField(default=django.utils.timezone.now, verbose_name='frosset den')),
            ],
            options={
                'verbose_name': 'månedsrapport',
                'verbose_name_plural': 'månedsrapporter',
                'ordering': ('-maaned', '-version'),
                'constraints': [models.UniqueConstraint(fields=('maaned', 'version'), name='maanedsrapport_version'), models.CheckConstraint(condition=models.Q(('maaned__day', 1)), name='maanedsrapport_foerste_i_maaneden')],
                'triggers': [pgtrigger.compiler.Trigger(name='kun_tilfoej', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a109157bfdb7702fdb9f18a11ccdeeb377a6b297', operation='UPDATE OR DELETE', pgid='pgtrigger_kun_tilfoej_81ba4', table='noegletal_maanedsrapport', when='BEFORE'))],
            },
        ),
    ]
