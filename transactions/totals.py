"""Proof of the totals: what triggers keep against what they sum up, and the rebuilding of what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

_MONTH_KEY = "household_id, currency, month, kind, category_id, wallet_id, to_wallet_id"
_YEAR_KEY = "household_id, year, kind, category_id, wallet_id, to_wallet_id"

_ENTRIES = """
    SELECT e.household_id, e.currency, batua_month(e.date, h.month_start) AS month, e.kind, e.category_id, e.wallet_id,
           e.to_wallet_id, greatest(e.amount, 0) AS gross, greatest(-e.amount, 0) AS back, 1 AS entries
    FROM transactions_transaction e JOIN accounts_household h ON h.id = e.household_id
"""
_MONTHS = """
    SELECT household_id, make_date(extract(year FROM month)::integer, 1, 1) AS year, kind, category_id, wallet_id,
           to_wallet_id, gross, back, entries
    FROM transactions_monthtotal
"""

# Kept rows whose entries are all gone stay with zeros: they equal "no row".
_DIFFERENCES = """
WITH both_sides AS (
    SELECT {key}, gross AS kept_gross, back AS kept_back, entries AS kept_entries, 0 AS gross, 0 AS back, 0 AS entries
    FROM {table}
    UNION ALL
    SELECT {key}, 0, 0, 0, gross, back, entries FROM ({counted}) AS counted
)
SELECT household_id, {part}, kind, category_id, wallet_id, to_wallet_id,
       sum(kept_gross - kept_back), sum(kept_entries), sum(gross - back), sum(entries)
FROM both_sides
GROUP BY {key}
HAVING sum(kept_gross) <> sum(gross) OR sum(kept_back) <> sum(back) OR sum(kept_entries) <> sum(entries)
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
    """A kept total that is not what it sums up; amounts are net, in the household's currency.

    ``total`` says which, ``parts`` what was counted against it.
    """

    household: int
    total: str
    parts: str
    kept: Decimal
    kept_entries: int
    counted: Decimal
    counted_entries: int

    def __str__(self) -> str:
        return (
            f"household {self.household}, {self.total}: kept {self.kept} of {self.kept_entries} entries, "
            f"{self.parts} say {self.counted} of {self.counted_entries}"
        )


def _of_month(month: date, *key: Any) -> str:
    return f"{month:%Y-%m}, {_of_key(*key)}"


def _of_year(year: date, *key: Any) -> str:
    return f"{year:%Y}, {_of_key(*key)}"


def _of_key(kind: str, category: int | None, wallet: int, to_wallet: int | None) -> str:
    return f"{kind}, category {category}, wallet {wallet} → {to_wallet}"


def _of_wallet(wallet: int) -> str:
    return f"wallet {wallet}"


_PROOFS: list[tuple[str, Callable[..., str], str]] = [
    (
        _DIFFERENCES.format(key=_MONTH_KEY, part="month", table="transactions_monthtotal", counted=_ENTRIES),
        _of_month,
        "the entries",
    ),
    (
        _DIFFERENCES.format(key=_YEAR_KEY, part="year", table="transactions_yeartotal", counted=_MONTHS),
        _of_year,
        "its months",
    ),
    (_WALLETS, _of_wallet, "its months"),
]


def differences() -> list[Difference]:
    """Every kept total, of all households, that differs from what it sums up; three queries."""
    found = []
    with connection.cursor() as cursor:
        for sql, named, parts in _PROOFS:
            cursor.execute(sql)
            for household, *row in cursor.fetchall():
                key, sums = row[:-4], row[-4:]
                found.append(Difference(household, named(*key), parts, *sums))
    return found


@transaction.atomic
def rebuild(*, households: list[int]) -> None:
    """Counts the totals of these households anew; writers wait for the end of the transaction."""
    with connection.cursor() as cursor:
        for household in sorted(households):
            for what in ("totals", "years", "wallets"):
                cursor.execute(f"SELECT batua_rebuild_{what}(%s)", [household])
