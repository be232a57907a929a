"""A household takes its memberships along: by constraint, so that any way of deleting it does."""

from django.db import migrations

MEMBERSHIP_OF_HOUSEHOLD = """
ALTER TABLE accounts_membership ADD CONSTRAINT membership_of_household
    FOREIGN KEY (household_id) REFERENCES accounts_household (id) ON DELETE CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            MEMBERSHIP_OF_HOUSEHOLD, "ALTER TABLE accounts_membership DROP CONSTRAINT membership_of_household"
        ),
    ]
