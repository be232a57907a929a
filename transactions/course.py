"""How income and spending went, day by day and month by month, in one statement. Only the ledger asks here."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import Household
from batua.periods import Period
from transactions import within


class Row(NamedTuple):
    """Net sums of one ``day``, or of a month by its name; the row of all ``entries`` has their number alone."""

    is_month: bool
    day: date | None
    income: Decimal
    spending: Decimal
    entries: int


_NET = """
    coalesce(sum({net}) FILTER (WHERE kind = 'income'), 0), coalesce(sum({net}) FILTER (WHERE kind = 'expense'), 0), 0
"""
_DAYS = f"""
    SELECT false AS is_month, date AS day, {_NET.format(net="amount")}
    FROM transactions_transaction
    WHERE household_id = %(household)s AND kind <> 'transfer' {{within}}
    GROUP BY date
"""  # nosec B608 # values are parameters
_MONTHS = f"""
    SELECT true, month, {_NET.format(net="gross - back")}
    FROM transactions_monthtotal
    WHERE household_id = %(household)s AND kind <> 'transfer' AND entries > 0 {{within}}
    GROUP BY month
"""  # nosec B608 # values are parameters
_ENTRIES = """
    SELECT false, NULL, 0, 0, coalesce(sum(entries), 0)::bigint
    FROM transactions_wallettotal
    WHERE household_id = %(household)s
"""

_SPAN = "SELECT min(month), max(month) FROM transactions_monthtotal WHERE household_id = %s AND entries > 0"


def rows(household: Household, days: Period, months: tuple[date, date] | None) -> list[Row]:
    """The days of a period that have sums, the months between two names that have, and the number of all entries."""
    values: dict[str, Any] = {"household": household.pk}
    answers = [_DAYS.format(within=within.days(days.start, days.end, name="days", values=values)), _ENTRIES]
    if months is not None:
        answers.append(_MONTHS.format(within=within.months(months, name="months", values=values)))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(answers) + " ORDER BY day", values)
        return [Row._make(row) for row in cursor.fetchall()]


def span_of_months(household: Household) -> tuple[date, date] | None:
    """The names of the first and the last household month that have an entry; None without any. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, [household.pk])
        first, last = cursor.fetchone()
    return (first, last) if first else None
