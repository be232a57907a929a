"""What the charts say, in numbers: asked of the ledger, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Household
from batua import periods
from batua.periods import Period
from reports import cash_flow, pace
from reports.cash_flow import CashFlow
from reports.pace import Pace
from transactions import ledger
from transactions.ledger import CategorySum, DayTotal, Part, Payees, WalletHistory

ZERO = Decimal(0)
MOST_PAYEES = 20


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a period, how many ``months`` side by side, and how many make the ``average``."""

    period: Period
    months: int
    average: int


@dataclass(frozen=True)
class Trends:
    """A period of a household from all sides; ``month`` is the last of ``months`` and the one whose ``pace`` is shown.

    ``categories_before`` are those of ``previous``, the period before it, where there is one. ``wallet_days`` are the
    steps along which ``wallets`` are drawn.
    """

    wanted: Wanted
    previous: Period | None
    cash_flow: CashFlow
    categories: list[CategorySum]
    categories_before: list[CategorySum] | None
    month: date
    months: CashFlow
    pace: Pace
    wallets: list[WalletHistory]
    wallet_days: CashFlow


def build(household: Household, wanted: Wanted, *, today: date) -> Trends | None:
    """All charts of a household; None for one without any entry."""
    period, month_start = wanted.period, household.month_start
    month = month_of(period, today=today, month_start=month_start)
    first = periods.shift(month, 1 - wanted.months)
    span = pace.span(month, months=wanted.average, month_start=month_start)
    course = ledger.course(household, span, months=(first, month))
    if not course.entries:
        return None
    previous = periods.previous(period, month_start=month_start)
    part = part_of(household, period)
    glance = ledger.glance(household, period, before=previous, part=part)
    wallets = ledger.wallet_history(household, period, part=part)
    moved = {day for wallet in wallets for day in wallet.moves}
    return Trends(
        wanted=wanted,
        previous=previous,
        cash_flow=cash_flow.of(period, glance.parts, month_start=month_start, part=part),
        categories=glance.categories,
        categories_before=glance.categories_before if previous else None,
        month=month,
        months=cash_flow.of(
            periods.months(first, month, month_start=month_start), course.months, month_start=month_start
        ),
        pace=pace.of(month, course.days, months=wanted.average, month_start=month_start, today=today),
        wallets=wallets,
        wallet_days=cash_flow.of(
            period, [DayTotal(day, ZERO, ZERO) for day in moved], month_start=month_start, part=part
        ),
    )


def part_of(household: Household, period: Period) -> Part:
    """What the charts of a period are cut into; a query for all time, which may be long."""
    span = ledger.span_of_months(household) if period.is_all_time else None
    return cash_flow.part_of(period, span=span)


def payees(household: Household, period: Period) -> Payees:
    """Who the household spent on within the period; one query that reads all its entries."""
    return ledger.spending_by_payee(household, period, limit=MOST_PAYEES)


def month_of(period: Period, *, today: date, month_start: int) -> date:
    """The name of the period's month where it is one month, else of today's."""
    if len(period.month_names) == 1:
        return period.month_names[0]
    return periods.month_of(today, month_start=month_start)


def pace_of(household: Household, month: date, average: int, *, today: date) -> Pace:
    """The spending of a month through its days, beside the average of so many before; one query."""
    span = pace.span(month, months=average, month_start=household.month_start)
    sums = ledger.course(household, span).days
    return pace.of(month, sums, months=average, month_start=household.month_start, today=today)
