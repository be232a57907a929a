"""The stretch a limit counts for: a week, or one, three or twelve of the household's months.

A stretch is known by where it ``begins``: the first day of a week, or the name of the first month.
"""

from datetime import date, timedelta

from accounts.models import Household
from batua import periods
from batua.periods import Period
from budgets.models import BudgetLimit

WEEKLY = BudgetLimit.Cadence.WEEKLY
MONTHS: dict[str, int] = {
    BudgetLimit.Cadence.MONTHLY: 1,
    BudgetLimit.Cadence.QUARTERLY: 3,
    BudgetLimit.Cadence.YEARLY: 12,
}
_WEEK = timedelta(days=7)


def begins(cadence: str, month: date, *, household: Household, today: date) -> date:
    """The stretch that a month shows: of weeks that of today, else the month's last, or its first if it is to come."""
    if cadence != WEEKLY:
        return periods.grouped(month, MONTHS[cadence])[0]
    shown = periods.month(month, month_start=household.month_start)
    first, *_between, last = shown.days
    return week(min(max(today, first), last), household).start or first


def before(cadence: str, begins: date) -> date:
    """Where the stretch before begins."""
    return begins - _WEEK if cadence == WEEKLY else periods.shift(begins, -MONTHS[cadence])


def month_it_ends_in(cadence: str, begins: date, *, month_start: int) -> date:
    """The name of the month that holds its last day: the limit of that month rules a stretch that is over."""
    if cadence == WEEKLY:
        return periods.month_of(begins + _WEEK - timedelta(days=1), month_start=month_start)
    return periods.shift(begins, MONTHS[cadence] - 1)


def months(cadence: str, begins: date) -> list[date]:
    """The names of the months it is made of; not for weeks."""
    return [periods.shift(begins, number) for number in range(MONTHS[cadence])]


def period(cadence: str, begins: date, *, household: Household) -> Period:
    """Its days."""
    if cadence == WEEKLY:
        return week(begins, household)
    names = months(cadence, begins)
    return periods.months(names[0], names[-1], month_start=household.month_start)


def week(day: date, household: Household) -> Period:
    return periods.week(day, week_start=household.week_start)
