"""Two imports that share a transfer: what each line would be by itself, and which version nobody has changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0017_fronts_of_long_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedline",
            name="alone",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="importedline",
            name="left_version",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
