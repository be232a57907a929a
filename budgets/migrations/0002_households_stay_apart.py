"""A budget's category is the household's own; a household takes its budgets along, a budget its limits."""

from django.db import migrations

KEYS = {
    "budget_of_its_household": (
        "budgets_budget",
        "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE",
    ),
    # A category that is planned for cannot be deleted, only archived or merged.
    "budget_category_is_the_households": (
        "budgets_budget",
        "(household_id, category_id) REFERENCES transactions_category (household_id, id)",
    ),
    "limit_of_its_budget": ("budgets_budgetlimit", "(budget_id) REFERENCES budgets_budget (id) ON DELETE CASCADE"),
}


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial"), ("transactions", "0003_households_stay_apart")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY {rule}",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )
        for name, (table, rule) in KEYS.items()
    ]
