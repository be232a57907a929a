"""From here on an address cannot be kept twice, in whatever way it is written."""

from django.db import migrations, models

import accounts.models.people


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_fill_the_normal_forms")]
    operations = [
        migrations.AlterField("user", "email_key", accounts.models.people.NormalForm(max_length=512, editable=False)),
        migrations.RemoveConstraint("user", "one_person_per_email"),
        migrations.AddConstraint("user", models.UniqueConstraint(fields=["email"], name="one_person_per_email")),
        migrations.AddConstraint(
            "user", models.UniqueConstraint(fields=["email_key"], name="one_person_per_normal_form")
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(
                    ("email_key", models.F("email")), ("email__regex", "[^\\x01-\\x7f]|xn--|\\.$"), _connector="OR"
                ),
                name="email_key_follows_the_address",
            ),
        ),
    ]
