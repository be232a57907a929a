"""An import says by how much it moved the opening balance of its wallet, so that it can be taken back."""

from django.db import migrations

import batua.fields


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0020_choices_that_bring_nothing"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="opened",
            field=batua.fields.MoneyField(decimal_places=4, editable=False, max_digits=19, null=True),
        ),
    ]
