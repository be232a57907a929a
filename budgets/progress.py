"""The door to the budgets: what was spent of each limit, what "over" means, and whether the pace is right.

Spending is asked of the ledger, never kept here. Amounts are Decimals in the household's currency, months are named by
the first of the calendar month they are called after. ``for_month`` answers numbers, ``lines`` the same ready to print.

The rule of pace, written down here and nowhere else:

- A budget is **over** when more was spent than its limit and what it carried over: a limit of 0 at the first cent.
- Else, while its period runs, it is **fast** when spending at the rate of the days gone would end above that, and
  **on track** when not. The projection is ``spent / days gone * days of the period``, today being gone.
- One or two payments are no rate (the rent is paid once), and neither is the first tenth of a period: then nothing is
  projected, and what is not over is on track. A projection is never less than what is spent already.
- The mark on the bar is the share of the period's days that have gone.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import Enum

from accounts.models import Household
from batua import money
from batua.periods import Period
from budgets import cadence, carrying
from budgets.carrying import Planned
from budgets.lines import Bar as Bar
from budgets.lines import Line as Line
from budgets.lines import lines as lines
from transactions.ledger import NOTHING, CategorySpending, Spent

FULL = 100
FEWEST_PAYMENTS = 3
TOO_EARLY = 10


class Pace(Enum):
    """How the spending of a period stands."""

    ON_TRACK = "on-track"
    FAST = "fast"
    OVER = "over"


@dataclass(frozen=True)
class Progress:
    """A budget in one of its periods: its limit, what it carried over, and the spending of its category.

    ``month_spent`` is the category's net spending in the household month that is shown, whatever the cadence;
    ``begins`` names the period (see cadence).
    """

    id: int
    category_id: int
    category: str
    colour: int
    icon: str
    is_archived: bool
    merged_in: tuple[str, ...]
    currency: str
    cadence: str
    roll_over: str
    begins: date
    period: Period
    limit: Decimal
    carried: Decimal
    outlay: Spent
    month_spent: Decimal

    @property
    def spent(self) -> Decimal:
        """What was spent, less what came back."""
        return self.outlay.net

    @property
    def available(self) -> Decimal:
        """What there was to spend; negative when more was overspent before than is planned now."""
        return self.limit + self.carried

    @property
    def left(self) -> Decimal:
        """What may still be spent; negative when over."""
        return self.available - self.spent

    @property
    def is_over(self) -> bool:
        """Was more spent than there was?"""
        return self.spent > self.available

    @property
    def used(self) -> Decimal:
        """The share that is used up, 1 being all of it; infinite where there was nothing to spend, but it was."""
        if self.available > 0:
            return self.spent / self.available
        return Decimal("Infinity") if self.is_over else Decimal(0)

    def days_gone(self, today: date) -> int | None:
        """How many days of the period have gone when today is over; None when today is not in it."""
        if self.period.start is None or not self.period.contains(today):
            return None
        return (today - self.period.start).days + 1

    def share_gone(self, today: date) -> int | None:
        """The mark on the bar, in percent."""
        gone = self.days_gone(today)
        return None if gone is None else gone * FULL // self.period.length

    def projected(self, today: date) -> Decimal | None:
        """What will have been spent when the period ends, by the rule of pace; None when nothing can be said."""
        gone, length = self.days_gone(today), self.period.length
        if gone is None or gone * TOO_EARLY <= length or self.outlay.entries < FEWEST_PAYMENTS:
            return None
        return max(self.spent, self.spent * length / gone)

    def pace(self, today: date) -> Pace | None:
        """How it stands; None for a period that is over and was kept, and for one to come."""
        if self.is_over:
            return Pace.OVER
        if self.days_gone(today) is None:
            return None
        projected = self.projected(today)
        return Pace.FAST if projected is not None and projected > self.available else Pace.ON_TRACK

    def left_per_day(self, today: date) -> tuple[Decimal, int] | None:
        """What is left for each day, today included, rounded down, and how many days; None when there is neither."""
        gone = self.days_gone(today)
        if gone is None or self.left <= 0:
            return None
        days = self.period.length - gone + 1
        smallest = Decimal(1).scaleb(-money.decimals(self.currency))
        return (self.left / days).quantize(smallest, rounding=ROUND_DOWN), days


@dataclass(frozen=True)
class Unplanned:
    """A category that has spending in the month and no limit."""

    id: int
    name: str
    colour: int
    icon: str
    is_archived: bool
    spent: Decimal


@dataclass(frozen=True)
class Month:
    """All spending of a month: of the budgets (the most used up first), and beside them (the most first)."""

    budgets: list[Progress]
    unplanned: list[Unplanned]


def of_month(household: Household, month: date, *, today: date) -> Month:
    """The budgets that have a limit in the month, and the spending without one; two queries."""
    plans = carrying.planned(household, month, today=today)
    spending = carrying.spending(household, month, plans)
    budgets = [_progress(plan, spending.get(plan.category), household, month) for plan in plans]
    planned = {plan.category for plan in plans}
    beside = [
        Unplanned(each.id, each.name, each.colour, each.icon, each.is_archived, each.months[month].net)
        for each in spending.values()
        if each.id not in planned and month in each.months
    ]
    return Month(
        budgets=sorted(budgets, key=lambda budget: (-budget.used, budget.category.casefold(), budget.id)),
        unplanned=sorted(beside, key=lambda each: (-each.spent, each.name.casefold(), each.id)),
    )


def for_month(household: Household, month: date, *, today: date) -> list[Progress]:
    """The budgets that have a limit in the month, the most used up first; two queries."""
    return of_month(household, month, today=today).budgets


def planned_categories(household: Household, month: date) -> set[int]:
    """The categories that have a limit in the month; one query."""
    return {plan.category for plan in carrying.planned(household, month, today=month)}


def _progress(plan: Planned, spending: CategorySpending | None, household: Household, month: date) -> Progress:
    in_month = spending.months.get(month, NOTHING) if spending else NOTHING
    return Progress(
        id=plan.id,
        category_id=plan.category,
        category=plan.name,
        colour=plan.colour,
        icon=plan.icon,
        is_archived=plan.is_archived,
        merged_in=plan.merged_in,
        currency=household.currency,
        cadence=plan.current.cadence,
        roll_over=plan.current.roll_over,
        begins=plan.begins,
        period=cadence.period(plan.current.cadence, plan.begins, household=household),
        limit=plan.limit,
        carried=carrying.carried(plan, spending),
        outlay=carrying.spent(plan, plan.begins, spending),
        month_spent=in_month.net,
    )
