"""What each wallet holds, kept by triggers from the month totals, so that a balance asks for a row a wallet.

The month totals of ten years are ten thousand rows, and every page shows a balance. Whatever changes a month total
changes its wallets' as well: entries by any path, a rebuild, a correction by hand.

- Rows are written in one order, as those of the months are.
- A month total that goes only takes away: with a household its wallets may be gone already.
"""

import django.db.models.deletion
from django.db import migrations, models

# What a month total does to its wallet, and as a transfer to the other one as well.
DELTAS = """
    SELECT household_id, wallet_id, {sign} CASE kind WHEN 'income' THEN gross - back ELSE back - gross END AS moved,
           {sign} entries AS entries, 0 AS arrivals
    FROM {rows}
    UNION ALL
    SELECT household_id, to_wallet_id, {sign} (gross - back), 0, {sign} entries FROM {rows} WHERE to_wallet_id IS NOT NULL"""

SUMS = """
    SELECT household_id, wallet_id, sum(moved) AS moved, sum(entries) AS entries, sum(arrivals) AS arrivals
    FROM ({deltas}) changed
    GROUP BY 1, 2
    HAVING sum(moved) <> 0 OR sum(entries) <> 0 OR sum(arrivals) <> 0
    ORDER BY 1, 2"""

ADD = """
    INSERT INTO transactions_wallettotal AS kept (household_id, wallet_id, moved, entries, arrivals)
    {sums}
    ON CONFLICT (household_id, wallet_id)
    DO UPDATE SET moved = kept.moved + EXCLUDED.moved, entries = kept.entries + EXCLUDED.entries,
                  arrivals = kept.arrivals + EXCLUDED.arrivals;"""

TAKE_AWAY = """
    UPDATE transactions_wallettotal AS kept
    SET moved = kept.moved + gone.moved, entries = kept.entries + gone.entries, arrivals = kept.arrivals + gone.arrivals
    FROM ({sums}) gone
    WHERE kept.household_id = gone.household_id AND kept.wallet_id = gone.wallet_id;"""

TRIGGER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {act}
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON transactions_monthtotal REFERENCING {tables}
FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""

OLD = DELTAS.format(sign="-", rows="old_rows")
NEW = DELTAS.format(sign="", rows="new_rows")
EVENTS = [
    ("batua_wallets_insert", "INSERT", "NEW TABLE AS new_rows", ADD.format(sums=SUMS.format(deltas=NEW))),
    ("batua_wallets_delete", "DELETE", "OLD TABLE AS old_rows", TAKE_AWAY.format(sums=SUMS.format(deltas=OLD))),
    (
        "batua_wallets_update",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        ADD.format(sums=SUMS.format(deltas=f"{OLD} UNION ALL {NEW}")),
    ),
]

ALL = ADD.format(sums=SUMS.format(deltas=DELTAS.format(sign="", rows="transactions_monthtotal")))

REBUILD = """
CREATE FUNCTION batua_rebuild_wallets(household bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM transactions_wallettotal WHERE household_id = household;
    {add}
END $$;
"""
OF_HOUSEHOLD = "(SELECT * FROM transactions_monthtotal WHERE household_id = household) AS months"

OWNERS = {
    "wallet_total_of_its_household": "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE",
    "wallet_total_is_the_households": "(household_id, wallet_id)"
    " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_webhooks"),
        ("transactions", "0008_long_statements_being_checked"),
    ]
    operations = [
        migrations.CreateModel(
            name="WalletTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.DecimalField(decimal_places=4, default=0, max_digits=35)),
                ("entries", models.BigIntegerField(default=0)),
                ("arrivals", models.BigIntegerField(default=0)),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.household",
                    ),
                ),
                (
                    "wallet",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transactions.wallet",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("household", "wallet"), name="one_total_per_wallet")],
            },
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE transactions_wallettotal ADD CONSTRAINT {name} FOREIGN KEY {reference}",
                f"ALTER TABLE transactions_wallettotal DROP CONSTRAINT {name}",
            )
            for name, reference in OWNERS.items()
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(name=name, event=event, tables=tables, act=act), f"DROP FUNCTION {name}() CASCADE"
            )
            for name, event, tables, act in EVENTS
        ),
        migrations.RunSQL(
            REBUILD.format(add=ADD.format(sums=SUMS.format(deltas=DELTAS.format(sign="", rows=OF_HOUSEHOLD)))),
            "DROP FUNCTION batua_rebuild_wallets(bigint)",
        ),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
