"""Income and spending along a period: by day, by month or by year, whichever can still be read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import groupby

from batua import periods
from batua.periods import Period
from transactions.ledger import DayTotal, Part

ZERO = Decimal(0)
MOST_DAYS = 62
MOST_MONTHS = 24

_DAY = timedelta(days=1)


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


def part_of(period: Period, *, span: tuple[date, date] | None = None) -> Part:
    """What the period is summed by: days where they can be read, else months.

    Of all time, ``span`` names the first and the last month, if known; where these are many, it is summed by years.
    """
    if period.start is not None and period.end is not None:
        return Part.DAY if period.length <= MOST_DAYS else Part.MONTH
    return Part.YEAR if span is not None and periods.distance(*span) >= MOST_MONTHS else Part.MONTH


def of(period: Period, sums: Collection[DayTotal], *, month_start: int, part: Part | None = None) -> CashFlow:
    """The cash flow of a period from the sums of its parts that have entries, as ``part_of`` said; pure."""
    found = {each.date: each for each in sums}
    part = part or part_of(period)
    if part is Part.YEAR:
        return CashFlow(Grain.YEAR, tuple(_whole_years(found, month_start)))
    if part is Part.DAY:
        return CashFlow(Grain.DAY, tuple(_flow(Period(day, day + _DAY, "custom"), day, found) for day in period.days))
    flows = tuple(_flow(part, name, found) for name, part in _months(period, found, month_start))
    if len(flows) <= MOST_MONTHS:
        return CashFlow(Grain.MONTH, flows)
    return CashFlow(Grain.YEAR, tuple(_years(flows)))


def _flow(part: Period, name: date, found: Mapping[date, DayTotal]) -> Flow:
    each = found.get(name)
    return Flow(part, name, each.income if each else ZERO, each.spending if each else ZERO)


def _months(period: Period, found: Collection[date], month_start: int) -> Iterator[tuple[date, Period]]:
    """The household's months of a period by their names; the first and the last may be cut off where the period is."""
    if period.start is not None and period.last_day is not None:
        first, last = (periods.month_of(day, month_start=month_start) for day in (period.start, period.last_day))
    elif found:
        first, last = min(found), max(found)
    else:
        return
    for name in periods.months(first, last).month_names:
        yield name, _common(periods.month(name, month_start=month_start), period)


def _whole_years(found: Mapping[date, DayTotal], month_start: int) -> Iterator[Flow]:
    """From the first year with entries to the last."""
    for year in range(min(found).year, max(found).year + 1) if found else ():
        span = periods.year(year, month_start=month_start)
        yield _flow(Period(span.start, span.end, "custom"), date(year, 1, 1), found)


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
