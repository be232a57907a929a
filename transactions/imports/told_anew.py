"""Lines that came before under the bank's own number, with another amount or on another day."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import Household
from transactions.imports.matching import SLOW_WINDOW
from transactions.imports.verdicts import Entry, PreviewLine

# The number is part of the line as the file has it: it is kept nowhere else, and a line without it is no candidate.
_TOLD = """
    SELECT asked.wallet, asked.bank_id, told.raw, told.key,
           told.entry_id IS NULL AND NOT told.made_entry AND told.alone IS NULL,
           entry.id, entry.date, entry.note, entry.kind, entry.amount, entry.wallet_id, entry.to_wallet_id,
           entry.version, entry.category_id,
           (SELECT count(*) FROM transactions_importedline AS line WHERE line.entry_id = entry.id)
    FROM unnest(%(wallets)s::bigint[], %(bank_ids)s::text[], %(days)s::date[]) AS asked (wallet, bank_id, day)
    JOIN transactions_importedline AS told
        ON told.wallet_id = asked.wallet AND told.day BETWEEN asked.day - %(slow)s AND asked.day + %(slow)s
        AND position(asked.bank_id IN told.raw) > 0
    JOIN transactions_importbatch AS batch ON batch.id = told.batch_id AND batch.layout = %(layout)s
    LEFT JOIN transactions_transaction AS entry ON entry.id = told.entry_id
    WHERE told.household_id = %(household)s
    ORDER BY told.id
"""


class Told(NamedTuple):
    """The line that came before: its key, its entry unless that was deleted, or that it was left out on purpose."""

    key: str
    entry: Entry | None
    is_left_out: bool


def of(household: Household, layout: str, rows: Sequence[PreviewLine]) -> dict[tuple[int, str], Told]:
    """(wallet, the bank's number) → the one payment of it that came before; a query where lines have such numbers.

    A number that several of these lines or of those payments have is none: some banks give a payment and its fee one.
    """
    numbered = [(row.wallet, row.line.bank_id, row.line.date) for row in rows if row.wallet and row.line.bank_id]
    numbers = Counter((wallet, bank_id) for wallet, bank_id, _day in numbered)
    asked = [each for each in numbered if numbers[each[:2]] == 1]
    if not asked:
        return {}
    wallets, bank_ids, days = map(list, zip(*asked, strict=True))
    values: dict[str, Any] = {"wallets": wallets, "bank_ids": bank_ids, "days": days, "slow": SLOW_WINDOW.days}
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, values | {"layout": layout, "household": household.pk})
        found = cursor.fetchall()
    told: defaultdict[tuple[int, str], dict[int | str, Told]] = defaultdict(dict)
    for wallet, bank_id, raw, key, is_left_out, *columns in found:
        if _stands_alone(bank_id, raw):
            entry = _entry(columns) if columns[0] else None
            told[wallet, bank_id][entry.id if entry else key] = Told(key, entry, is_left_out)
    return {asked: next(iter(each.values())) for asked, each in told.items() if len(each) == 1}


def _stands_alone(bank_id: str, raw: str) -> bool:
    """Whether the number is one in the text, and no part of a longer one."""
    return re.search(rf"(?<![^\W_]){re.escape(bank_id)}(?![^\W_])", raw) is not None


def _entry(columns: Sequence[Any]) -> Entry:
    pk, day, note, kind, amount, wallet, to_wallet, version, category, told = columns
    moved = amount if kind == "income" else -amount
    return Entry(pk, day, note, kind, moved, wallet, to_wallet, version, category, told=told)
