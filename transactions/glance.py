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
from transactions import parts, within
from transactions.parts import Part

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
    SELECT 'sum' AS answer, kind, category_id, {part} AS day, sum(gross) AS gross, sum(back) AS back,
           sum(entries) AS entries
    FROM {table}
    WHERE household_id = %(household)s AND kind <> 'transfer' {within}
    GROUP BY GROUPING SETS ((kind, category_id), (kind, {part}))
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
    FROM ({answers}) AS answers LEFT JOIN transactions_category AS category
        ON category.household_id = %(household)s AND category.id = answers.category_id
    WHERE gross IS NOT NULL
"""


def rows(household: Household, period: Period, *, before: Period | None, part: Part) -> list[Row]:
    """The sums of a period by category and by part, those of another by category, the balance; one query.

    The balance of all time is left for the caller to add up: its sums are among the rows already.
    """
    values: dict[str, Any] = {"household": household.pk, "month_start": household.month_start}
    answers = _answers(period, before, part, values)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED.format(answers=" UNION ALL ".join(answers)), values)
        return [Row._make(row) for row in cursor.fetchall()]


def _answers(period: Period, before: Period | None, part: Part, values: dict[str, Any]) -> Iterator[str]:
    if kept := parts.kept(period, part):
        yield _KEPT.format(**kept, within=within.months(period.months, name="period", values=values))
    else:
        days = within.days(period.start, period.end, name="period", values=values)
        yield _COUNTED.format(within=days, part=parts.counted(part))
    if before is not None and parts.kept(before, Part.MONTH):
        yield _KEPT_BEFORE.format(within=within.months(before.months, name="before", values=values))
    elif before is not None:
        days = within.days(before.start, before.end, name="before", values=values)
        yield _COUNTED_BEFORE.format(within=days)
    yield _OPENING
    if not period.is_all_time:
        yield _EARNED
