import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('borgere', '0001_tabeller'),
        ('indsatsplan', '0001_tabeller'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('ressource', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fristregel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=40, verbose_name='kode')),
                ('navn', models.CharField(max_length=100, verbose_name='navn')),
                ('laengde', models.PositiveSmallIntegerField(verbose_name='længde')),
                ('enhed', models.CharField(choices=[('DAGE', 'dage'), ('UGER', 'uger'), ('MAANEDER', 'måneder')], max_length=10, verbose_name='enhed')),
                ('rulning', models.CharField(choices=[('ingen', 'ingen'), ('frem', 'til næste arbejdsdag')], default='ingen', max_length=8, verbose_name='rulning')),
                ('varsel_dage', models.PositiveSmallIntegerField(default=2, verbose_name='varsles så mange dage før')),
                ('alvor', models.CharField(choices=[('vejledende', 'vejledende'), ('lov', 'lovbestemt')], default='vejledende', max_length=12, verbose_name='alvor')),
                ('udloeber', models.BooleanField(default=False, verbose_name='løber blot ud')),
                ('hjemmel', models.CharField(max_length=200, verbose_name='hjemmel')),
                ('udloeses_af', models.CharField(max_length=150, verbose_name='udløses af')),
                ('opfyldes_af', models.CharField(max_length=150, verbose_name='opfyldes af')),
                ('gyldig_fra', models.DateField(verbose_name='gyldig fra')),
                ('gyldig_til', models.DateField(blank=True, null=True, verbose_name='gyldig til')),
            ],
            options={
                'verbose_name': 'fristregel',
                'verbose_name_plural': 'fristregler',
                'ordering': ('kode', 'gyldig_fra'),
                'constraints': [models.CheckConstraint(condition=models.Q(('gyldig_til', None), ('gyldig_til__gte', models.F('gyldig_fra')), _connector='OR'), name='fristregel_slut_efter_start'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('kode', '='), (models.Func('gyldig_fra', 'gyldig_til', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='fristregel_en_ad_gangen', violation_error_message='Der gælder allerede en regel med den kode i perioden.')],
            },
        ),
        migrations.CreateModel(
            name='Frist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anker_type', models.CharField(max_length=30, verbose_name='anker')),
                ('anker_id', models.BigIntegerField(verbose_name='ankerets id')),
                ('start_dato', models.DateField(verbose_name='start')),
                ('forfald_dato', models.DateField(verbose_name='forfald')),
                ('maal_dato', models.DateField(verbose_name='planlæg senest')),
                ('varsel_dato', models.DateField(verbose_name='varsles fra')),
                ('opfyldt_dato', models.DateField(blank=True, null=True, verbose_name='opfyldt')),
                ('bortfaldet_dato', models.DateField(blank=True, null=True, verbose_name='bortfaldet')),
                ('bortfaldet_begrundelse', models.CharField(blank=True, max_length=150, verbose_name='hvorfor bortfaldet')),
                ('flaget_den', models.DateTimeField(blank=True, null=True, verbose_name='flaget som overskredet')),
                ('ejer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='frister', to=settings.AUTH_USER_MODEL, verbose_name='ejer')),
                ('sag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frister', to='borgere.sag')),
                ('regel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frister', to='opfoelgning.fristregel')),
            ],
            options={
                'verbose_name': 'frist',
                'verbose_name_plural': 'frister',
                'ordering': ('forfald_dato', 'pk'),
                'indexes': [models.Index(condition=models.Q(('bortfaldet_dato', None), ('opfyldt_dato', None)), fields=['ejer', 'forfald_dato'], name='frist_aabne_ejer'), models.Index(condition=models.Q(('bortfaldet_dato', None), ('opfyldt_dato', None)), fields=['sag', 'forfald_dato'], name='frist_aabne_sag'), models.Index(condition=models.Q(('bortfaldet_dato', None), ('flaget_den', None), ('opfyldt_dato', None)), fields=['forfald_dato'], name='frist_uflagede')],
                'constraints': [models.UniqueConstraint(fields=('sag', 'regel', 'anker_type', 'anker_id'), name='frist_en_pr_anker'), models.CheckConstraint(condition=models.Q(('forfald_dato__gte', models.F('start_dato'))), name='frist_forfald_efter_start'), models.CheckConstraint(condition=models.Q(('bortfaldet_dato', None), ('opfyldt_dato', None), _connector='OR'), name='frist_opfyldt_eller_bortfaldet'), models.CheckConstraint(condition=models.Q(models.Q(('bortfaldet_begrundelse', ''), ('bortfaldet_dato', None)), models.Q(('bortfaldet_dato__isnull', False), models.Q(('bortfaldet_begrundelse', ''), _negated=True)), _connector='OR'), name='frist_bortfald_har_grund')],
            },
        ),
        migrations.CreateModel(
            name='Opfoelgningsmoede',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nr', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('tidspunkt', models.DateTimeField(verbose_name='aftalt tid')),
                ('sted', models.CharField(max_length=120, verbose_name='sted')),
                ('form', models.CharField(choices=[('personligt', 'personligt'), ('video', 'video'), ('telefon', 'telefon')], default='personligt', max_length=12, verbose_name='form')),
                ('status', models.CharField(choices=[('planlagt', 'aftalt'), ('afholdt', 'holdt'), ('udeblevet', 'udeblevet'), ('aflyst', 'aflyst')], default='planlagt', max_length=12, verbose_name='status')),
                ('afholdt_dato', models.DateField(blank=True, null=True, verbose_name='holdt')),
                ('referat', models.TextField(blank=True, verbose_name='hvad talte I om')),
                ('mentor_var_med', models.BooleanField(blank=True, null=True, verbose_name='mentor var med')),
                ('uden_mentor_begrundelse', models.CharField(blank=True, max_length=250, verbose_name='hvorfor ikke')),
                ('skitse', models.TextField(blank=True, verbose_name='om seks måneder, skitse')),
                ('naeste_tidspunkt', models.DateTimeField(blank=True, null=True, verbose_name='næste gang')),
                ('naeste_sted', models.CharField(blank=True, max_length=120, verbose_name='sted næste gang')),
                ('uden_naeste_begrundelse', models.CharField(blank=True, max_length=250, verbose_name='hvorfor ingen ny aftale')),
                ('lukket_den', models.DateTimeField(blank=True, null=True, verbose_name='lukket den')),
                ('laas', models.PositiveIntegerField(default=0, verbose_name='låsetal')),
                ('aftalt_af', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lukket_af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lukket af')),
                ('naeste', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forrige', to='opfoelgning.opfoelgningsmoede', verbose_name='næste møde')),
                ('sag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opfoelgningsmoeder', to='borgere.sag')),
            ],
            options={
                'verbose_name': 'opfølgningsmøde',
                'verbose_name_plural': 'opfølgningsmøder',
                'ordering': ('tidspunkt', 'pk'),
                'indexes': [models.Index(fields=['sag', 'tidspunkt'], name='opfoelgning_sag_tid'), models.Index(condition=models.Q(('status', 'planlagt')), fields=['sag', 'tidspunkt'], name='opfoelgning_aftalte')],
                'constraints': [models.UniqueConstraint(fields=('sag', 'nr'), name='opfoelgningsmoede_nr'), models.CheckConstraint(condition=models.Q(models.Q(('afholdt_dato__isnull', False), ('lukket_af__isnull', False), ('lukket_den__isnull', False), ('status', 'afholdt')), models.Q(models.Q(('status', 'afholdt'), _negated=True), ('afholdt_dato', None)), _connector='OR'), name='opfoelgningsmoede_afholdt_hel'), models.CheckConstraint(condition=models.Q(('naeste_tidspunkt', None), models.Q(('naeste_sted', ''), _negated=True), _connector='OR'), name='opfoelgningsmoede_naeste_aftale_har_sted', violation_error_message='Skriv både dato, klokkeslæt og sted for næste møde.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'afholdt'), _negated=True), ('naeste__isnull', False), models.Q(('uden_naeste_begrundelse', ''), _negated=True), _connector='OR'), name='opfoelgningsmoede_naeste_eller_grund', violation_error_message='Aftal dato og sted for næste møde, eller skriv hvorfor ikke.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'afholdt'), _negated=True), ('mentor_var_med', True), models.Q(('uden_mentor_begrundelse', ''), _negated=True), _connector='OR'), name='opfoelgningsmoede_mentor_eller_grund', violation_error_message='Skriv, hvorfor mentor ikke var med.')],
                'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opfoelgning_opfoelgningsmoedeevent" ("afholdt_dato", "aftalt_af_id", "form", "id", "laas", "lukket_af_id", "lukket_den", "mentor_var_med", "naeste_id", "naeste_sted", "naeste_tidspunkt", "nr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referat", "sag_id", "skitse", "status", "sted", "tidspunkt", "uden_mentor_begrundelse", "uden_naeste_begrundelse") VALUES (OLD."afholdt_dato", OLD."aftalt_af_id", OLD."form", OLD."id", OLD."laas", OLD."lukket_af_id", OLD."lukket_den", OLD."mentor_var_med", OLD."naeste_id", OLD."naeste_sted", OLD."naeste_tidspunkt", OLD."nr", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."referat", OLD."sag_id", OLD."skitse", OLD."status", OLD."sted", OLD."tidspunkt", OLD."uden_mentor_begrundelse", OLD."uden_naeste_begrundelse"); RETURN NULL;', hash='92559399279be8967f50a5719d4113493899514a', operation='UPDATE', pgid='pgtrigger_update_update_899cf', table='opfoelgning_opfoelgningsmoede', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OpfoelgningsmoedeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('nr', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('tidspunkt', models.DateTimeField(verbose_name='aftalt tid')),
                ('sted', models.CharField(max_length=120, verbose_name='sted')),
                ('form', models.CharField(choices=[('personligt', 'personligt'), ('video', 'video'), ('telefon', 'telefon')], default='personligt', max_length=12, verbose_name='form')),
                ('status', models.CharField(choices=[('planlagt', 'aftalt'), ('afholdt', 'holdt'), ('udeblevet', 'udeblevet'), ('aflyst', 'aflyst')], default='planlagt', max_length=12, verbose_name='status')),
                ('afholdt_dato', models.DateField(blank=True, null=True, verbose_name='holdt')),
                ('referat', models.TextField(blank=True, verbose_name='hvad talte I om')),
                ('mentor_var_med', models.BooleanField(blank=True, null=True, verbose_name='mentor var med')),
                ('uden_mentor_begrundelse', models.CharField(blank=True, max_length=250, verbose_name='hvorfor ikke')),
                ('skitse', models.TextField(blank=True, verbose_name='om seks måneder, skitse')),
                ('naeste_tidspunkt', models.DateTimeField(blank=True, null=True, verbose_name='næste gang')),
                ('naeste_sted', models.CharField(blank=True, max_length=120, verbose_name='sted næste gang')),
                ('uden_naeste_begrundelse', models.CharField(blank=True, max_length=250, verbose_name='hvorfor ingen ny aftale')),
                ('lukket_den', models.DateTimeField(blank=True, null=True, verbose_name='lukket den')),
                ('laas', models.PositiveIntegerField(default=0, verbose_name='låsetal')),
                ('aftalt_af', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('lukket_af', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lukket af')),
                ('naeste', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opfoelgning.opfoelgningsmoede', verbose_name='næste møde')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opfoelgning.opfoelgningsmoede')),
                ('sag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='borgere.sag')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81aa81cf628bf653fc21a21651906a747eeeee8b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2195e', table='opfoelgning_opfoelgningsmoedeevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Opfoelgningspunkt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hvad_skete', models.TextField(blank=True, verbose_name='hvad skete der')),
                ('naeste_tre_maaneder', models.TextField(blank=True, verbose_name='de næste tre måneder, konkret')),
                ('indsats', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opfoelgningspunkter', to='indsatsplan.indsats')),
                ('moede', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='punkter', to='opfoelgning.opfoelgningsmoede')),
            ],
            options={
                'verbose_name': 'opfølgningspunkt',
                'verbose_name_plural': 'opfølgningspunkter',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('moede', 'indsats'), name='opfoelgningspunkt_et_pr_indsats')],
            },
        ),
        migrations.CreateModel(
            name='Paamindelse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('art', models.CharField(choices=[('varsel', 'nærmer sig'), ('overskredet', 'overskredet')], max_length=12, verbose_name='art')),
                ('oprettet_den', models.DateTimeField(auto_now_add=True, verbose_name='oprettet den')),
                ('laest_den', models.DateTimeField(blank=True, null=True, verbose_name='læst den')),
                ('bruger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paamindelser', to=settings.AUTH_USER_MODEL)),
                ('frist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paamindelser', to='opfoelgning.frist')),
            ],
            options={
                'verbose_name': 'påmindelse',
                'verbose_name_plural': 'påmindelser',
                'ordering': ('-oprettet_den', '-pk'),
                'indexes': [models.Index(condition=models.Q(('laest_den', None)), fields=['bruger'], name='paamindelse_ulaeste')],
                'constraints': [models.UniqueConstraint(fields=('frist', 'bruger', 'art'), name='paamindelse_en_gang')],
            },
        ),
    ]
