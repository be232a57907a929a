"""Lines of long files while they are checked; they go with their file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0007_search_words_in_one_expression"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="staged",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="StagedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("verdict", models.CharField(max_length=9)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19)),
                ("is_bound", models.BooleanField(default=False)),
                ("content", models.TextField()),
                (
                    "upload",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "line being checked",
                "verbose_name_plural": "lines being checked",
                "indexes": [models.Index(fields=["upload", "verdict", "place"], name="staged_by_verdict")],
                "constraints": [models.UniqueConstraint(fields=("upload", "place"), name="one_staged_line_per_place")],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE transactions_stagedline ADD CONSTRAINT staged_line_of_its_upload"
            " FOREIGN KEY (upload_id) REFERENCES transactions_upload (id) ON DELETE CASCADE",
            "ALTER TABLE transactions_stagedline DROP CONSTRAINT staged_line_of_its_upload",
        ),
    ]
