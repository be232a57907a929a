"""Files that were sent in and are being checked; they go with their household and with their import."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

TABLE = "transactions_upload"
KEYS = {
    "upload_of_its_household": "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE",
    "upload_created_by": "(created_by_id) REFERENCES accounts_user (id) ON DELETE SET NULL",
    "upload_batch_is_the_households": "(household_id, batch_id)"
    " REFERENCES transactions_importbatch (household_id, id) ON DELETE CASCADE",
}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("transactions", "0004_month_totals_and_versions"),
    ]
    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("content", models.BinaryField(blank=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.importbatch",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.household",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement being checked",
                "verbose_name_plural": "statements being checked",
            },
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} FOREIGN KEY {rule}",
                f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}",
            )
            for name, rule in KEYS.items()
        ),
    ]
