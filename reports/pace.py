"""How a month's spending adds up day by day, beside the month before and the average of several. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from batua import periods
from batua.periods import Period
from transactions.ledger import DayTotal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Pace:
    """Spending up to each of the ``days``; None in ``now`` where the day has not come yet.

    The days go on into the next month where a month before is longer; a shorter one stays at its sum. ``average`` is
    that of the ``counted`` months before, None when no month counts.
    """

    month: Period
    days: tuple[date, ...]
    now: tuple[Decimal | None, ...]
    before: tuple[Decimal, ...]
    average: tuple[Decimal, ...] | None
    counted: int

    @property
    def latest(self) -> int | None:
        """The number of the last day that has come, from 0; None when the month has not begun."""
        days = [number for number, amount in enumerate(self.now) if amount is not None]
        return days[-1] if days else None


def span(name: date, *, months: int, month_start: int) -> Period:
    """The days that the pace of a month is made of: its own, and those of the months it is compared with."""
    return periods.months(periods.shift(name, -months), name, month_start=month_start)


def of(name: date, sums: Collection[DayTotal], *, months: int, month_start: int, today: date) -> Pace:
    """The pace of the month of this name beside the average of so many months before; ``sums`` are of ``span``.

    Months before the household's first entry say nothing about its habits and do not count.
    """
    spent = {each.date: each.spending for each in sums}
    month = periods.month(name, month_start=month_start)
    past = [periods.month(periods.shift(name, -back), month_start=month_start) for back in range(1, months + 1)]
    first = min(spent, default=None)
    counted = [each for each in past if first is not None and each.end is not None and first < each.end]
    length = max(each.length for each in [month, *past])
    sums_before = [_added_up(each, spent, length) for each in counted]
    last = max([today, *(day for day in spent if month.contains(day))])
    days = _days(month, length)
    now = zip(_added_up(month, spent, length), days, strict=True)
    return Pace(
        month=month,
        days=days,
        now=tuple(amount if month.contains(day) and day <= last else None for amount, day in now),
        before=_added_up(past[0], spent, length),
        average=tuple(sum(amounts) / len(amounts) for amounts in zip(*sums_before, strict=True)) or None,
        counted=len(counted),
    )


def _added_up(month: Period, spent: Mapping[date, Decimal], length: int) -> tuple[Decimal, ...]:
    days = _days(month, length)
    return tuple(accumulate(spent.get(day, ZERO) if month.contains(day) else ZERO for day in days))


def _days(month: Period, length: int) -> tuple[date, ...]:
    """So many days from the month's first on, the following month's too."""
    first = month.days[0]
    return tuple(first + timedelta(days=number) for number in range(length))
