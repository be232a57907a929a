"""The yes or no of before becomes one of three words; then its column goes. Nothing was released with it."""

from django.db import migrations

TO_WORDS = "UPDATE budgets_budgetlimit SET roll_over = 'left' WHERE rolls_over"
TO_YES = [
    "UPDATE budgets_budgetlimit SET rolls_over = true WHERE roll_over <> 'none'",
    # Before, a limit could only count for a month: what counts for longer or shorter stops.
    "UPDATE budgets_budgetlimit SET amount = NULL, cadence = 'monthly' WHERE cadence <> 'monthly'",
]


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_cadences_and_roll_over")]
    operations = [
        migrations.RunSQL(TO_WORDS, TO_YES),
        migrations.RemoveField(model_name="budgetlimit", name="rolls_over"),
    ]
