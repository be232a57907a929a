"""Sums along a period that one page alone shows: spending by payee, and wallets over time. Only the ledger asks here.

A payee is an entry's note, whatever its case, accents and white space.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.models import Household
from batua import periods
from batua.periods import Period
from transactions import parts, within
from transactions.models.entry import FoldedNote
from transactions.parts import Part

ZERO = Decimal(0)


@dataclass(frozen=True)
class PayeeSum:
    """Net spending on one payee, written as most of its entries write it, and from how many entries."""

    name: str
    amount: Decimal
    entries: int


@dataclass(frozen=True)
class Payees:
    """The payees with the greatest sums either way, the most spent on first.

    ``others`` are all beyond them, so many as ``more``; ``nameless`` are the entries without a note. ``spent`` is what
    shares are measured by: the sums above zero, of all.
    """

    first: list[PayeeSum]
    others: PayeeSum
    more: int
    nameless: PayeeSum
    spent: Decimal


@dataclass(frozen=True)
class WalletHistory:
    """A wallet: what lay in it before the period, and what each part with entries changed (by its first day)."""

    id: int
    name: str
    is_archived: bool
    start: Decimal
    moves: dict[date, Decimal]


# Equal notes are added up first: to fold each entry's would take longer than all the rest.
_PAYEES = f"""
    SELECT key, (array_agg(note ORDER BY entries DESC, note))[1], sum(amount), sum(entries),
           sum(greatest(sum(amount), 0)) OVER (), sum(sum(amount)) OVER (), sum(sum(entries)) OVER (),
           count(*) FILTER (WHERE key <> '') OVER ()
    FROM (
        SELECT note, {FoldedNote.of_column("note")} AS key, sum(amount) AS amount, count(*)::integer AS entries
        FROM transactions_transaction
        WHERE household_id = %(household)s AND kind = 'expense' {{within}}
        GROUP BY note
    ) AS notes
    GROUP BY key
    ORDER BY key = '' DESC, abs(sum(amount)) DESC, key
    LIMIT %(limit)s
"""  # nosec B608 # values are parameters

# What an entry does to its wallet, and a transfer to the other one as well: each from the index that holds it.
_OUT = "CASE kind WHEN 'income' THEN {net} ELSE -({net}) END"
_MOVES = """
    SELECT wallet_id, {part}, sum({out}) FROM {table} WHERE household_id = %(household)s {within} GROUP BY 1, 2
    UNION ALL
    SELECT to_wallet_id, {part}, sum({net}) FROM {table}
    WHERE household_id = %(household)s AND to_wallet_id IS NOT NULL {within} GROUP BY 1, 2
"""
_ENTRIES = {"table": "transactions_transaction", "net": "amount", "out": _OUT.format(net="amount")}
_TOTALS = {"net": "gross - back", "out": _OUT.format(net="gross - back")}
_SINCE = {"table": "transactions_monthtotal", "net": "back - gross", "out": _OUT.format(net="back - gross")}
_WALLETS = """
    SELECT wallet.id, wallet.name, wallet.archived_at IS NOT NULL, wallet.opening_balance, moved.day, moved.amount
    FROM transactions_wallet AS wallet LEFT JOIN ({moves}) AS moved (wallet, day, amount) ON moved.wallet = wallet.id
    WHERE wallet.household_id = %(household)s
    ORDER BY wallet.position, wallet.id
"""
_BEFORE = "NULL::date"
_ALL = "SELECT wallet_id, NULL::date, moved FROM transactions_wallettotal WHERE household_id = %(household)s"


def spending_by_payee(household: Household, period: Period, *, limit: int) -> Payees:
    """Net spending on each payee within the period; one query that reads the period's entries."""
    values: dict[str, Any] = {"household": household.pk, "limit": limit + 1}
    days = within.days(period.start, period.end, name="period", values=values)
    rows = _asked(_PAYEES.format(within=days), values)
    nameless = next((PayeeSum("", row[2], int(row[3])) for row in rows if not row[0]), PayeeSum("", ZERO, 0))
    first = [PayeeSum(row[1], row[2], int(row[3])) for row in rows if row[0]][:limit]
    _key, _name, _amount, _entries, spent, whole, entries, number = (
        rows[0] if rows else ("", "", 0, 0, ZERO, ZERO, 0, 0)
    )
    others = PayeeSum(
        "",
        whole - nameless.amount - sum((each.amount for each in first), ZERO),
        int(entries) - nameless.entries - sum(each.entries for each in first),
    )
    first.sort(key=lambda each: -each.amount)
    return Payees(first, others, number - len(first), nameless, spent)


def wallet_history(household: Household, period: Period, *, part: Part) -> list[WalletHistory]:
    """Each wallet in its order, archived ones too, over the parts of the period; one query."""
    values: dict[str, Any] = {"household": household.pk, "month_start": household.month_start}
    selects = [*_before(household, period, values), _within_period(period, part, values)]
    found: dict[int, WalletHistory] = {}
    start: defaultdict[int, Decimal] = defaultdict(Decimal)
    asked = _WALLETS.format(moves=" UNION ALL ".join(selects))
    for key, name, is_archived, opening, day, amount in _asked(asked, values):
        wallet = found.setdefault(key, WalletHistory(key, name, is_archived, opening, {}))
        if day is not None:
            wallet.moves[day] = wallet.moves.get(day, ZERO) + amount
        elif amount is not None:
            start[key] += amount
    return [replace(wallet, start=wallet.start + start[key]) for key, wallet in found.items()]


def _before(household: Household, period: Period, values: dict[str, Any]) -> list[str]:
    """What was moved before the period: all there is, less the months since, and the days of a cut month."""
    if period.start is None:
        return []
    name = periods.month_of(period.start, month_start=household.month_start)
    month = periods.month(name, month_start=household.month_start)
    values["since"] = name
    kept = [_ALL, _MOVES.format(**_SINCE, part=_BEFORE, within="AND month >= %(since)s")]
    if month.start == period.start:
        return kept
    days = within.days(month.start, period.start, name="cut", values=values)
    return [*kept, _MOVES.format(**_ENTRIES, part=_BEFORE, within=days)]


def _within_period(period: Period, part: Part, values: dict[str, Any]) -> str:
    if kept := parts.kept(period, part):
        months = within.months(period.months, name="period", values=values)
        return _MOVES.format(**_TOTALS, **kept, within=months)
    days = within.days(period.start, period.end, name="period", values=values)
    return _MOVES.format(**_ENTRIES, part=parts.counted(part), within=days)


def _asked(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
