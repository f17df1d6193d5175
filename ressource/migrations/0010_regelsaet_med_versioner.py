"""Rule sets with everything that the law can change, as data and in versions."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# One text for the forløb and one for the other outcomes become one for each.
HJEMLER = """
UPDATE ressource_regelsaet SET hjemler = (
    SELECT COALESCE(jsonb_object_agg(u, CASE WHEN u = 'ressourceforloeb'
                                        THEN hjemmel_ressourceforloeb ELSE hjemmel_oevrige END),
                    '{}')
      FROM unnest(ARRAY['ressourceforloeb', 'fleksjob', 'foertidspension', 'hidtidig_indsats']) AS u
     WHERE u = ANY (udfald))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ressource', '0009_udviklingsperspektiv'),
    ]

    operations = [
        migrations.AddField(
            model_name='regelsaet',
            name='deltagerkrav',
            field=models.JSONField(db_default=[], default=list, verbose_name='deltagere i mødet'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='folkepensionsaldre',
            field=models.JSONField(db_default=[], default=list, verbose_name='folkepensionsalder'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='forbehold',
            field=models.JSONField(db_default=[], default=list, verbose_name='ikke efterprøvet'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='genvurdering_uger',
            field=models.PositiveSmallIntegerField(db_default=4, default=4, verbose_name='genvurdering senest (uger)'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='hjemler',
            field=models.JSONField(db_default={}, default=dict, verbose_name='hjemmel for hver afgørelse'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='indkaldelse_varsel_dage',
            field=models.PositiveSmallIntegerField(db_default=14, default=14, verbose_name='borgeren indkaldes senest (dage før)'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='klageinstans',
            field=models.CharField(db_default='Ankestyrelsen, Beskæftigelsesudvalget', default='Ankestyrelsen, Beskæftigelsesudvalget', max_length=120, verbose_name='klageinstans'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='maa_forlaenges',
            field=models.BooleanField(db_default=True, default=True, verbose_name='løbende forløb kan forlænges'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='maalgruppebetingelser',
            field=models.JSONField(db_default=[], default=list, verbose_name='målgruppe'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='pensionsgraense_aar',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='intet forløb, når der er færre år til folkepension end'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='postgang_dage',
            field=models.PositiveSmallIntegerField(db_default=5, default=5, verbose_name='et brev er fremme efter (dage)'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='sagspakke_adgang_dage',
            field=models.PositiveSmallIntegerField(db_default=14, default=14, verbose_name='teamet kan læse sagen (dage efter)'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='sagspakke_varsel_dage',
            field=models.PositiveSmallIntegerField(db_default=8, default=8, verbose_name='sagspakken sendes senest (dage før)'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='varigheder',
            field=models.JSONField(db_default=[], default=list, verbose_name='varighed efter alder'),
        ),
        migrations.AddField(
            model_name='regelsaet',
            name='version',
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='version'),
        ),
        migrations.RunSQL(HJEMLER, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='regelsaet',
            name='hjemmel_oevrige',
        ),
        migrations.RemoveField(
            model_name='regelsaet',
            name='hjemmel_ressourceforloeb',
        ),
        migrations.CreateModel(
            name='Regelsaetversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nr', models.PositiveSmallIntegerField(verbose_name='version')),
                ('art', models.CharField(choices=[('rettelse', 'rettelse'), ('aktivering', 'sat i kraft')], max_length=10, verbose_name='art')),
                ('indhold', models.JSONField(verbose_name='indhold')),
                ('foer', models.JSONField(default=dict, verbose_name='før')),
                ('begrundelse', models.TextField(verbose_name='hvorfor')),
                ('gaelder_fra', models.DateField(verbose_name='gælder fra')),
                ('ubesluttede', models.CharField(choices=[('behold', 'beholder det regelsæt, de har'), ('flyt_ikke_forelagte', 'flyttes, hvis de ikke har været på et møde'), ('flyt_alle', 'flyttes alle')], default='behold', max_length=20, verbose_name='sager uden afgørelse')),
                ('oprettet_den', models.DateTimeField(auto_now_add=True, verbose_name='oprettet den')),
                ('gennemfoert_den', models.DateTimeField(blank=True, null=True, verbose_name='gennemført den')),
                ('annulleret_den', models.DateTimeField(blank=True, null=True, verbose_name='annulleret den')),
                ('oprettet_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regelsaet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versioner', to='ressource.regelsaet')),
            ],
            options={
                'verbose_name': 'version af et regelsæt',
                'verbose_name_plural': 'versioner af regelsæt',
                'ordering': ('-nr',),
                'constraints': [models.UniqueConstraint(fields=('regelsaet', 'nr'), name='regelsaetversion_nr'), models.CheckConstraint(condition=models.Q(('begrundelse', ''), _negated=True), name='regelsaetversion_begrundet', violation_error_message='Skriv, hvorfor regelsættet ændres.'), models.CheckConstraint(condition=models.Q(('gennemfoert_den', None), ('annulleret_den', None), _connector='OR'), name='regelsaetversion_ikke_begge'), models.UniqueConstraint(condition=models.Q(('annulleret_den', None), ('gennemfoert_den', None)), fields=('regelsaet',), name='regelsaetversion_en_ventende', violation_error_message='Der venter allerede en ændring af regelsættet.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regelsaetversion',
            trigger=pgtrigger.compiler.Trigger(name='kun_gennemfoert', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."regelsaet_id" IS DISTINCT FROM (NEW."regelsaet_id") OR OLD."nr" IS DISTINCT FROM (NEW."nr") OR OLD."art" IS DISTINCT FROM (NEW."art") OR OLD."indhold" IS DISTINCT FROM (NEW."indhold") OR OLD."begrundelse" IS DISTINCT FROM (NEW."begrundelse") OR OLD."gaelder_fra" IS DISTINCT FROM (NEW."gaelder_fra") OR OLD."ubesluttede" IS DISTINCT FROM (NEW."ubesluttede") OR OLD."oprettet_af_id" IS DISTINCT FROM (NEW."oprettet_af_id") OR OLD."oprettet_den" IS DISTINCT FROM (NEW."oprettet_den"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c9dee7a79dc8ec7d5a10491d2f19c02ee48afe65', operation='UPDATE', pgid='pgtrigger_kun_gennemfoert_43c1e', table='ressource_regelsaetversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regelsaetversion',
            trigger=pgtrigger.compiler.Trigger(name='slettes_ikke', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='83e8443c314244a5e652d781b9401e3a2d581152', operation='DELETE', pgid='pgtrigger_slettes_ikke_3b940', table='ressource_regelsaetversion', when='BEFORE')),
        ),
    ]
