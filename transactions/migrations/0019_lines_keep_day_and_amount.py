"""The bank's own day and amount of each line that was imported, which stay when its entry is changed or deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0018_lines_that_share_an_entry"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedline",
            name="day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="importedline",
            name="amount",
            field=models.DecimalField(decimal_places=4, max_digits=19, null=True),
        ),
        migrations.AddIndex(
            model_name="importedline",
            index=models.Index(fields=["wallet", "day"], name="line_by_day"),
        ),
    ]
