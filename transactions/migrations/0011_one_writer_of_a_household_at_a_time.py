"""Writers of one household wait for each other before they touch its totals, and so never in a ring.

Two of them could hold what the other needs next: each a wallet's total, in its first statement. The lock on the
household that a change of its month start takes is now everybody's, from the first write to the end of the transaction.
"""

from django.db import migrations

CHANGE = """
DO $$
DECLARE
    trigger text;
BEGIN
    FOREACH trigger IN ARRAY ARRAY['batua_totals_insert', 'batua_totals_update', 'batua_totals_delete'] LOOP
        EXECUTE replace(pg_get_functiondef(format('%I()', trigger)::regprocedure), '{old}(', '{new}(');
    END LOOP;
END $$;
"""
SHARED, ALONE = "pg_advisory_xact_lock_shared", "pg_advisory_xact_lock"


class Migration(migrations.Migration):
    dependencies = [("transactions", "0010_checks_of_an_entry_in_less_time")]
    operations = [
        migrations.RunSQL(
            CHANGE.replace("{old}", SHARED).replace("{new}", ALONE),
            CHANGE.replace("{old}", ALONE).replace("{new}", SHARED),
        )
    ]
