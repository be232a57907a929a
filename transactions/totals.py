"""Proof of the totals: what triggers keep against what the entries say, and the rebuilding of what differs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

# Kept rows whose entries are all gone stay with zeros: they equal "no row".
_DIFFERENCES = """
WITH counted AS (
    SELECT e.household_id, e.currency, batua_month(e.date, h.month_start) AS month, e.kind, e.category_id,
           e.wallet_id, e.to_wallet_id, sum(greatest(e.amount, 0)) AS gross, sum(greatest(-e.amount, 0)) AS back,
           count(*) AS entries
    FROM transactions_transaction e JOIN accounts_household h ON h.id = e.household_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
), both_sides AS (
    SELECT household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, gross, back, entries, 1 AS kept
    FROM transactions_monthtotal
    UNION ALL
    SELECT household_id, currency, month, kind, category_id, wallet_id, to_wallet_id, gross, back, entries, 0
    FROM counted
)
SELECT household_id, month, kind, category_id, wallet_id, to_wallet_id,
       coalesce(sum(gross - back) FILTER (WHERE kept = 1), 0), coalesce(sum(entries) FILTER (WHERE kept = 1), 0),
       coalesce(sum(gross - back) FILTER (WHERE kept = 0), 0), coalesce(sum(entries) FILTER (WHERE kept = 0), 0)
FROM both_sides
GROUP BY household_id, currency, month, kind, category_id, wallet_id, to_wallet_id
HAVING coalesce(sum(gross) FILTER (WHERE kept = 1), 0) <> coalesce(sum(gross) FILTER (WHERE kept = 0), 0)
    OR coalesce(sum(back) FILTER (WHERE kept = 1), 0) <> coalesce(sum(back) FILTER (WHERE kept = 0), 0)
    OR coalesce(sum(entries) FILTER (WHERE kept = 1), 0) <> coalesce(sum(entries) FILTER (WHERE kept = 0), 0)
ORDER BY 1, 2, 3, 4, 5, 6
"""

_WALLETS = """
WITH counted AS (
    SELECT household_id, wallet_id, CASE kind WHEN 'income' THEN gross - back ELSE back - gross END AS moved, entries
    FROM transactions_monthtotal
    UNION ALL
    SELECT household_id, to_wallet_id, gross - back, entries FROM transactions_monthtotal WHERE to_wallet_id IS NOT NULL
), both_sides AS (
    SELECT household_id, wallet_id, moved AS kept, entries + arrivals AS kept_entries, 0 AS moved, 0 AS entries
    FROM transactions_wallettotal
    UNION ALL
    SELECT household_id, wallet_id, 0, 0, moved, entries FROM counted
)
SELECT household_id, wallet_id, sum(kept), sum(kept_entries), sum(moved), sum(entries)
FROM both_sides
GROUP BY 1, 2
HAVING sum(kept) <> sum(moved) OR sum(kept_entries) <> sum(entries)
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Difference:
    """A month total that is not what its entries add up to; amounts are net, in the household's currency."""

    household: int
    month: date
    kind: str
    category: int | None
    wallet: int
    to_wallet: int | None
    kept: Decimal
    kept_entries: int
    counted: Decimal
    counted_entries: int

    def __str__(self) -> str:
        return (
            f"household {self.household}, {self.month:%Y-%m}, {self.kind}, category {self.category}, "
            f"wallet {self.wallet} → {self.to_wallet}: kept {self.kept} of {self.kept_entries} entries, "
            f"the entries say {self.counted} of {self.counted_entries}"
        )


@dataclass(frozen=True)
class WalletDifference:
    """A wallet's total that is not what its months add up to; amounts are in the household's currency."""

    household: int
    wallet: int
    kept: Decimal
    kept_entries: int
    counted: Decimal
    counted_entries: int

    def __str__(self) -> str:
        return (
            f"household {self.household}, wallet {self.wallet}: kept {self.kept} of {self.kept_entries} entries, "
            f"its months say {self.counted} of {self.counted_entries}"
        )


def differences() -> list[Difference | WalletDifference]:
    """Every kept total, of all households, that differs from what it sums up; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        months = [Difference(*row) for row in cursor.fetchall()]
        cursor.execute(_WALLETS)
        return [*months, *(WalletDifference(*row) for row in cursor.fetchall())]


@transaction.atomic
def rebuild(*, households: list[int]) -> None:
    """Counts the totals of these households anew; writers wait for the end of the transaction."""
    with connection.cursor() as cursor:
        for household in sorted(households):
            cursor.execute("SELECT batua_rebuild_totals(%s)", [household])
            cursor.execute("SELECT batua_rebuild_wallets(%s)", [household])
