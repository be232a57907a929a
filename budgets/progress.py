"""The door to the budgets: what was spent of each limit in a month, and the only meaning of "over".

Spending is asked of the ledger, never kept here. Amounts are Decimals in the household's currency, months are named by
the first of the calendar month they are called after. ``for_month`` answers numbers, ``lines`` the same ready to print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import money, periods
from budgets.models import BudgetLimit
from transactions import ledger

FULL = 100


@dataclass(frozen=True)
class Progress:
    """A budget in one month: its limit, and the net spending of its category."""

    id: int
    category_id: int
    category: str
    colour: int
    icon: str
    currency: str
    limit: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be spent; negative when over."""
        return self.limit - self.spent

    @property
    def is_over(self) -> bool:
        """Was more spent than planned? A limit of 0 is over with the first spending."""
        return self.spent > self.limit

    @property
    def used(self) -> Decimal:
        """The share of the limit that is used up, 1 being all of it; infinite where nothing was planned, but spent."""
        if self.limit:
            return self.spent / self.limit
        return Decimal("Infinity") if self.is_over else Decimal(0)


@dataclass(frozen=True)
class Bar:
    """What ``ui/_bar.html`` draws, in percent of its length.

    Not over: the whole length is the limit. Over: the whole length is what was spent, hatched beyond ``fill``.
    """

    fill: int
    over: bool
    pace: int | None
    tone: str
    label: str


@dataclass(frozen=True)
class Line:
    """One budget of a month, every field ready to print; ``url`` leads to the entries behind it."""

    id: int
    url: str
    category: str
    colour: int
    icon: str
    spent: str
    left: str
    is_over: bool
    bar: Bar


def for_month(household: Household, month: date) -> list[Progress]:
    """The budgets that have a limit in the month, the most used up first; two queries."""
    rows = _limits(household, month)
    period = periods.month(month, month_start=household.month_start)
    spent = ledger.spent(household, period, [row[1] for row in rows])
    found = [
        Progress(pk, category, name, colour, icon, household.currency, limit, spent[category])
        for pk, category, name, colour, icon, limit in rows
    ]
    return sorted(found, key=lambda progress: (-progress.used, progress.category.casefold(), progress.id))


def planned_categories(household: Household, month: date) -> set[int]:
    """The categories that have a limit in the month; one query."""
    return {row[1] for row in _limits(household, month)}


def lines(progresses: Iterable[Progress], *, month: date, month_start: int, today: date, locale: str) -> list[Line]:
    """The budgets of a month as a page prints them, in the order they come; no query."""
    pace = _pace(month, month_start=month_start, today=today)
    return [_line(progress, pace=pace, month=month, locale=locale) for progress in progresses]


def _limits(household: Household, month: date) -> list[tuple[int, int, str, int, str, Decimal]]:
    """Budget, its category, the category's name, colour and icon, and the limit; no amount means stopped."""
    rows = (
        BudgetLimit.objects.filter(budget__household=household, from_month__lte=month)
        # Of each budget the row not after the month rules it.
        .order_by("budget", "-from_month")
        .distinct("budget")
        .values_list(
            "budget",
            "budget__category",
            "budget__category__name",
            "budget__category__colour",
            "budget__category__icon",
            "amount",
        )
    )
    return [
        (budget, category, name, colour, icon, limit)
        for budget, category, name, colour, icon, limit in rows
        if limit is not None
    ]


def _pace(month: date, *, month_start: int, today: date) -> int | None:
    """How much of the month has gone when today is over, in percent; None when today is not in it."""
    period = periods.month(month, month_start=month_start)
    if period.start is None or not period.contains(today):
        return None
    return ((today - period.start).days + 1) * FULL // period.length


def _line(progress: Progress, *, pace: int | None, month: date, locale: str) -> Line:
    written = {"currency": progress.currency, "locale": locale}
    amounts = {
        "category": progress.category,
        "spent": money.format_money(progress.spent, **written),
        "limit": money.format_money(progress.limit, **written),
        "left": money.format_money(abs(progress.left), **written),
    }
    return Line(
        id=progress.id,
        url=f"{reverse('transactions:list')}?period={month:%Y-%m}&category={progress.category_id}",
        category=progress.category,
        colour=progress.colour,
        icon=progress.icon,
        spent=_("%(spent)s of %(limit)s") % amounts,
        left=(_("%(left)s over") if progress.is_over else _("%(left)s left")) % amounts,
        is_over=progress.is_over,
        bar=_bar(progress, pace=pace, label=_("%(category)s: %(spent)s of %(limit)s spent") % amounts),
    )


def _bar(progress: Progress, *, pace: int | None, label: str) -> Bar:
    if progress.is_over:
        fill = int(progress.limit * FULL / progress.spent)
        return Bar(fill, over=True, pace=pace and pace * fill // FULL, tone="spending", label=label)
    return Bar(max(0, int(progress.used * FULL)), over=False, pace=pace, tone="", label=label)
