import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ressource', '0004_segl_udloebet'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='stikproeve',
            trigger=pgtrigger.compiler.Trigger(name='afsluttet_uroert', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."afsluttet_den" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df10c84428279a1f2b42e1832f71246b71d01b9f', operation='UPDATE OR DELETE', pgid='pgtrigger_afsluttet_uroert_77d1f', table='ressource_stikproeve', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stikproevelinje',
            trigger=pgtrigger.compiler.Trigger(name='afsluttet_uroert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM ressource_stikproeve s WHERE s.afsluttet_den IS NOT NULL AND s.id IN (\n        CASE WHEN TG_OP <> 'INSERT' THEN OLD.stikproeve_id END,\n        CASE WHEN TG_OP <> 'DELETE' THEN NEW.stikproeve_id END\n    )) THEN\n        RAISE EXCEPTION 'Stikprøven er afsluttet.';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='748cefe5309dadbf5a47eb194d7f5e31230d358e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_afsluttet_uroert_45dec', table='ressource_stikproevelinje', when='BEFORE')),
        ),
    ]
