import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ressource", "0013_visninger_og_aabne_dage"),
    ]

    operations = [
        migrations.AlterField(
            model_name="gemtvisning",
            name="bruger",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gemte_visninger",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
