"""What each year brought, kept by triggers from the month totals, so that all time is a row a year and not twelve.

Ten years of month totals are ten thousand rows. Whatever changes a month total changes its year's as well: entries by
any path, a change of the month's first day, a rebuild, a correction by hand.

- A month belongs to the year of its name, as in every chart.
- Rows are written in one order, as those of the months are.
- A month total that goes only takes away: with a household its categories may be gone already.
"""

import django.db.models.deletion
from django.db import migrations, models

KEY = "household_id, year, kind, category_id, wallet_id, to_wallet_id"

DELTAS = """
    SELECT household_id, make_date(extract(year FROM month)::integer, 1, 1) AS year, kind, category_id, wallet_id,
           to_wallet_id, {sign} gross AS gross, {sign} back AS back, {sign} entries AS entries
    FROM {rows}"""

SUMS = f"""
    SELECT {KEY}, sum(gross) AS gross, sum(back) AS back, sum(entries) AS entries
    FROM ({{deltas}}) changed
    GROUP BY {KEY}
    HAVING sum(gross) <> 0 OR sum(back) <> 0 OR sum(entries) <> 0
    ORDER BY {KEY}"""

ADD = f"""
    INSERT INTO transactions_yeartotal AS kept ({KEY}, gross, back, entries)
    {{sums}}
    ON CONFLICT ({KEY})
    DO UPDATE SET gross = kept.gross + EXCLUDED.gross, back = kept.back + EXCLUDED.back,
                  entries = kept.entries + EXCLUDED.entries;"""

TAKE_AWAY = """
    UPDATE transactions_yeartotal AS kept
    SET gross = kept.gross + gone.gross, back = kept.back + gone.back, entries = kept.entries + gone.entries
    FROM ({sums}) gone
    WHERE kept.household_id = gone.household_id AND kept.year = gone.year AND kept.kind = gone.kind
        AND kept.category_id IS NOT DISTINCT FROM gone.category_id AND kept.wallet_id = gone.wallet_id
        AND kept.to_wallet_id IS NOT DISTINCT FROM gone.to_wallet_id;"""

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
    ("batua_years_insert", "INSERT", "NEW TABLE AS new_rows", ADD.format(sums=SUMS.format(deltas=NEW))),
    ("batua_years_delete", "DELETE", "OLD TABLE AS old_rows", TAKE_AWAY.format(sums=SUMS.format(deltas=OLD))),
    (
        "batua_years_update",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        ADD.format(sums=SUMS.format(deltas=f"{OLD} UNION ALL {NEW}")),
    ),
]

ALL = ADD.format(sums=SUMS.format(deltas=DELTAS.format(sign="", rows="transactions_monthtotal")))

REBUILD = """
CREATE FUNCTION batua_rebuild_years(household bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM transactions_yeartotal WHERE household_id = household;
    {add}
END $$;
"""
OF_HOUSEHOLD = "(SELECT * FROM transactions_monthtotal WHERE household_id = household) AS months"

OWNERS = {
    "year_total_of_its_household": "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE",
    "year_total_category_is_the_households": "(household_id, category_id)"
    " REFERENCES transactions_category (household_id, id) ON DELETE CASCADE",
    "year_total_wallet_is_the_households": "(household_id, wallet_id)"
    " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
    "year_total_to_wallet_is_the_households": "(household_id, to_wallet_id)"
    " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
}


def _key(to: str, *, null: bool = False, db_index: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=db_index,
        null=null,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("transactions", "0012_choices_of_single_lines")]
    operations = [
        migrations.CreateModel(
            name="YearTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.DateField()),
                ("kind", models.CharField(max_length=8)),
                ("gross", models.DecimalField(decimal_places=4, default=0, max_digits=33)),
                ("back", models.DecimalField(decimal_places=4, default=0, max_digits=33)),
                ("entries", models.BigIntegerField(default=0)),
                ("household", _key("accounts.household", db_index=False)),
                ("category", _key("transactions.category", null=True)),
                ("wallet", _key("transactions.wallet")),
                ("to_wallet", _key("transactions.wallet", null=True)),
            ],
        ),
        # An operation of its own, so that the index is there when the rows are counted below.
        migrations.AddConstraint(
            model_name="yeartotal",
            constraint=models.UniqueConstraint(
                fields=("household", "year", "kind", "category", "wallet", "to_wallet"),
                name="one_total_per_year_and_key",
                nulls_distinct=False,
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE transactions_yeartotal ADD CONSTRAINT {name} FOREIGN KEY {reference}",
                f"ALTER TABLE transactions_yeartotal DROP CONSTRAINT {name}",
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
            "DROP FUNCTION batua_rebuild_years(bigint)",
        ),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
