"""What members choose on the check page of a short file, kept until it is imported."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0015_lines_known_by_what_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="chosen",
            field=models.JSONField(null=True),
        ),
    ]
