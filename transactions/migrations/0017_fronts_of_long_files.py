"""The first entries of a long file, kept beside it: its pages need not fetch the whole file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0016_choices_of_short_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="front",
            field=models.BinaryField(null=True),
        ),
    ]
