"""Whom a household tells what happened; both tables go with it, the messages with their webhook."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KEYS = {
    ("accounts_webhook", "webhook_of_household"): "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE",
    ("accounts_webhook", "webhook_of_person"): "(created_by_id) REFERENCES accounts_user (id) ON DELETE SET NULL",
    ("accounts_webhookdelivery", "delivery_of_webhook"): "(webhook_id) REFERENCES accounts_webhook (id)"
    " ON DELETE CASCADE",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_where_people_are_signed_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500, verbose_name="address")),
                ("secret", models.TextField(editable=False)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("transaction.created", "An entry is added"),
                                ("transaction.updated", "An entry is changed"),
                                ("transaction.deleted", "An entry is deleted"),
                                ("import.committed", "A file is imported"),
                                ("import.reverted", "An import is taken back"),
                                ("budget.crossed", "A budget reaches 80 % or all of its limit"),
                            ],
                            max_length=40,
                        ),
                        size=None,
                        verbose_name="tells of",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
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
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "On its way"), ("delivered", "Delivered"), ("failed", "Not delivered")],
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="answer")),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "This address cannot be used."),
                            ("name", "The name of the address was not found."),
                            ("refused", "The address leads into a private network."),
                            ("silence", "Nobody answered at the address."),
                            ("secret", "The secret cannot be read any more. Make a new one."),
                            ("off", "The webhook was switched off."),
                        ],
                        max_length=8,
                        verbose_name="problem",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last tried")),
                (
                    "webhook",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deliveries",
                        to="accounts.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(fields=("household", "url"), name="one_webhook_per_address"),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("events", []), _negated=True), name="webhook_tells_of_something"
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["created_at"], name="delivery_by_age"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "delivered", "failed"])), name="delivery_state_is_known"
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY {rule}",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for (table, name), rule in KEYS.items()
        ),
    ]
