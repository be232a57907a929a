"""Keys that keep households apart, and what follows when a household, a wallet or a category goes.

A composite key (household, wallet) makes it impossible to book on another household's wallet; with the currency in
it, an entry's currency is its wallet's and a wallet's the household's, so the household's currency can change only
while there is no entry; with the kind in it, a category's kind is its entry's.
"""

from django.db import migrations

HOUSEHOLD = "(household_id) REFERENCES accounts_household (id) ON DELETE CASCADE"

# Without a word after them, wallets and categories in use cannot be deleted.
KEYS = {
    "transactions_wallet": {
        "wallet_of_its_household": HOUSEHOLD,
        "wallet_currency_is_the_households": "(household_id, currency) REFERENCES accounts_household (id, currency)"
        " ON UPDATE CASCADE ON DELETE CASCADE",
    },
    "transactions_category": {"category_of_its_household": HOUSEHOLD},
    "transactions_transaction": {
        "entry_of_its_household": HOUSEHOLD,
        "entry_wallet_is_the_households": "(household_id, wallet_id, currency)"
        " REFERENCES transactions_wallet (household_id, id, currency)",
        "entry_to_wallet_is_the_households": "(household_id, to_wallet_id)"
        " REFERENCES transactions_wallet (household_id, id)",
        "entry_category_is_the_households_and_of_its_kind": "(household_id, category_id, kind)"
        " REFERENCES transactions_category (household_id, id, kind)",
        "entry_created_by": "(created_by_id) REFERENCES accounts_user (id) ON DELETE SET NULL",
    },
    "transactions_importbatch": {
        "batch_of_its_household": HOUSEHOLD,
        "batch_wallet_is_the_households": "(household_id, wallet_id) REFERENCES transactions_wallet (household_id, id)",
        "batch_created_by": "(created_by_id) REFERENCES accounts_user (id) ON DELETE SET NULL",
    },
    "transactions_importedline": {
        # Its batch would take it along, but only after its wallet was refused: a household goes in one step.
        "line_of_its_household": HOUSEHOLD,
        "line_of_its_batch": "(household_id, batch_id) REFERENCES transactions_importbatch (household_id, id)"
        " ON DELETE CASCADE",
        "line_wallet_is_the_households": "(household_id, wallet_id) REFERENCES transactions_wallet (household_id, id)",
        # The line stays when its entry goes: "deleted earlier" is known.
        "line_entry_is_the_households": "(household_id, entry_id) REFERENCES transactions_transaction (household_id, id)"
        " ON DELETE SET NULL (entry_id)",
    },
    "transactions_monthtotal": {
        "total_of_its_household": HOUSEHOLD,
        "total_category_is_the_households": "(household_id, category_id)"
        " REFERENCES transactions_category (household_id, id) ON DELETE CASCADE",
        "total_wallet_is_the_households": "(household_id, wallet_id)"
        " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
        "total_to_wallet_is_the_households": "(household_id, to_wallet_id)"
        " REFERENCES transactions_wallet (household_id, id) ON DELETE CASCADE",
    },
}

DECIMALS = {
    ("transactions_transaction", "amount"): "amount_has_the_currencys_decimals",
    ("transactions_transaction", "received_amount"): "received_amount_has_the_currencys_decimals",
    ("transactions_wallet", "opening_balance"): "opening_balance_has_the_currencys_decimals",
}


def _constraint(table: str, name: str, rule: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}", f"ALTER TABLE {table} DROP CONSTRAINT {name}"
    )


class Migration(migrations.Migration):
    dependencies = [("transactions", "0002_initial")]
    operations = [
        *(
            _constraint(table, name, f"FOREIGN KEY {rule}")
            for table, keys in KEYS.items()
            for name, rule in keys.items()
        ),
        *(
            _constraint(table, name, f"CHECK ({column} = round({column}, batua_currency_decimals(currency)))")
            for (table, column), name in DECIMALS.items()
        ),
    ]
