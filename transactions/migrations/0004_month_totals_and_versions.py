"""Triggers: every write of entries, by whatever path, updates the month totals in the same transaction.

One statement-level trigger for each operation: PostgreSQL allows transition tables on a single event only.

- Before it touches a total, a trigger takes a shared lock on the household; a change of the household's month start
  takes the same lock alone and rebuilds, so no entry is ever added to a month that is just being renamed.
- Keys are written in one order, so two statements wait for each other and do not deadlock.
- When a whole household goes, its row is gone before its entries' triggers fire: the join finds nothing, and the
  totals go by their own key.
"""

from django.db import migrations

LOCK_KEY = "hashtextextended('batua month totals', {household})"

ROWS = """
    SELECT e.household_id, e.currency, batua_month(e.date, h.month_start) AS month, e.kind, e.category_id, e.wallet_id,
           e.to_wallet_id, {sign} greatest(e.amount, 0) AS gross, {sign} greatest(-e.amount, 0) AS back, {sign} 1 AS entries
    FROM {rows} e JOIN accounts_household h ON h.id = e.household_id"""

APPLY = f"""
CREATE FUNCTION {{name}}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCK_KEY.format(household="touched.household_id")})
    FROM ({{touched}}) touched;

    INSERT INTO transactions_monthtotal AS kept
        (household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, gross, back, entries)
    SELECT household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, sum(gross), sum(back), sum(entries)
    FROM ({{rows}}) changed
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING sum(gross) <> 0 OR sum(back) <> 0 OR sum(entries) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (household_id, month, kind, category_id, wallet_id, to_wallet_id, currency)
    DO UPDATE SET gross = kept.gross + EXCLUDED.gross, back = kept.back + EXCLUDED.back,
                  entries = kept.entries + EXCLUDED.entries;
    RETURN NULL;
END $$;
CREATE TRIGGER {{name}} AFTER {{event}} ON transactions_transaction REFERENCING {{tables}}
FOR EACH STATEMENT EXECUTE FUNCTION {{name}}();
"""

OLD = ROWS.format(sign="-", rows="old_rows")
NEW = ROWS.format(sign="", rows="new_rows")
HOUSEHOLDS = "SELECT DISTINCT household_id FROM {rows} ORDER BY 1"
BOTH = "SELECT household_id FROM old_rows UNION SELECT household_id FROM new_rows ORDER BY 1"

EVENTS = [
    ("batua_totals_insert", "INSERT", "NEW TABLE AS new_rows", HOUSEHOLDS.format(rows="new_rows"), NEW),
    ("batua_totals_delete", "DELETE", "OLD TABLE AS old_rows", HOUSEHOLDS.format(rows="old_rows"), OLD),
    (
        "batua_totals_update",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        BOTH,
        f"{OLD} UNION ALL {NEW}",
    ),
]

TRUNCATE = """
CREATE FUNCTION batua_totals_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM transactions_monthtotal;
    RETURN NULL;
END $$;
CREATE TRIGGER batua_totals_truncate AFTER TRUNCATE ON transactions_transaction
FOR EACH STATEMENT EXECUTE FUNCTION batua_totals_truncate();
"""

REBUILD = f"""
CREATE FUNCTION batua_rebuild_totals(household bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK_KEY.format(household="household")});
    DELETE FROM transactions_monthtotal WHERE household_id = household;
    INSERT INTO transactions_monthtotal
        (household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, gross, back, entries)
    SELECT household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, sum(gross), sum(back), sum(entries)
    FROM ({ROWS.format(sign="", rows="transactions_transaction")} WHERE e.household_id = household) counted
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
END $$;
"""

MONTH_START = """
CREATE FUNCTION batua_month_start_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM batua_rebuild_totals(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER batua_month_start_changed AFTER UPDATE OF month_start ON accounts_household
FOR EACH ROW WHEN (OLD.month_start IS DISTINCT FROM NEW.month_start) EXECUTE FUNCTION batua_month_start_changed();
"""

VERSION = """
CREATE FUNCTION batua_next_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER batua_next_version BEFORE UPDATE ON transactions_transaction
FOR EACH ROW EXECUTE FUNCTION batua_next_version();
"""


def _trigger(sql: str, function: str) -> migrations.RunSQL:
    # CASCADE takes the trigger along with its function.
    return migrations.RunSQL(sql, f"DROP FUNCTION {function} CASCADE")


class Migration(migrations.Migration):
    dependencies = [("transactions", "0003_households_stay_apart")]
    operations = [
        *(
            _trigger(APPLY.format(name=name, event=event, tables=tables, touched=touched, rows=rows), f"{name}()")
            for name, event, tables, touched, rows in EVENTS
        ),
        _trigger(TRUNCATE, "batua_totals_truncate()"),
        _trigger(REBUILD, "batua_rebuild_totals(bigint)"),
        _trigger(MONTH_START, "batua_month_start_changed()"),
        _trigger(VERSION, "batua_next_version()"),
    ]
