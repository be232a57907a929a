"""Which limits a period kept: every budget with each stretch of it that ended in the period, or runs today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Household
from batua import periods
from batua.periods import Period
from budgets import progress
from budgets.progress import Progress

ZERO = Decimal(0)
WEEKLY = "weekly"
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Kept:
    """A budget and its stretches, the oldest first and at least one; the last may still run on ``today``."""

    stretches: tuple[Progress, ...]
    today: date

    @property
    def budget(self) -> Progress:
        """The latest stretch, whose name and colour the budget has now."""
        return self.stretches[-1]

    @property
    def spent(self) -> Decimal:
        return sum((each.spent for each in self.stretches), ZERO)

    @property
    def planned(self) -> Decimal:
        """What was to be spent in all of them; what one left to the next counts once."""
        return self.stretches[0].available + sum((each.limit for each in self.stretches[1:]), ZERO)

    @property
    def missed(self) -> int:
        """How many were overspent."""
        return sum(each.is_over for each in self.stretches)

    @property
    def kept(self) -> int:
        """How many are over and were not overspent."""
        return sum(self.is_kept(each) for each in self.stretches)

    def is_kept(self, stretch: Progress) -> bool:
        """False while it runs: nobody knows yet."""
        return not stretch.is_over and has_ended(stretch.period, self.today)


def has_ended(period: Period, today: date) -> bool:
    """Is its last day over?"""
    return period.end is not None and period.end <= today


def of(household: Household, period: Period, *, today: date) -> list[Kept]:
    """The budgets of a period of whole months, the most often missed first; two queries a month or more."""
    found: dict[int, dict[date, Progress]] = {}
    for each in _asked(household, period, today):
        if _belongs(each.period, period, today):
            found.setdefault(each.id, {})[each.begins] = each
    rows = [Kept(tuple(each for _begins, each in sorted(by_begin.items())), today) for by_begin in found.values()]
    return sorted(rows, key=lambda row: (-row.missed, -row.budget.used, row.budget.category.casefold(), row.budget.id))


def _asked(household: Household, period: Period, today: date) -> Iterator[Progress]:
    """The budgets of each month that has begun; those by week once for each week that ends in it."""
    this_month = periods.month_of(today, month_start=household.month_start)
    for name in period.month_names:
        if name > this_month:
            return
        days = periods.month(name, month_start=household.month_start)
        *_between, last = days.days
        shown = progress.for_month(household, name, today=min(last, today) if days.contains(today) else last)
        yield from shown
        if any(each.cadence == WEEKLY for each in shown):
            for day in _weeks(days, min(last, today), household.week_start):
                weekly = progress.for_month(household, name, today=day)
                yield from (each for each in weekly if each.cadence == WEEKLY)


def _weeks(month: Period, last: date, week_start: int) -> Iterator[date]:
    """A day of the month in each week that ends in it up to the ``last`` day."""
    end = periods.week(month.days[0], week_start=week_start).last_day
    while end is not None and end <= last:
        yield end
        end += _WEEK


def _belongs(stretch: Period, period: Period, today: date) -> bool:
    last = stretch.last_day
    ends_here = last is not None and period.contains(last)
    return (ends_here and has_ended(stretch, today)) or (stretch.contains(today) and period.contains(today))
