"""What members choose of single lines of a long file, kept with the lines."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0011_one_writer_of_a_household_at_a_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedline",
            name="choice",
            field=models.CharField(db_default="", max_length=20),
        ),
        migrations.AddField(
            model_name="stagedline",
            name="is_taken",
            field=models.BooleanField(null=True),
        ),
        migrations.AddIndex(
            model_name="stagedline",
            index=models.Index(
                condition=models.Q(
                    ("is_taken__isnull", False),
                    ("choice", "transfer"),
                    models.Q(("verdict__in", ["transfer", "joins"]), models.Q(("choice", ""), _negated=True)),
                    _connector="OR",
                ),
                fields=["upload"],
                name="staged_and_turned",
            ),
        ),
    ]
