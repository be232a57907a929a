"""A limit counts for a week, a month, a quarter or a year, and says what goes into the next one; alerts are kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

CADENCES = ["weekly", "monthly", "quarterly", "yearly"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_households_delete_their_members"), ("budgets", "0002_households_stay_apart")]
    operations = [
        migrations.AddField(
            model_name="budget",
            name="merged_in",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.RemoveConstraint(model_name="budgetlimit", name="cadence_is_known"),
        migrations.AlterField(
            model_name="budgetlimit",
            name="cadence",
            field=models.CharField(
                choices=[
                    ("weekly", "Every week"),
                    ("monthly", "Every month"),
                    ("quarterly", "Every quarter"),
                    ("yearly", "Every year"),
                ],
                default="monthly",
                max_length=9,
                verbose_name="counts for",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetlimit",
            constraint=models.CheckConstraint(condition=models.Q(cadence__in=CADENCES), name="cadence_is_known"),
        ),
        migrations.AddField(
            model_name="budgetlimit",
            name="roll_over",
            field=models.CharField(
                choices=[
                    ("none", "Nothing"),
                    ("left", "What is left"),
                    ("both", "What is left, and what was overspent"),
                ],
                default="none",
                max_length=4,
                verbose_name="carried over",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(roll_over__in=["none", "left", "both"]), name="roll_over_is_known"
            ),
        ),
        migrations.CreateModel(
            name="AlertReader",
            fields=[
                (
                    "membership",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.membership",
                    ),
                ),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={"verbose_name": "reader of alerts", "verbose_name_plural": "readers of alerts"},
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.DateField()),
                ("threshold", models.PositiveSmallIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.category",
                    ),
                ),
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
            ],
            options={"verbose_name": "alert", "verbose_name_plural": "alerts"},
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("household", "category", "begins", "threshold"), name="one_alert_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(condition=models.Q(threshold__in=[80, 100]), name="threshold_is_known"),
        ),
    ]
