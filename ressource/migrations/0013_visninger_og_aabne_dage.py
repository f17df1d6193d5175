import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Open days are working days the municipality has not closed by its own choice. Seven thousand rows,
# and only those that differ are written.
GENBEREGN = """
CREATE FUNCTION ressource_genberegn_aabne() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('ressource.aabne_dage'));
    UPDATE ressource_kalenderdag k
       SET er_aaben = n.aaben, forrige_aabne = n.forrige, naeste_aabne = n.naeste, aaben_nr = n.nr
      FROM (SELECT d.dato, d.aaben,
                   COALESCE(max(d.dato) FILTER (WHERE d.aaben) OVER (ORDER BY d.dato),
                            d.forrige_arbejdsdag) AS forrige,
                   COALESCE(min(d.dato) FILTER (WHERE d.aaben) OVER (ORDER BY d.dato DESC),
                            d.naeste_arbejdsdag) AS naeste,
                   (d.arbejdsdag_nr - count(*) FILTER (WHERE d.lukket) OVER (ORDER BY d.dato))::integer
                       AS nr
              FROM (SELECT a.dato, a.forrige_arbejdsdag, a.naeste_arbejdsdag, a.arbejdsdag_nr,
                           a.er_arbejdsdag AND l.dato IS NULL AS aaben,
                           a.er_arbejdsdag AND l.dato IS NOT NULL AS lukket
                      FROM ressource_kalenderdag a
                      LEFT JOIN ressource_lukkedag l ON l.dato = a.dato) d) n
     WHERE n.dato = k.dato
       AND (k.er_aaben, k.forrige_aabne, k.naeste_aabne, k.aaben_nr)
           IS DISTINCT FROM (n.aaben, n.forrige, n.naeste, n.nr)
$$;
CREATE FUNCTION ressource_lukkedag_aendret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ressource_genberegn_aabne();
    RETURN NULL;
END $$;
CREATE TRIGGER lukkedag_aendret AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ressource_lukkedag
   FOR EACH STATEMENT EXECUTE FUNCTION ressource_lukkedag_aendret();
SELECT ressource_genberegn_aabne();
"""
TILBAGE = """
DROP TRIGGER lukkedag_aendret ON ressource_lukkedag;
DROP FUNCTION ressource_lukkedag_aendret();
DROP FUNCTION ressource_genberegn_aabne();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ressource', '0012_indsatsgaranti'),
    ]

    operations = [
        migrations.CreateModel(
            name='GemtVisning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=60, verbose_name='side')),
                ('navn', models.CharField(max_length=60, verbose_name='navn')),
                ('forespoergsel', models.CharField(blank=True, max_length=500, verbose_name='forespørgsel')),
                ('er_standard', models.BooleanField(default=False, verbose_name='vis som det første')),
                ('bruger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gemte_visninger', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'gemt visning',
                'verbose_name_plural': 'gemte visninger',
                'ordering': ('navn', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='kalenderdag',
            name='aaben_nr',
            field=models.IntegerField(db_default=0, default=0, verbose_name='den åbne dags løbenummer'),
        ),
        migrations.AddField(
            model_name='kalenderdag',
            name='er_aaben',
            field=models.BooleanField(db_default=False, default=False, verbose_name='åbent'),
        ),
        migrations.AddField(
            model_name='kalenderdag',
            name='forrige_aabne',
            field=models.DateField(null=True, verbose_name='seneste åbne dag til og med datoen'),
        ),
        migrations.AddField(
            model_name='kalenderdag',
            name='naeste_aabne',
            field=models.DateField(null=True, verbose_name='første åbne dag fra og med datoen'),
        ),
        migrations.AddIndex(
            model_name='kalenderdag',
            index=models.Index(condition=models.Q(('er_arbejdsdag', True)), fields=['arbejdsdag_nr'], name='kalenderdag_arbejdsdag_nr'),
        ),
        migrations.AddIndex(
            model_name='kalenderdag',
            index=models.Index(condition=models.Q(('er_aaben', True)), fields=['aaben_nr'], name='kalenderdag_aaben_nr'),
        ),
        migrations.AddConstraint(
            model_name='gemtvisning',
            constraint=models.UniqueConstraint(fields=('bruger', 'side', 'navn'), name='gemtvisning_et_navn', violation_error_message='Du har allerede en visning med det navn.'),
        ),
        migrations.AddConstraint(
            model_name='gemtvisning',
            constraint=models.UniqueConstraint(condition=models.Q(('er_standard', True)), fields=('bruger', 'side'), name='gemtvisning_en_standard'),
        ),
        migrations.AddConstraint(
            model_name='gemtvisning',
            constraint=models.CheckConstraint(condition=models.Q(('navn', ''), _negated=True), name='gemtvisning_har_navn'),
        ),
        migrations.RunSQL(GENBEREGN, TILBAGE),
    ]
