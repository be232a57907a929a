import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="apisession",
            name="address",
            field=models.GenericIPAddressField(null=True, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="apisession",
            name="agent",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="program"),
        ),
        migrations.AddField(
            model_name="apisession",
            name="used_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="last used"),
        ),
    ]
