from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opfoelgning", "0005_frister_paamindelser_progression")]

    operations = [
        migrations.AddField(
            model_name="opfoelgningspunkt",
            name="status_dato",
            field=models.DateField(blank=True, null=True, verbose_name="fra hvilken dag"),
        ),
        migrations.AddField(
            model_name="opfoelgningspunkt",
            name="status_grund",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=250, verbose_name="hvorfor"
            ),
        ),
    ]
