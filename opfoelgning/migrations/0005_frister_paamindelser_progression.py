import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ressource.kalender
from django.conf import settings
from django.db import migrations, models


# A deadline's code was its rule's; a reminder was about the date the deadline then had.
FRISTER = """
UPDATE opfoelgning_frist f SET kode = r.kode FROM opfoelgning_fristregel r WHERE r.id = f.regel_id;
UPDATE opfoelgning_paamindelse p SET forfald_dato = f.forfald_dato
  FROM opfoelgning_frist f WHERE f.id = p.frist_id;
UPDATE opfoelgning_fristregel SET eskalering_dage = 7 WHERE NOT udloeber;
UPDATE opfoelgning_fristregel SET pause_ved_fritagelse = TRUE WHERE kode = 'INDSATSGARANTI';
"""

# When it was agreed: as the one before was closed, else as the log tells, else no later than it was.
MOEDER = """
UPDATE opfoelgning_opfoelgningsmoede m
   SET aftalt_dato = COALESCE(
           (SELECT (f.lukket_den AT TIME ZONE 'Europe/Copenhagen')::date
              FROM opfoelgning_opfoelgningsmoede f WHERE f.naeste_id = m.id),
           (SELECT (min(h.tidspunkt) AT TIME ZONE 'Europe/Copenhagen')::date
              FROM ressource_haendelse h
             WHERE h.sag_id = m.sag_id AND h.kode = 'opfoelgning.aftalt' AND h.objekt_id = m.id),
           LEAST((m.tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date, CURRENT_DATE)),
       afgjort_dato = CASE WHEN m.status IN ('aflyst', 'udeblevet') THEN COALESCE(
           (SELECT (max(h.tidspunkt) AT TIME ZONE 'Europe/Copenhagen')::date
              FROM ressource_haendelse h
             WHERE h.sag_id = m.sag_id AND h.objekt_id = m.id
               AND h.kode IN ('opfoelgning.aflyst', 'opfoelgning.udeblevet')),
           LEAST((m.tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date, CURRENT_DATE)) END
"""


def planens_anker(apps, schema_editor):
    """What the setting said for the whole house becomes the rules' own."""
    apps.get_model("opfoelgning", "Fristregel").objects.filter(
        kode__in=["INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"]
    ).update(anker=settings.RESSOURCE_INDSATSPLAN_ANKER)


