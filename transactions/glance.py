"""One statement that answers all that a page at a glance shows. Only the ledger asks here, and shapes the rows.

Asked one by one these sums cost more in the asking than in the adding up.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import Household
from batua.periods import Period
from transactions import within

SUM, BEFORE, BALANCE = "sum", "before", "balance"


class Row(NamedTuple):
    """One sum. A part of the period has a ``day`` (its first), a category has its name, colour and icon."""

    answer: str
    kind: str | None
    category: int | None
    day: date | None
    gross: Decimal
    back: Decimal
    entries: Decimal | int
    name: str | None
    colour: int | None
    icon: str | None


_KEPT = """
    SELECT 'sum' AS answer, kind, category_id, month AS day, sum(gross) AS gross, sum(back) AS back,
           sum(entries) AS entries
    FROM transactions_monthtotal
    WHERE household_id = %(household)s AND kind <> 'transfer' {within}
    GROUP BY GROUPING SETS ((kind, category_id), (kind, month))
"""

_COUNTED = """
    SELECT 'sum' AS answer, kind, category_id, {part} AS day, sum(greatest(amount, 0)) AS gross,
           sum(greatest(-amount, 0)) AS back, count(*) AS entries
    FROM transactions_transaction
    WHERE household_id = %(household)s AND kind <> 'transfer' {within}
    GROUP BY GROUPING SETS ((kind, category_id), (kind, {part}))
"""

_KEPT_BEFORE = """
    SELECT 'before', kind, category_id, NULL, sum(gross), sum(back), sum(entries)
    FROM transactions_monthtotal
    WHERE household_id = %(household)s AND kind <> 'transfer' {within}
    GROUP BY kind, category_id
"""

_COUNTED_BEFORE = """
    SELECT 'before', kind, category_id, NULL, sum(greatest(amount, 0)), sum(greatest(-amount, 0)), count(*)
    FROM transactions_transaction
    WHERE household_id = %(household)s AND kind <> 'transfer' {within}
    GROUP BY kind, category_id
"""

_OPENING = """
    SELECT 'balance', NULL, NULL, NULL, sum(opening_balance), 0, 0
    FROM transactions_wallet
    WHERE household_id = %(household)s
"""

_EARNED = """
    SELECT 'balance', NULL, NULL, NULL, sum(moved), 0, 0
    FROM transactions_wallettotal
    WHERE household_id = %(household)s
"""

_NAMED = """
    SELECT answers.*, category.name, category.colour, category.icon
    FROM ({answers}) AS answers LEFT JOIN transactions_category AS category ON category.id = answers.category_id
    WHERE gross IS NOT NULL
"""


def rows(household: Household, period: Period, *, before: Period | None, by_day: bool) -> list[Row]:
    """The sums of a period by category and by day (or month), those of another by category, the balance; one query.

    The balance of all time is left for the caller to add up: its sums are among the rows already.
    """
    values: dict[str, Any] = {"household": household.pk, "month_start": household.month_start}
    answers = _answers(period, before, values, by_day=by_day)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED.format(answers=" UNION ALL ".join(answers)), values)
        return [Row._make(row) for row in cursor.fetchall()]


def _answers(period: Period, before: Period | None, values: dict[str, Any], *, by_day: bool) -> Iterator[str]:
    part = "date" if by_day else "batua_month(date, %(month_start)s)"
    if _is_kept(period) and not by_day:
        yield _KEPT.format(within=within.months(period.months, name="period", values=values))
    else:
        days = within.days(period.start, period.end, name="period", values=values)
        yield _COUNTED.format(within=days, part=part)
    if before is not None and _is_kept(before):
        yield _KEPT_BEFORE.format(within=within.months(before.months, name="before", values=values))
    elif before is not None:
        days = within.days(before.start, before.end, name="before", values=values)
        yield _COUNTED_BEFORE.format(within=days)
    yield _OPENING
    if not is_all_time(period):
        yield _EARNED


def is_all_time(period: Period) -> bool:
    """Do the period's own sums make the balance?"""
    return period.start is None and period.end is None


def _is_kept(period: Period) -> bool:
    return period.months is not None or is_all_time(period)
