"""Each day that has entries, transfers too: what a calendar shows of it. Only the ledger asks here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.models import Household
from batua.periods import Period
from transactions import within


@dataclass(frozen=True)
class EntryDay:
    """A day, its net income and spending, and how many entries it has; transfers count among these alone."""

    date: date
    income: Decimal
    spending: Decimal
    entries: int


_DAYS = """
    SELECT date, coalesce(sum(amount) FILTER (WHERE kind = 'income'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'expense'), 0), count(*)
    FROM transactions_transaction
    WHERE household_id = %(household)s {within}
    GROUP BY date
    ORDER BY date
"""


def entry_days(household: Household, period: Period) -> list[EntryDay]:
    """Each day within the period that has entries, oldest first; one query."""
    values: dict[str, Any] = {"household": household.pk}
    days = within.days(period.start, period.end, name="period", values=values)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS.format(within=days), values)
        return [EntryDay(*row) for row in cursor.fetchall()]