class Migration(migrations.Migration):

    dependencies = [
        ('borgere', '0009_bevar_sagspakker'),
        ('indsatsplan', '0006_fravaerets_laas'),
        ('opfoelgning', '0004_maal_og_pause'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('rehabilitering', '0016_bevillingsbrev'),
        ('ressource', '0013_visninger_og_aabne_dage'),
        ('ressource', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Eftermoede',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('borgerens_ord', models.TextField(blank=True, verbose_name='det tager borgeren med sig')),
                ('spoergsmaal', models.TextField(blank=True, verbose_name='det vil borgeren gerne vide mere om')),
                ('plan_udleveret_dato', models.DateField(blank=True, null=True, verbose_name='planen er givet til borgeren')),
                ('holdt_dato', models.DateField(blank=True, null=True, verbose_name='holdt')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('holdt_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='holdt af')),
                ('indstilling', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='eftermoede', to='rehabilitering.indstilling')),
            ],
            options={
                'verbose_name': 'eftermøde',
                'verbose_name_plural': 'eftermøder',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holdt_af', None), ('holdt_dato', None)), models.Q(('holdt_af__isnull', False), ('holdt_dato__isnull', False)), _connector='OR'), name='eftermoede_holdt_helt')],
                'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_eftermoedeevent" ("borgerens_ord", "holdt_af_id", "holdt_dato", "id", "indstilling_id", "laas", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_udleveret_dato", "spoergsmaal") VALUES (OLD."borgerens_ord", OLD."holdt_af_id", OLD."holdt_dato", OLD."id", OLD."indstilling_id", OLD."laas", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan_udleveret_dato", OLD."spoergsmaal"); RETURN NULL;', hash='e66df8c4cf0494478af1baac6d37583bdd6d1c55', operation='UPDATE', pgid='pgtrigger_update_update_93bce', table='opfoelgning_eftermoede', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EftermoedeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('borgerens_ord', models.TextField(blank=True, verbose_name='det tager borgeren med sig')),
                ('spoergsmaal', models.TextField(blank=True, verbose_name='det vil borgeren gerne vide mere om')),
                ('plan_udleveret_dato', models.DateField(blank=True, null=True, verbose_name='planen er givet til borgeren')),
                ('holdt_dato', models.DateField(blank=True, null=True, verbose_name='holdt')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('holdt_af', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='holdt af')),
                ('indstilling', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rehabilitering.indstilling')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.eftermoede')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6172c90cc757eb34e5c1bf982dc1d822ec934000', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_584be', table='opfoelgning_eftermoedeevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='FristEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kode', models.CharField(max_length=40, verbose_name='kode')),
                ('navn', models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='navn')),
                ('anker_type', models.CharField(max_length=30, verbose_name='anker')),
                ('anker_id', models.BigIntegerField(verbose_name='ankerets id')),
                ('start_dato', models.DateField(verbose_name='start')),
                ('laengde', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='længde efter regelsættet')),
                ('pause_dage', models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='dage på pause')),
                ('forfald_dato', models.DateField(verbose_name='forfald')),
                ('maal_dato', models.DateField(verbose_name='planlæg senest')),
                ('varsel_dato', models.DateField(verbose_name='varsles fra')),
                ('opfyldt_dato', models.DateField(blank=True, null=True, verbose_name='opfyldt')),
                ('bortfaldet_dato', models.DateField(blank=True, null=True, verbose_name='bortfaldet')),
                ('bortfaldet_begrundelse', models.CharField(blank=True, max_length=150, verbose_name='hvorfor bortfaldet')),
                ('flaget_den', models.DateTimeField(blank=True, null=True, verbose_name='flaget som overskredet')),
                ('ejer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ejer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.frist')),
                ('regel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.fristregel')),
                ('sag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='borgere.sag')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='19b83bc29c35d9e3e359bae6ddb3c071d0c91232', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d0d5', table='opfoelgning_fristevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='FristregelEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kode', models.CharField(max_length=40, verbose_name='kode')),
                ('navn', models.CharField(max_length=100, verbose_name='navn')),
                ('anker', models.CharField(blank=True, choices=[('', 'reglens eget'), ('FOERSTE_OPFOELGNING', 'første opfølgning'), ('TEAMMOEDE', 'teammødet')], db_default='', default='', max_length=20, verbose_name='regnes fra')),
                ('laengde', models.PositiveSmallIntegerField(verbose_name='længde')),
                ('enhed', models.CharField(choices=[('DAGE', 'dage'), ('UGER', 'uger'), ('MAANEDER', 'måneder'), ('ARBEJDSDAGE', 'arbejdsdage')], max_length=12, verbose_name='enhed')),
                ('retning', models.CharField(choices=[('efter', 'efter'), ('foer', 'før')], db_default='efter', default='efter', max_length=5, verbose_name='før eller efter')),
                ('antal', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='hvor mange')),
                ('rulning', models.CharField(choices=[('ingen', 'ingen'), ('frem', 'til næste arbejdsdag'), ('tilbage', 'til sidste arbejdsdag før')], default='ingen', max_length=8, verbose_name='rulning')),
                ('varsel_dage', models.PositiveSmallIntegerField(default=2, verbose_name='varsles så mange dage før')),
                ('alvor', models.CharField(choices=[('vejledende', 'vejledende'), ('lov', 'lovbestemt')], default='vejledende', max_length=12, verbose_name='alvor')),
                ('udloeber', models.BooleanField(default=False, verbose_name='løber blot ud')),
                ('eskalering_dage', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='teamleder ser den så mange dage efter')),
                ('pause_ved_fritagelse', models.BooleanField(db_default=False, default=False, verbose_name='står stille, mens borgeren er fritaget')),
                ('hjemmel', models.CharField(max_length=200, verbose_name='hjemmel')),
                ('udloeses_af', models.CharField(max_length=150, verbose_name='udløses af')),
                ('opfyldes_af', models.CharField(max_length=150, verbose_name='opfyldes af')),
                ('gyldig_fra', models.DateField(verbose_name='gyldig fra')),
                ('gyldig_til', models.DateField(blank=True, null=True, verbose_name='gyldig til')),
                ('begrundelse', models.CharField(blank=True, db_default='', max_length=250, verbose_name='hvorfor ændret')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.fristregel')),
                ('rettet_af', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rettet af')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0b5a92185d71d19507e9a09714ce1ac93088478b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3388b', table='opfoelgning_fristregelevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Logistiktrin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=40, verbose_name='kode')),
                ('raekkefoelge', models.PositiveSmallIntegerField(default=0, verbose_name='rækkefølge')),
                ('fra_dato', models.DateField(default=ressource.kalender.i_dag, verbose_name='gælder fra')),
                ('til_dato', models.DateField(blank=True, null=True, verbose_name='gælder til')),
                ('hvem', models.CharField(choices=[('ansvarlig', 'sagsbehandler'), ('mentor', 'mentor'), ('virksomhedskonsulent', 'virksomhedskonsulent'), ('moedekoordinator', 'mødekoordinator'), ('borger', 'borgeren')], max_length=20, verbose_name='hvem')),
                ('hvad', models.CharField(max_length=150, verbose_name='gør hvad')),
                ('til_borgeren', models.CharField(blank=True, max_length=200, verbose_name='sådan står der til borgeren')),
                ('antal', models.PositiveSmallIntegerField(verbose_name='hvor længe efter mødet')),
                ('enhed', models.CharField(choices=[('DAGE', 'dage'), ('UGER', 'uger'), ('MAANEDER', 'måneder'), ('ARBEJDSDAGE', 'arbejdsdage')], max_length=12, verbose_name='enhed')),
                ('paa_eftermoedet', models.BooleanField(verbose_name='klares på eftermødet')),
                ('udfald', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None, verbose_name='ved indstilling til')),
                ('rettet_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rettet af')),
            ],
            options={
                'verbose_name': 'trin i logistikplanen',
                'verbose_name_plural': 'trin i logistikplanen',
                'ordering': ('raekkefoelge', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('til_dato', None), ('til_dato__gte', models.F('fra_dato')), _connector='OR'), name='logistiktrin_slut_efter_start'), models.UniqueConstraint(condition=models.Q(('til_dato', None)), fields=('kode',), name='logistiktrin_en_gaeldende')],
            },
        ),
        migrations.CreateModel(
            name='Mentorsvar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('godt', models.TextField(blank=True, verbose_name='hvad går godt')),
                ('svaert', models.TextField(blank=True, verbose_name='hvad er svært')),
                ('oever', models.TextField(blank=True, verbose_name='hvad øver I jer på')),
                ('skrevet_den', models.DateTimeField(auto_now=True, verbose_name='skrevet den')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('moede', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mentorsvar', to='opfoelgning.opfoelgningsmoede')),
                ('skrevet_af', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mentors svar',
                'verbose_name_plural': 'mentors svar',
                'constraints': [models.CheckConstraint(condition=models.Q(('godt', ''), ('oever', ''), ('svaert', ''), _negated=True), name='mentorsvar_ikke_tomt')],
            },
        ),
        migrations.CreateModel(
            name='Opfoelgningsserie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uger', models.PositiveSmallIntegerField(verbose_name='uger imellem')),
                ('oprettet_den', models.DateTimeField(auto_now_add=True, verbose_name='oprettet den')),
                ('oprettet_af', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opfoelgningsserier', to='borgere.sag')),
            ],
            options={
                'verbose_name': 'serie af opfølgninger',
                'verbose_name_plural': 'serier af opfølgninger',
                'constraints': [models.CheckConstraint(condition=models.Q(('uger__gte', 1), ('uger__lte', 26)), name='opfoelgningsserie_uger', violation_error_message='Der skal være 1 til 26 uger mellem møderne.')],
            },
        ),
        migrations.CreateModel(
            name='Opgave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hvem', models.CharField(choices=[('ansvarlig', 'sagsbehandler'), ('mentor', 'mentor'), ('virksomhedskonsulent', 'virksomhedskonsulent'), ('moedekoordinator', 'mødekoordinator'), ('borger', 'borgeren')], max_length=20, verbose_name='hvem')),
                ('hvad', models.CharField(max_length=150, verbose_name='gør hvad')),
                ('til_borgeren', models.CharField(blank=True, max_length=200, verbose_name='sådan står der til borgeren')),
                ('paa_eftermoedet', models.BooleanField(db_default=False, default=False, verbose_name='klares på eftermødet')),
                ('frist_dato', models.DateField(verbose_name='senest')),
                ('udfoert_dato', models.DateField(blank=True, null=True, verbose_name='gjort')),
                ('bortfaldet_dato', models.DateField(blank=True, null=True, verbose_name='bortfaldet')),
                ('bortfaldet_grund', models.CharField(blank=True, max_length=200, verbose_name='hvorfor bortfaldet')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('bruger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opgaver', to=settings.AUTH_USER_MODEL, verbose_name='navn')),
                ('indstilling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opgaver', to='rehabilitering.indstilling')),
                ('sag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opgaver', to='borgere.sag')),
                ('trin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opgaver', to='opfoelgning.logistiktrin')),
                ('udfoert_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gjort af')),
            ],
            options={
                'verbose_name': 'opgave',
                'verbose_name_plural': 'opgaver',
                'ordering': ('frist_dato', 'pk'),
                'indexes': [models.Index(condition=models.Q(('bortfaldet_dato', None), ('udfoert_dato', None)), fields=['sag', 'frist_dato'], name='opgave_aabne')],
                'constraints': [models.UniqueConstraint(fields=('indstilling', 'trin'), name='opgave_en_pr_trin'), models.CheckConstraint(condition=models.Q(models.Q(('udfoert_af', None), ('udfoert_dato', None)), models.Q(('udfoert_af__isnull', False), ('udfoert_dato__isnull', False)), _connector='OR'), name='opgave_udfoert_hel'), models.CheckConstraint(condition=models.Q(models.Q(('bortfaldet_dato', None), ('bortfaldet_grund', '')), models.Q(('bortfaldet_dato__isnull', False), ('udfoert_dato', None), models.Q(('bortfaldet_grund', ''), _negated=True)), _connector='OR'), name='opgave_bortfald_har_grund', violation_error_message='Skriv, hvorfor opgaven falder bort.'), models.CheckConstraint(condition=models.Q(('hvem__in', ['ansvarlig', 'mentor', 'virksomhedskonsulent', 'moedekoordinator', 'borger'])), name='opgave_hvem_kendt')],
                'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_opgaveevent" ("bortfaldet_dato", "bortfaldet_grund", "bruger_id", "frist_dato", "hvad", "hvem", "id", "indstilling_id", "laas", "paa_eftermoedet", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sag_id", "til_borgeren", "trin_id", "udfoert_af_id", "udfoert_dato") VALUES (OLD."bortfaldet_dato", OLD."bortfaldet_grund", OLD."bruger_id", OLD."frist_dato", OLD."hvad", OLD."hvem", OLD."id", OLD."indstilling_id", OLD."laas", OLD."paa_eftermoedet", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."sag_id", OLD."til_borgeren", OLD."trin_id", OLD."udfoert_af_id", OLD."udfoert_dato"); RETURN NULL;', hash='ddac535addd62de5d47d2f1ab9f29a8db43e4b5e', operation='UPDATE', pgid='pgtrigger_update_update_44fbb', table='opfoelgning_opgave', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OpgaveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('hvem', models.CharField(choices=[('ansvarlig', 'sagsbehandler'), ('mentor', 'mentor'), ('virksomhedskonsulent', 'virksomhedskonsulent'), ('moedekoordinator', 'mødekoordinator'), ('borger', 'borgeren')], max_length=20, verbose_name='hvem')),
                ('hvad', models.CharField(max_length=150, verbose_name='gør hvad')),
                ('til_borgeren', models.CharField(blank=True, max_length=200, verbose_name='sådan står der til borgeren')),
                ('paa_eftermoedet', models.BooleanField(db_default=False, default=False, verbose_name='klares på eftermødet')),
                ('frist_dato', models.DateField(verbose_name='senest')),
                ('udfoert_dato', models.DateField(blank=True, null=True, verbose_name='gjort')),
                ('bortfaldet_dato', models.DateField(blank=True, null=True, verbose_name='bortfaldet')),
                ('bortfaldet_grund', models.CharField(blank=True, max_length=200, verbose_name='hvorfor bortfaldet')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('bruger', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='navn')),
                ('indstilling', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rehabilitering.indstilling')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.opgave')),
                ('sag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='borgere.sag')),
                ('trin', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.logistiktrin')),
                ('udfoert_af', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gjort af')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e0959189d682f0c182a2d1084a48b7c4d3eb498', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0fc23', table='opfoelgning_opgaveevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Paamindelsesvalg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hyppighed', models.CharField(choices=[('daglig', 'hver dag, der er noget nyt'), ('ugentlig', 'en gang om ugen'), ('aldrig', 'aldrig; jeg ser dem i Ressource')], default='daglig', max_length=10, verbose_name='mail om frister')),
                ('ugedag', models.PositiveSmallIntegerField(choices=[(1, 'mandag'), (2, 'tirsdag'), (3, 'onsdag'), (4, 'torsdag'), (5, 'fredag')], default=1, verbose_name='ugedag')),
                ('med_varsler', models.BooleanField(default=True, verbose_name='også frister, der nærmer sig')),
                ('bruger', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='paamindelsesvalg', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'valg om påmindelser',
                'verbose_name_plural': 'valg om påmindelser',
                'constraints': [models.CheckConstraint(condition=models.Q(('hyppighed__in', ['daglig', 'ugentlig', 'aldrig'])), name='paamindelsesvalg_hyppighed_kendt'), models.CheckConstraint(condition=models.Q(('ugedag__gte', 1), ('ugedag__lte', 5)), name='paamindelsesvalg_hverdag')],
            },
        ),
        migrations.CreateModel(
            name='Progressionskatalog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nr', models.PositiveSmallIntegerField(unique=True, verbose_name='version')),
                ('navn', models.CharField(max_length=120, verbose_name='navn')),
                ('vejledning', models.TextField(blank=True, verbose_name='sådan taler I om det')),
                ('maaneder', models.PositiveSmallIntegerField(default=3, verbose_name='måneder imellem')),
                ('gyldig_fra', models.DateField(blank=True, null=True, verbose_name='bruges fra')),
                ('gyldig_til', models.DateField(blank=True, null=True, verbose_name='bruges til og med')),
                ('udgivet_den', models.DateTimeField(blank=True, null=True, verbose_name='udgivet den')),
                ('laas', models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal')),
                ('udgivet_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='udgivet af')),
            ],
            options={
                'verbose_name': 'version af progressionsskemaet',
                'verbose_name_plural': 'versioner af progressionsskemaet',
                'ordering': ('-nr',),
                'constraints': [models.CheckConstraint(condition=models.Q(('gyldig_til', None), models.Q(('gyldig_fra__isnull', False), ('gyldig_til__gte', models.F('gyldig_fra'))), _connector='OR'), name='progressionskatalog_slut_efter_start'), models.UniqueConstraint(models.Value(1), condition=models.Q(('gyldig_fra', None)), name='progressionskatalog_en_kladde', violation_error_message='Der er allerede en ny version under arbejde.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('gyldig_fra__isnull', False)), expressions=((models.Func('gyldig_fra', 'gyldig_til', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&'),), name='progressionskatalog_et_ad_gangen', violation_error_message='En anden version bruges allerede i en del af perioden.'), models.CheckConstraint(condition=models.Q(('maaneder__gte', 1), ('maaneder__lte', 12)), name='progressionskatalog_maaneder')],
            },
        ),
        migrations.CreateModel(
            name='Progressionsindikator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=40, verbose_name='kode')),
                ('rang', models.PositiveSmallIntegerField(verbose_name='rækkefølge')),
                ('navn', models.CharField(max_length=100, verbose_name='navn')),
                ('spoergsmaal_borger', models.CharField(blank=True, max_length=200, verbose_name='spørgsmål til borgeren')),
                ('spoergsmaal_fagperson', models.CharField(max_length=200, verbose_name='spørgsmål til fagpersonen')),
                ('skjult_for_borger', models.BooleanField(verbose_name='fagpersonens svar vises ikke for borgeren')),
                ('skala_min', models.PositiveSmallIntegerField(default=1, verbose_name='laveste trin')),
                ('skala_max', models.PositiveSmallIntegerField(default=5, verbose_name='højeste trin')),
                ('katalog', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indikatorer', to='opfoelgning.progressionskatalog', verbose_name='version')),
            ],
            options={
                'verbose_name': 'indikator',
                'verbose_name_plural': 'indikatorer',
                'ordering': ('rang', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('katalog', 'kode'), name='progressionsindikator_en_pr_kode', violation_error_message='Koden bruges allerede i denne version.'), models.CheckConstraint(condition=models.Q(('skala_max__gt', models.F('skala_min')), ('skala_max__lte', 10), ('skala_min__gte', 0)), name='progressionsindikator_skala', violation_error_message='Skalaen går fra et trin til et højere, højst 10.')],
            },
        ),
        migrations.CreateModel(
            name='Progressionsmaaling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('borger_score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='borgeren')),
                ('fagperson_score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fagpersonen')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='bemærkning')),
                ('indikator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maalinger', to='opfoelgning.progressionsindikator')),
                ('moede', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maalinger', to='opfoelgning.opfoelgningsmoede')),
            ],
            options={
                'verbose_name': 'måling',
                'verbose_name_plural': 'målinger',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('moede', 'indikator'), name='progressionsmaaling_en_pr_moede'), models.CheckConstraint(condition=models.Q(('borger_score', None), ('borger_score__lte', 10), _connector='OR'), name='progressionsmaaling_borger_skala'), models.CheckConstraint(condition=models.Q(('fagperson_score', None), ('fagperson_score__lte', 10), _connector='OR'), name='progressionsmaaling_fagperson_skala')],
                'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_progressionsmaalingevent" ("borger_score", "fagperson_score", "id", "indikator_id", "moede_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."borger_score", OLD."fagperson_score", OLD."id", OLD."indikator_id", OLD."moede_id", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;', hash='446dd2f50a814410c175e675af64609c6fa18d00', operation='UPDATE', pgid='pgtrigger_update_update_4f25f', table='opfoelgning_progressionsmaaling', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProgressionsmaalingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('borger_score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='borgeren')),
                ('fagperson_score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fagpersonen')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='bemærkning')),
                ('indikator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.progressionsindikator')),
                ('moede', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.opfoelgningsmoede')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.progressionsmaaling')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13f00fb3fb740b0c406d2699b536fbc1faf010a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3687', table='opfoelgning_progressionsmaalingevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Progressionstrin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vaerdi', models.PositiveSmallIntegerField(verbose_name='trin')),
                ('ankertekst', models.CharField(max_length=200, verbose_name='betyder')),
                ('indikator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trin', to='opfoelgning.progressionsindikator')),
            ],
            options={
                'verbose_name': 'trin på skalaen',
                'verbose_name_plural': 'trin på skalaen',
                'ordering': ('vaerdi',),
                'constraints': [models.UniqueConstraint(fields=('indikator', 'vaerdi'), name='progressionstrin_et_pr_vaerdi')],
            },
        ),
        migrations.CreateModel(
            name='SmaatSkridt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dato', models.DateField(default=ressource.kalender.i_dag, verbose_name='dato')),
                ('tekst', models.CharField(max_length=250, verbose_name='hvad')),
                ('skrevet_den', models.DateTimeField(auto_now_add=True, verbose_name='skrevet den')),
                ('fjernet_den', models.DateTimeField(blank=True, null=True, verbose_name='taget ud den')),
                ('moede', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='smaa_skridt', to='opfoelgning.opfoelgningsmoede')),
                ('sag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='smaa_skridt', to='borgere.sag')),
                ('skrevet_af', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lille skridt',
                'verbose_name_plural': 'små skridt',
                'ordering': ('-dato', '-pk'),
                'indexes': [models.Index(fields=['sag', '-dato'], name='smaatskridt_sag_dato')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tekst', ''), _negated=True), name='smaatskridt_har_tekst')],
                'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_smaatskridtevent" ("dato", "fjernet_den", "id", "moede_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sag_id", "skrevet_af_id", "skrevet_den", "tekst") VALUES (OLD."dato", OLD."fjernet_den", OLD."id", OLD."moede_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."sag_id", OLD."skrevet_af_id", OLD."skrevet_den", OLD."tekst"); RETURN NULL;', hash='53fb1b56d24df0172119244fef6ae3d31ea6556c', operation='UPDATE', pgid='pgtrigger_update_update_a6647', table='opfoelgning_smaatskridt', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SmaatSkridtEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('dato', models.DateField(default=ressource.kalender.i_dag, verbose_name='dato')),
                ('tekst', models.CharField(max_length=250, verbose_name='hvad')),
                ('skrevet_den', models.DateTimeField(auto_now_add=True, verbose_name='skrevet den')),
                ('fjernet_den', models.DateTimeField(blank=True, null=True, verbose_name='taget ud den')),
                ('moede', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.opfoelgningsmoede')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.smaatskridt')),
                ('sag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='borgere.sag')),
                ('skrevet_af', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4fb1a91b137384838a234e64516e1f8ee7cabfbd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c4c8', table='opfoelgning_smaatskridtevent', when='BEFORE'))],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opfoelgningsmoede',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='frist',
            name='frist_en_pr_anker',
        ),
        migrations.RemoveConstraint(
            model_name='frist',
            name='frist_forfald_efter_start',
        ),
        migrations.RemoveConstraint(
            model_name='paamindelse',
            name='paamindelse_en_gang',
        ),
        migrations.AddField(
            model_name='frist',
            name='kode',
            field=models.CharField(default='', max_length=40, verbose_name='kode'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='frist',
            name='navn',
            field=models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='navn'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='anker',
            field=models.CharField(blank=True, choices=[('', 'reglens eget'), ('FOERSTE_OPFOELGNING', 'første opfølgning'), ('TEAMMOEDE', 'teammødet')], db_default='', default='', max_length=20, verbose_name='regnes fra'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='antal',
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='hvor mange'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='begrundelse',
            field=models.CharField(blank=True, db_default='', max_length=250, verbose_name='hvorfor ændret'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='eskalering_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='teamleder ser den så mange dage efter'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='laas',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='låsetal'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='pause_ved_fritagelse',
            field=models.BooleanField(db_default=False, default=False, verbose_name='står stille, mens borgeren er fritaget'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='retning',
            field=models.CharField(choices=[('efter', 'efter'), ('foer', 'før')], db_default='efter', default='efter', max_length=5, verbose_name='før eller efter'),
        ),
        migrations.AddField(
            model_name='fristregel',
            name='rettet_af',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rettet af'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='aarsag',
            field=models.CharField(blank=True, db_default='', default='', max_length=250, verbose_name='hvorfor'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='afbud',
            field=models.CharField(blank=True, choices=[('borger', 'borgeren'), ('kommune', 'kommunen'), ('andre', 'andre')], db_default='', default='', max_length=8, verbose_name='hvem kunne ikke'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='afgjort_dato',
            field=models.DateField(blank=True, null=True, verbose_name='aflyst eller udeblevet den'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='aftalt_dato',
            field=models.DateField(default=ressource.kalender.i_dag, verbose_name='aftalt den'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='andre_til_stede',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='andre til stede'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='aarsag',
            field=models.CharField(blank=True, db_default='', default='', max_length=250, verbose_name='hvorfor'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='afbud',
            field=models.CharField(blank=True, choices=[('borger', 'borgeren'), ('kommune', 'kommunen'), ('andre', 'andre')], db_default='', default='', max_length=8, verbose_name='hvem kunne ikke'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='afgjort_dato',
            field=models.DateField(blank=True, null=True, verbose_name='aflyst eller udeblevet den'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='aftalt_dato',
            field=models.DateField(default=ressource.kalender.i_dag, verbose_name='aftalt den'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='andre_til_stede',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='andre til stede'),
        ),
        migrations.AddField(
            model_name='opfoelgningspunkt',
            name='status_nu',
            field=models.CharField(blank=True, choices=[('i_gang', 'i gang'), ('pause', 'sat på pause'), ('afsluttet', 'afsluttet'), ('afbrudt', 'afbrudt')], db_default='', default='', max_length=12, verbose_name='status nu'),
        ),
        migrations.AddField(
            model_name='paamindelse',
            name='besked',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ressource.besked', verbose_name='samlet mail'),
        ),
        migrations.AddField(
            model_name='paamindelse',
            name='for_bruger',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vikar for'),
        ),
        migrations.AddField(
            model_name='paamindelse',
            name='forfald_dato',
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name='forfald'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='fristregel',
            name='enhed',
            field=models.CharField(choices=[('DAGE', 'dage'), ('UGER', 'uger'), ('MAANEDER', 'måneder'), ('ARBEJDSDAGE', 'arbejdsdage')], max_length=12, verbose_name='enhed'),
        ),
        migrations.AlterField(
            model_name='fristregel',
            name='rulning',
            field=models.CharField(choices=[('ingen', 'ingen'), ('frem', 'til næste arbejdsdag'), ('tilbage', 'til sidste arbejdsdag før')], default='ingen', max_length=8, verbose_name='rulning'),
        ),
        migrations.AlterField(
            model_name='paamindelse',
            name='art',
            field=models.CharField(choices=[('varsel', 'nærmer sig'), ('overskredet', 'overskredet'), ('eskaleret', 'gået videre til teamleder')], max_length=12, verbose_name='art'),
        ),
        migrations.AddIndex(
            model_name='paamindelse',
            index=models.Index(condition=models.Q(('besked', None)), fields=['bruger'], name='paamindelse_ikke_sendt'),
        ),
        migrations.RunSQL(FRISTER, migrations.RunSQL.noop),
        migrations.RunSQL(MOEDER, migrations.RunSQL.noop),
        migrations.RunPython(planens_anker, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='frist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_fristevent" ("anker_id", "anker_type", "bortfaldet_begrundelse", "bortfaldet_dato", "ejer_id", "flaget_den", "forfald_dato", "id", "kode", "laengde", "maal_dato", "navn", "opfyldt_dato", "pause_dage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_id", "sag_id", "start_dato", "varsel_dato") VALUES (OLD."anker_id", OLD."anker_type", OLD."bortfaldet_begrundelse", OLD."bortfaldet_dato", OLD."ejer_id", OLD."flaget_den", OLD."forfald_dato", OLD."id", OLD."kode", OLD."laengde", OLD."maal_dato", OLD."navn", OLD."opfyldt_dato", OLD."pause_dage", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."regel_id", OLD."sag_id", OLD."start_dato", OLD."varsel_dato"); RETURN NULL;', hash='dee5267ec39b794fdc4c1a898ebafe45eccd4807', operation='UPDATE', pgid='pgtrigger_update_update_966b5', table='opfoelgning_frist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fristregel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_fristregelevent" ("alvor", "anker", "antal", "begrundelse", "enhed", "eskalering_dage", "gyldig_fra", "gyldig_til", "hjemmel", "id", "kode", "laas", "laengde", "navn", "opfyldes_af", "pause_ved_fritagelse", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retning", "rettet_af_id", "rulning", "udloeber", "udloeses_af", "varsel_dage") VALUES (OLD."alvor", OLD."anker", OLD."antal", OLD."begrundelse", OLD."enhed", OLD."eskalering_dage", OLD."gyldig_fra", OLD."gyldig_til", OLD."hjemmel", OLD."id", OLD."kode", OLD."laas", OLD."laengde", OLD."navn", OLD."opfyldes_af", OLD."pause_ved_fritagelse", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."retning", OLD."rettet_af_id", OLD."rulning", OLD."udloeber", OLD."udloeses_af", OLD."varsel_dage"); RETURN NULL;', hash='ba18e141cc7500797097b54c479cb96483756293', operation='UPDATE', pgid='pgtrigger_update_update_69c9e', table='opfoelgning_fristregel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opfoelgningsmoede',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_opfoelgningsmoedeevent" ("aarsag", "afbud", "afgjort_dato", "afholdt_dato", "aftalt_af_id", "aftalt_dato", "andre_til_stede", "form", "id", "laas", "lukket_af_id", "lukket_den", "maal", "maal_begrundelse", "mentor_var_med", "naeste_id", "naeste_sted", "naeste_tidspunkt", "nr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referat", "sag_id", "serie_id", "skitse", "status", "sted", "tidspunkt", "uden_mentor_begrundelse", "uden_naeste_begrundelse") VALUES (OLD."aarsag", OLD."afbud", OLD."afgjort_dato", OLD."afholdt_dato", OLD."aftalt_af_id", OLD."aftalt_dato", OLD."andre_til_stede", OLD."form", OLD."id", OLD."laas", OLD."lukket_af_id", OLD."lukket_den", OLD."maal", OLD."maal_begrundelse", OLD."mentor_var_med", OLD."naeste_id", OLD."naeste_sted", OLD."naeste_tidspunkt", OLD."nr", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."referat", OLD."sag_id", OLD."serie_id", OLD."skitse", OLD."status", OLD."sted", OLD."tidspunkt", OLD."uden_mentor_begrundelse", OLD."uden_naeste_begrundelse"); RETURN NULL;', hash='319e124b64c68d918daf0fad85bacdbb0a01f0dd', operation='UPDATE', pgid='pgtrigger_update_update_899cf', table='opfoelgning_opfoelgningsmoede', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='frist',
            constraint=models.UniqueConstraint(fields=('sag', 'kode', 'anker_type', 'anker_id'), name='frist_en_pr_anker'),
        ),
        migrations.AddConstraint(
            model_name='fristregel',
            constraint=models.CheckConstraint(condition=models.Q(('enhed__in', ['DAGE', 'UGER', 'MAANEDER', 'ARBEJDSDAGE'])), name='fristregel_enhed_kendt'),
        ),
        migrations.AddConstraint(
            model_name='fristregel',
            constraint=models.CheckConstraint(condition=models.Q(('rulning__in', ['ingen', 'frem', 'tilbage']), ('retning__in', ['efter', 'foer']), ('alvor__in', ['vejledende', 'lov'])), name='fristregel_valg_kendte'),
        ),
        migrations.AddConstraint(
            model_name='fristregel',
            constraint=models.CheckConstraint(condition=models.Q(('anker', ''), models.Q(('anker__in', ['FOERSTE_OPFOELGNING', 'TEAMMOEDE']), ('kode__in', ['INDSATSPLAN_VARSEL', 'INDSATSPLAN_FRIST'])), _connector='OR'), name='fristregel_anker_kun_planens'),
        ),
        migrations.AddConstraint(
            model_name='fristregel',
            constraint=models.CheckConstraint(condition=models.Q(('antal__gte', 1)), name='fristregel_antal_mindst_en'),
        ),
        migrations.AddConstraint(
            model_name='opfoelgningspunkt',
            constraint=models.CheckConstraint(condition=models.Q(('status_nu__in', ['', 'i_gang', 'pause', 'afsluttet', 'afbrudt'])), name='opfoelgningspunkt_status_kendt'),
        ),
        migrations.AddConstraint(
            model_name='paamindelse',
            constraint=models.UniqueConstraint(fields=('frist', 'bruger', 'art', 'forfald_dato'), name='paamindelse_en_gang'),
        ),
        migrations.AddConstraint(
            model_name='paamindelse',
            constraint=models.CheckConstraint(condition=models.Q(('art__in', ['varsel', 'overskredet', 'eskaleret'])), name='paamindelse_art_kendt'),
        ),
        migrations.AddConstraint(
            model_name='paamindelse',
            constraint=models.CheckConstraint(condition=models.Q(('for_bruger', None), models.Q(('for_bruger', models.F('bruger')), _negated=True), _connector='OR'), name='paamindelse_vikar_for_en_anden'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoede',
            name='serie',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moeder', to='opfoelgning.opfoelgningsserie'),
        ),
        migrations.AddField(
            model_name='opfoelgningsmoedeevent',
            name='serie',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.opfoelgningsserie'),
        ),
        migrations.AddConstraint(
            model_name='opfoelgningsmoede',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('afbud', ''), ('afgjort_dato', None), ('status__in', ['planlagt', 'afholdt'])), models.Q(('afgjort_dato__isnull', False), ('status__in', ['udeblevet', 'aflyst'])), _connector='OR'), name='opfoelgningsmoede_afbud_helt'),
        ),
    ]
