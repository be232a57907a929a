"""Lines of a long file that are entries which are here, or go to another wallet, bring nothing: sums look at them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0019_lines_keep_day_and_amount"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="stagedline",
            name="staged_and_turned",
        ),
        migrations.AddIndex(
            model_name="stagedline",
            index=models.Index(
                condition=models.Q(
                    ("is_taken__isnull", False),
                    ("choice", "transfer"),
                    ("choice__startswith", "is-"),
                    ("choice__startswith", "to-"),
                    models.Q(("verdict__in", ["transfer", "joins"]), models.Q(("choice", ""), _negated=True)),
                    _connector="OR",
                ),
                fields=["upload"],
                name="staged_and_turned",
            ),
        ),
    ]
