"""Each day that has entries, transfers too: what a calendar shows of it. Only the ledger asks here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Sum, Value, When
from django.db.models.aggregates import Count

from accounts.models import Household
from batua.periods import Period
from transactions.models import Transaction

KIND = Transaction.Kind


@dataclass(frozen=True)
class EntryDay:
    """A day, its net income and spending, and how many entries it has; transfers count among these alone."""

    date: date
    income: Decimal
    spending: Decimal
    entries: int


def entry_days(household: Household, period: Period) -> list[EntryDay]:
    """Each day within the period that has entries, oldest first; one query."""
    rows = (
        Transaction.objects.of(household)
        .within(period)
        .order_by("date")
        .values_list("date")
        .annotate(earned=_sum_of(KIND.INCOME), spent=_sum_of(KIND.EXPENSE), number=Count("pk"))
    )
    return [EntryDay(*row) for row in rows]


def _sum_of(kind: str) -> Sum:
    return Sum(Case(When(kind=kind, then=F("amount")), default=Value(Decimal(0)), output_field=DecimalField()))
