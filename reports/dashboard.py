"""What the dashboard says, in numbers: asked of the two doors, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Household
from batua import periods
from batua.periods import Period
from budgets import progress
from budgets.progress import Progress
from reports import cash_flow, trends
from reports.cash_flow import CashFlow
from transactions import ledger
from transactions.ledger import CategorySum, EntryLine, Totals

LATEST = 8


@dataclass(frozen=True)
class Dashboard:
    """A period of a household. ``before`` are the totals of ``previous``, the period before it, where there is one.

    The balance is that of all time. Budgets are those of ``month``, the most used up first.
    """

    period: Period
    totals: Totals
    balance: Decimal
    previous: Period | None
    before: Totals | None
    cash_flow: CashFlow
    categories: list[CategorySum]
    month: date
    budgets: list[Progress]
    latest: list[EntryLine]


def build(household: Household, period: Period, *, today: date) -> Dashboard | None:
    """The dashboard of a period; None for a household without any entry."""
    latest = ledger.latest(household, LATEST)
    if not latest:
        return None
    previous = periods.previous(period, month_start=household.month_start)
    month = trends.month_of(period, today=today, month_start=household.month_start)
    part = trends.part_of(household, period)
    glance = ledger.glance(household, period, before=previous, part=part)
    return Dashboard(
        period=period,
        totals=glance.totals,
        balance=glance.balance,
        previous=previous,
        before=glance.before,
        cash_flow=cash_flow.of(period, glance.parts, month_start=household.month_start, part=part),
        categories=glance.categories,
        month=month,
        budgets=progress.for_month(household, month, today=today),
        latest=latest,
    )
