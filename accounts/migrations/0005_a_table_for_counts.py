"""The cache's table for servers without Redis, as Django's database cache expects it. Unlogged: a crash may lose counts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_security_events")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE batua_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX batua_cache_expires ON batua_cache (expires);
            """,
            "DROP TABLE batua_cache;",
        )
    ]
