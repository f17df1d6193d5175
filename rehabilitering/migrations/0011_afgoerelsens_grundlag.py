"""What a decision must hold, and that it never changes once made."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What was decided before these fields were there was decided under the case's set; its facts stand
# in the reasons. The foreign keys are checked at once, for the table is altered right after.
UDFYLD = """
    SET CONSTRAINTS ALL IMMEDIATE;
    UPDATE rehabilitering_afgoerelse a
       SET regelsaet_id = COALESCE(a.regelsaet_id, s.regelsaet_id),
           klagefrist_uger = r.klagefrist_uger,
           faktum = COALESCE(NULLIF(a.faktum, ''), 'Oplysningerne står i begrundelsen.')
      FROM borgere_sag s JOIN ressource_regelsaet r ON r.id = s.regelsaet_id
     WHERE s.id = a.sag_id AND a.afsluttet_den IS NOT NULL;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("borgere", "0008_bevar_beskeder"),
        ("rehabilitering", "0010_klar_til_dagsorden"),
        ("ressource", "0011_regelsaet_indhold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="afgoerelse",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="afgoerelse",
            name="afgoerelse_hel",
        ),
        migrations.AddField(
            model_name="afgoerelse",
            name="klagefrist_uger",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="klagefrist (uger)"
            ),
        ),
        migrations.AddField(
            model_name="afgoerelseevent",
            name="klagefrist_uger",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="klagefrist (uger)"
            ),
        ),
        migrations.RunSQL(UDFYLD, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="afgoerelse",
            trigger=pgtrigger.compiler.Trigger(
                name="truffet_aendres_ikke",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."afsluttet_den" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="dce4e285751331c3b50ae040cdfb342df2a6bf82",
                    operation="UPDATE",
                    pgid="pgtrigger_truffet_aendres_ikke_33494",
                    table="rehabilitering_afgoerelse",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="afgoerelse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "rehabilitering_afgoerelseevent" ("afgoerelse_dato", "afsluttet_af_id", "afsluttet_den", "afvigelse_begrundelse", "begrundelse", "borger_oensker_mere", "brev_id", "brevskabelon_id", "erstatter_id", "faktum", "foelger_indstilling", "hjemmel", "id", "indstilling_id", "klagefrist_uger", "klagevejledning", "laas", "maalgruppebetingelse", "modtaget_dato", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regelsaet_id", "sag_id", "skrevet_af_id", "slut_dato", "uden_moede_grund", "uden_partshoering_grund", "udfald", "virkning_fra") VALUES (OLD."afgoerelse_dato", OLD."afsluttet_af_id", OLD."afsluttet_den", OLD."afvigelse_begrundelse", OLD."begrundelse", OLD."borger_oensker_mere", OLD."brev_id", OLD."brevskabelon_id", OLD."erstatter_id", OLD."faktum", OLD."foelger_indstilling", OLD."hjemmel", OLD."id", OLD."indstilling_id", OLD."klagefrist_uger", OLD."klagevejledning", OLD."laas", OLD."maalgruppebetingelse", OLD."modtaget_dato", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."regelsaet_id", OLD."sag_id", OLD."skrevet_af_id", OLD."slut_dato", OLD."uden_moede_grund", OLD."uden_partshoering_grund", OLD."udfald", OLD."virkning_fra"); RETURN NULL;',
                    hash="8942669ad3e95d04ece0821a53558b2d6621d2ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bbeb6",
                    table="rehabilitering_afgoerelse",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="afgoerelse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("afgoerelse_dato", None), ("afsluttet_af", None), ("afsluttet_den", None)
                    ),
                    models.Q(
                        ("afgoerelse_dato__isnull", False),
                        ("afsluttet_af__isnull", False),
                        ("afsluttet_den__isnull", False),
                        ("klagefrist_uger__isnull", False),
                        ("regelsaet__isnull", False),
                        ("virkning_fra__isnull", False),
                        models.Q(("faktum", ""), _negated=True),
                        models.Q(("begrundelse", ""), _negated=True),
                        models.Q(("hjemmel", ""), _negated=True),
                        models.Q(("klagevejledning", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="afgoerelse_hel",
                violation_error_message="En afgørelse skal have oplysninger, begrundelse, hjemmel og klagevejledning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afgoerelse",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("afsluttet_den", None),
                    ("erstatter", None),
                    ("foelger_indstilling", True),
                    ("indstilling", None),
                ),
                fields=("sag",),
                name="afgoerelse_en_uden_moede",
                violation_error_message="Der er allerede en kladde til en afgørelse uden møde.",
            ),
        ),
    ]
