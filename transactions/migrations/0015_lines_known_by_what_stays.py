"""A line's identity no longer has parts that a bank changes from file to file.

Some lines imported before have another identity now. With no layout told, their entries are shown beside such a line
as what it looks like, instead of the line being taken for another payment of the same bank.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0014_lines_by_their_payee"),
    ]

    operations = [
        migrations.RunSQL("UPDATE transactions_importbatch SET layout = ''", migrations.RunSQL.noop),
    ]
