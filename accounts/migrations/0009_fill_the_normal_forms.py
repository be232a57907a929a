"""Works out the normal form of every address there is."""

from django.db import migrations

from accounts import addresses


def fill(apps, schema_editor):
    people = apps.get_model("accounts", "User")._default_manager
    for key, email in people.filter(email_key=None).values_list("pk", "email").iterator():
        people.filter(pk=key).update(email_key=addresses.normal_form(email))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_addresses_have_a_normal_form")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
