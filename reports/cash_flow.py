"""Income and spending along a period: by day, by month or by year, whichever can still be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import groupby

from accounts.models import Household
from batua import periods
from batua.periods import Period
from transactions import ledger

ZERO = Decimal(0)
MOST_DAYS = 62
MOST_MONTHS = 24

_DAY = timedelta(days=1)
_ALL_MONTHS = date(periods.FIRST_YEAR, 1, 1), date(periods.LAST_YEAR, 12, 1)


class Grain(Enum):
    """What one step along the period is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Flow:
    """What came in and went out in a part of the period; ``name`` is its day, or its month's or year's first name."""

    period: Period
    name: date
    income: Decimal
    spending: Decimal


@dataclass(frozen=True)
class CashFlow:
    """The parts of a period in order, none left out."""

    grain: Grain
    flows: tuple[Flow, ...]


def of(household: Household, period: Period) -> CashFlow:
    """The cash flow of a period; one query, three at most where months are cut off at its ends."""
    if period.start is not None and period.end is not None and period.length <= MOST_DAYS:
        return CashFlow(Grain.DAY, tuple(_days(household, period)))
    flows = tuple(_months(household, period))
    if len(flows) <= MOST_MONTHS:
        return CashFlow(Grain.MONTH, flows)
    return CashFlow(Grain.YEAR, tuple(_years(flows)))


def _days(household: Household, period: Period) -> Iterator[Flow]:
    found = {total.date: total for total in ledger.by_day(household, period)}
    for day in period.days:
        total = found.get(day)
        one = Period(day, day + _DAY, "custom")
        yield Flow(one, day, total.income if total else ZERO, total.spending if total else ZERO)


def _months(household: Household, period: Period) -> Iterator[Flow]:
    """The household's months; the first and the last may be cut off where the period is."""
    if period.start is None or period.last_day is None:
        found = {total.month: total for total in ledger.by_month(household, _ALL_MONTHS)}
        first, last = (min(found), max(found)) if found else (None, None)
    else:
        first, last = (
            periods.month_of(day, month_start=household.month_start) for day in (period.start, period.last_day)
        )
        found = {total.month: total for total in ledger.by_month(household, (first, last))}
    if first is None or last is None:
        return
    for name in periods.months(first, last).month_names:
        month = periods.month(name, month_start=household.month_start)
        part = _common(month, period)
        total = found.get(name) if part == month else ledger.totals(household, part)
        yield Flow(part, name, total.income if total else ZERO, total.spending if total else ZERO)


def _years(months: Iterable[Flow]) -> Iterator[Flow]:
    for year, group in groupby(months, key=lambda flow: flow.name.year):
        flows = list(group)
        span = Period(flows[0].period.start, flows[-1].period.end, "custom")
        income, spending = sum((flow.income for flow in flows), ZERO), sum((flow.spending for flow in flows), ZERO)
        yield Flow(span, date(year, 1, 1), income, spending)


def _common(month: Period, period: Period) -> Period:
    """The days of the month that are in the period."""
    if period.start is None or period.end is None or month.start is None or month.end is None:
        return month
    start, end = max(month.start, period.start), min(month.end, period.end)
    return month if (start, end) == (month.start, month.end) else Period(start, end, "custom")
