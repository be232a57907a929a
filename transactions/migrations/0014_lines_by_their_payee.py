"""The payee of each line of a long file, so that all lines of one are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0013_year_totals"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedline",
            name="payee",
            field=models.CharField(db_default="", max_length=200),
        ),
        migrations.AddIndex(
            model_name="stagedline",
            index=models.Index(fields=["upload", "payee"], name="staged_by_payee"),
        ),
    ]
