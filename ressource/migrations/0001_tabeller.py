import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import ressource.kalender
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # Exclusion constraints, tolerant search and folding of accents need these.
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('navn', models.CharField(max_length=100, unique=True, verbose_name='navn')),
                ('aktiv', models.BooleanField(default=True, verbose_name='aktiv')),
            ],
            options={
                'verbose_name': 'team',
                'verbose_name_plural': 'teams',
                'ordering': ('navn',),
            },
        ),
        migrations.CreateModel(
            name='Bruger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('brugernavn', models.CharField(max_length=60, unique=True, verbose_name='brugernavn')),
                ('navn', models.CharField(max_length=120, verbose_name='navn')),
                ('titel', models.CharField(blank=True, max_length=120, verbose_name='titel')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('telefon', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                ('roller', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sagsbehandler', 'sagsbehandler'), ('koordinerende', 'koordinerende sagsbehandler'), ('faglig_konsulent', 'faglig konsulent'), ('moedekoordinator', 'mødekoordinator'), ('teamleder', 'teamleder'), ('teammedlem', 'medlem af rehabiliteringsteamet'), ('moedeleder', 'mødeleder'), ('sundhedskoordinator', 'sundhedskoordinator'), ('virksomhedskonsulent', 'virksomhedskonsulent'), ('familieafdeling', 'familieafdeling'), ('uddannelsesvejleder', 'uddannelsesvejleder'), ('mentor', 'mentor'), ('leder', 'ledelse'), ('administrator', 'administrator'), ('revisor', 'revisor')], max_length=30), default=list, size=None, verbose_name='roller')),
                ('organisation', models.CharField(choices=[('kommune', 'kommunen'), ('region', 'regionen'), ('ekstern', 'ekstern leverandør')], default='kommune', max_length=10, verbose_name='organisation')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('er_demo', models.BooleanField(default=False, verbose_name='demobruger')),
                ('oprettet_den', models.DateTimeField(auto_now_add=True, verbose_name='oprettet den')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='medarbejdere', to='ressource.team', verbose_name='team')),
            ],
            options={
                'verbose_name': 'bruger',
                'verbose_name_plural': 'brugere',
                'ordering': ('navn',),
                'constraints': [models.CheckConstraint(condition=models.Q(('roller__contained_by', ['sagsbehandler', 'koordinerende', 'faglig_konsulent', 'moedekoordinator', 'teamleder', 'teammedlem', 'moedeleder', 'sundhedskoordinator', 'virksomhedskonsulent', 'familieafdeling', 'uddannelsesvejleder', 'mentor', 'leder', 'administrator', 'revisor'])), name='bruger_roller_kendte', violation_error_message='En af rollerne findes ikke.'), models.CheckConstraint(condition=models.Q(('organisation__in', ['kommune', 'region', 'ekstern'])), name='bruger_organisation_kendt')],
            },
        ),
        migrations.CreateModel(
            name='Kalenderdag',
            fields=[
                ('dato', models.DateField(primary_key=True, serialize=False, verbose_name='dato')),
                ('er_arbejdsdag', models.BooleanField(verbose_name='arbejdsdag')),
                ('navn', models.CharField(blank=True, max_length=60, verbose_name='helligdag')),
                ('forrige_arbejdsdag', models.DateField(verbose_name='seneste arbejdsdag til og med datoen')),
                ('naeste_arbejdsdag', models.DateField(verbose_name='første arbejdsdag fra og med datoen')),
                ('arbejdsdag_nr', models.IntegerField(verbose_name='arbejdsdagens løbenummer')),
            ],
            options={
                'verbose_name': 'kalenderdag',
                'verbose_name_plural': 'kalenderdage',
                'ordering': ('dato',),
            },
        ),
        migrations.CreateModel(
            name='Lukkedag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dato', models.DateField(unique=True, verbose_name='dato')),
                ('aarsag', models.CharField(max_length=100, verbose_name='årsag')),
            ],
            options={
                'verbose_name': 'lukkedag',
                'verbose_name_plural': 'lukkedage',
                'ordering': ('dato',),
            },
        ),
        migrations.CreateModel(
            name='Opslag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tidspunkt', models.DateTimeField(auto_now_add=True, verbose_name='tidspunkt')),
                ('roller', models.CharField(max_length=200, verbose_name='roller på tidspunktet')),
                ('organisation', models.CharField(max_length=10, verbose_name='organisation')),
                ('handling', models.CharField(choices=[('se', 'set'), ('soeg', 'søgt'), ('udskriv', 'udskrevet'), ('eksport', 'eksporteret'), ('vis_personnummer', 'vist personnummer'), ('vis_adresse', 'vist beskyttet adresse'), ('afvist', 'afvist')], max_length=20, verbose_name='handling')),
                ('objekt', models.CharField(max_length=80, verbose_name='det viste')),
                ('sag_id', models.BigIntegerField(blank=True, null=True, verbose_name='sag')),
                ('borger_noegle', models.UUIDField(blank=True, null=True, verbose_name='borgerens nøgle')),
                ('formaal', models.CharField(blank=True, max_length=200, verbose_name='formål')),
                ('anmodningsid', models.UUIDField(blank=True, null=True, verbose_name='anmodning')),
                ('bruger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'opslag',
                'verbose_name_plural': 'opslag',
                'indexes': [models.Index(fields=['sag_id', '-id'], name='opslag_sag_nyeste'), models.Index(fields=['bruger', '-id'], name='opslag_bruger_nyeste')],
                'constraints': [models.CheckConstraint(condition=models.Q(('handling__in', ['se', 'soeg', 'udskriv', 'eksport', 'vis_personnummer', 'vis_adresse', 'afvist'])), name='opslag_handling_kendt')],
                'triggers': [pgtrigger.compiler.Trigger(name='kun_tilfoej', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d8ddec620575cb310b2d0b1a7e7d7b7976ae170', operation='UPDATE OR DELETE', pgid='pgtrigger_kun_tilfoej_98a6b', table='ressource_opslag', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Regelsaet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=10, unique=True, verbose_name='kode')),
                ('navn', models.CharField(max_length=120, verbose_name='navn')),
                ('gyldig_fra', models.DateField(verbose_name='gyldig fra')),
                ('gyldig_til', models.DateField(blank=True, null=True, verbose_name='gyldig til')),
                ('er_aktivt', models.BooleanField(default=False, verbose_name='aktivt')),
                ('kilde', models.TextField(verbose_name='kilde')),
                ('er_efterproevet', models.BooleanField(default=False, verbose_name='efterprøvet mod lovteksten')),
                ('varighed_min_maaneder', models.PositiveSmallIntegerField(verbose_name='mindste varighed (måneder)')),
                ('varighed_max_maaneder', models.PositiveSmallIntegerField(verbose_name='største varighed (måneder)')),
                ('nye_forloeb_til', models.DateField(blank=True, null=True, verbose_name='nye ressourceforløb til og med')),
                ('moede_er_lovpligtigt', models.BooleanField(default=True, verbose_name='teammøde er lovpligtigt')),
                ('sparring_er_lovpligtig', models.BooleanField(verbose_name='sundhedsfaglig rådgivning er lovpligtig')),
                ('laegeattest_gyldig_maaneder', models.PositiveSmallIntegerField(verbose_name='LÆ 265 er aktuel (måneder)')),
                ('klagefrist_uger', models.PositiveSmallIntegerField(verbose_name='klagefrist (uger)')),
                ('udfald', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None, verbose_name='mulige udfald')),
                ('afsnit', models.JSONField(verbose_name='afsnit i den forberedende del')),
                ('samtaleemner', models.JSONField(verbose_name='samtaleemner')),
                ('hjemmel_ressourceforloeb', models.TextField(verbose_name='hjemmel for ressourceforløb')),
                ('hjemmel_oevrige', models.TextField(verbose_name='hjemmel for øvrige afgørelser')),
                ('klagevejledning', models.TextField(verbose_name='klagevejledning')),
                ('betegnelse_myndighed', models.CharField(max_length=60, verbose_name='myndighedens betegnelse')),
                ('betegnelse_team', models.CharField(max_length=60, verbose_name='teamets betegnelse')),
            ],
            options={
                'verbose_name': 'regelsæt',
                'verbose_name_plural': 'regelsæt',
                'ordering': ('gyldig_fra',),
                'constraints': [models.CheckConstraint(condition=models.Q(('gyldig_til', None), ('gyldig_til__gte', models.F('gyldig_fra')), _connector='OR'), name='regelsaet_slut_efter_start', violation_error_message='Slutdatoen ligger før startdatoen.'), models.CheckConstraint(condition=models.Q(('varighed_max_maaneder__gte', models.F('varighed_min_maaneder'))), name='regelsaet_varighed', violation_error_message='Største varighed er mindre end mindste varighed.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('er_aktivt', True)), expressions=((models.Func('gyldig_fra', 'gyldig_til', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&'),), name='regelsaet_ingen_overlap', violation_error_message='To aktive regelsæt må ikke gælde på samme dag.')],
            },
        ),
        migrations.CreateModel(
            name='Stedfortraeder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fra_dato', models.DateField(default=ressource.kalender.i_dag, verbose_name='fra')),
                ('til_dato', models.DateField(blank=True, null=True, verbose_name='til')),
                ('for_bruger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stedfortraedere', to=settings.AUTH_USER_MODEL, verbose_name='for')),
                ('vikar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vikariater', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stedfortræder',
                'verbose_name_plural': 'stedfortrædere',
                'constraints': [models.CheckConstraint(condition=models.Q(('for_bruger', models.F('vikar')), _negated=True), name='stedfortraeder_ikke_sig_selv', violation_error_message='En bruger kan ikke være sin egen stedfortræder.'), models.CheckConstraint(condition=models.Q(('til_dato', None), ('til_dato__gte', models.F('fra_dato')), _connector='OR'), name='stedfortraeder_slut_efter_start', violation_error_message='Slutdatoen ligger før startdatoen.')],
            },
        ),
        migrations.CreateModel(
            name='Haendelse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tidspunkt', models.DateTimeField(auto_now_add=True, verbose_name='tidspunkt')),
                ('kode', models.CharField(max_length=60, verbose_name='kode')),
                ('objekt_type', models.CharField(max_length=60, verbose_name='objekttype')),
                ('objekt_id', models.BigIntegerField(verbose_name='objekt-id')),
                ('sag_id', models.BigIntegerField(blank=True, null=True, verbose_name='sag')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='data')),
                ('af', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af')),
            ],
            options={
                'verbose_name': 'hændelse',
                'verbose_name_plural': 'hændelser',
                'indexes': [models.Index(fields=['sag_id', '-id'], name='haendelse_sag_nyeste')],
                'triggers': [pgtrigger.compiler.Trigger(name='kun_tilfoej', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4b3e2ae869664c314b8a23efed80c3c3755488d1', operation='UPDATE OR DELETE', pgid='pgtrigger_kun_tilfoej_75673', table='ressource_haendelse', when='BEFORE'))],
            },
        ),
    ]
