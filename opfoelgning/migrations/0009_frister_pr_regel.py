from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('opfoelgning', '0008_paamindelse_mailet'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='frist',
            index=models.Index(fields=['kode', 'forfald_dato'], name='frist_kode_forfald'),
        ),
    ]
