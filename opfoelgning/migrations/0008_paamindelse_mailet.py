import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("opfoelgning", "0007_varsel_eskaleres_ikke")]

    operations = [
        migrations.AddField(
            "paamindelse",
            "mailet_den",
            models.DateTimeField(blank=True, null=True, verbose_name="mailet den"),
        ),
        # Nobody was mailed in a digest before this column.
        migrations.AlterField(
            "paamindelse",
            "besked",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ressource.besked",
                verbose_name="samlet mail",
            ),
        ),
        migrations.AlterField(
            "paamindelsesvalg",
            "bruger",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paamindelsesvalg",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveIndex("paamindelse", "paamindelse_ikke_sendt"),
        migrations.AddIndex(
            "paamindelse",
            models.Index(
                fields=["bruger"],
                condition=Q(mailet_den=None),
                name="paamindelse_ikke_mailet",
            ),
        ),
        migrations.AddConstraint(
            "paamindelse",
            models.CheckConstraint(
                condition=Q(besked=None) | Q(mailet_den__isnull=False),
                name="paamindelse_mailet_har_tid",
            ),
        ),
    ]
