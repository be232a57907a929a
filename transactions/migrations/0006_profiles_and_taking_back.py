"""Imports that can be taken back, files of one bank that are read alike, accounts in files that have their wallet."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

HOUSEHOLD = "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE"
KEYS = {
    "transactions_statementprofile": {
        "profile_of_its_household": HOUSEHOLD,
        "profile_wallet_is_the_households": "(household_id, wallet_id)"
        " REFERENCES transactions_wallet (household_id, id) ON DELETE SET NULL (wallet_id)",
    },
    "transactions_statementaccount": {
        "account_of_its_household": HOUSEHOLD,
        "account_wallet_is_the_households": "(household_id, wallet_id)"
        " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
    },
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_are_in_lower_case"),
        ("transactions", "0005_statements_being_checked"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="layout",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="taken_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="importedline",
            name="is_pending",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="importedline",
            name="made_entry",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="importedline",
            name="turned",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="wallet",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="transactions.wallet",
            ),
        ),
        migrations.CreateModel(
            name="StatementAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="account")),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.household",
                    ),
                ),
                (
                    "wallet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.wallet",
                    ),
                ),
            ],
            options={
                "verbose_name": "account in statements",
                "verbose_name_plural": "accounts in statements",
                "constraints": [models.UniqueConstraint(fields=("household", "name"), name="one_wallet_per_account")],
            },
        ),
        migrations.CreateModel(
            name="StatementProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("layout", models.CharField(editable=False, max_length=64)),
                ("choices", models.JSONField(default=dict)),
                ("used_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.household",
                    ),
                ),
                (
                    "wallet",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.wallet",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement profile",
                "verbose_name_plural": "statement profiles",
                "constraints": [models.UniqueConstraint(fields=("household", "layout"), name="one_profile_per_layout")],
            },
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY {rule}",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, keys in KEYS.items()
            for name, rule in keys.items()
        ),
    ]
