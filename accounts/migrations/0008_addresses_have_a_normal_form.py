"""A column for the normal form of each address; the next migrations fill it and make it binding."""

from django.db import migrations

import accounts.models.people


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_sign_ins_and_tokens_of_programs")]
    operations = [
        migrations.AddField(
            "user", "email_key", accounts.models.people.NormalForm(max_length=512, editable=False, null=True)
        ),
    ]
