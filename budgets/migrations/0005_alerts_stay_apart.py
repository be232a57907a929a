"""Alerts go with their household and their category, a reader of alerts with the membership."""

from django.db import migrations

KEYS = {
    "reader_is_a_member": (
        "budgets_alertreader",
        "(membership_id) REFERENCES accounts_membership (id) ON DELETE CASCADE",
    ),
    "alert_of_its_household": ("budgets_alert", "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE"),
    "alert_category_is_the_households": (
        "budgets_alert",
        "(household_id, category_id) REFERENCES transactions_category (household_id, id) ON DELETE CASCADE",
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0004_say_what_is_carried_over"),
        ("transactions", "0003_households_stay_apart"),
    ]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY {rule}",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )
        for name, (table, rule) in KEYS.items()
    ]
