"""E-mail addresses are stored in lower case: the way in looks for them like that."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_households_delete_their_members")]
    operations = [
        migrations.RunSQL(
            "UPDATE accounts_user SET email = lower(email) WHERE email <> lower(email)", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            "user", models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_in_lower_case")
        ),
    ]
