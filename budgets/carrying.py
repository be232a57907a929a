"""What each budget has from the stretches before: the chain of its roll-overs, asked of the ledger in one statement.

The limit that rules a stretch decides what leaves it: whoever turns roll-over on in November begins December with what
November left, and no month before changes. A stop and a change of the cadence end a chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from accounts.models import Household
from budgets import cadence
from budgets.models import BudgetLimit
from transactions import ledger
from transactions.ledger import NOTHING, CategorySpending, Spent, Stretch

ZERO = Decimal(0)


class Limit(NamedTuple):
    """One row of a budget; no amount means stopped."""

    from_month: date
    amount: Decimal | None
    cadence: str
    roll_over: str


class Link(NamedTuple):
    """A stretch that is over, and what it leaves."""

    begins: date
    amount: Decimal
    roll_over: str


@dataclass(frozen=True)
class Planned:
    """A budget with the limits it had up to a month, the newest first; ``begins`` tells the stretch that is shown."""

    id: int
    category: int
    name: str
    colour: int
    icon: str
    is_archived: bool
    merged_in: tuple[str, ...]
    limits: list[Limit]
    begins: date
    chain: list[Link]

    @property
    def current(self) -> Limit:
        return self.limits[0]

    @property
    def limit(self) -> Decimal:
        return self.current.amount or ZERO


def planned(household: Household, month: date, *, today: date) -> list[Planned]:
    """The budgets that have a limit in the month; one query."""
    rows = (
        BudgetLimit.objects.filter(budget__household=household, from_month__lte=month)
        .order_by("budget", "-from_month")
        .values_list(
            "budget",
            "budget__category",
            "budget__category__name",
            "budget__category__colour",
            "budget__category__icon",
            "budget__category__archived_at",
            "budget__merged_in",
            "from_month",
            "amount",
            "cadence",
            "roll_over",
        )
    )
    limits: dict[int, list[Limit]] = {}
    named = {}
    for row in rows:
        named[row[0]] = row[:7]
        limits.setdefault(row[0], []).append(Limit(*row[7:]))
    found = []
    for key, category, name, colour, icon, archived_at, merged_in in named.values():
        current = limits[key][0]
        if current.amount is None:
            continue
        begins = cadence.begins(current.cadence, month, household=household, today=today)
        chain = _chain(limits[key], begins, household.month_start)
        is_archived = archived_at is not None
        found.append(
            Planned(key, category, name, colour, icon, is_archived, tuple(merged_in), limits[key], begins, chain)
        )
    return found


def spending(household: Household, month: date, plans: Iterable[Planned]) -> dict[int, CategorySpending]:
    """What was spent on every category in the month, and in the stretches of the plans; one query."""
    months: dict[int, Stretch] = {}
    weeks: dict[int, Stretch] = {}
    for plan in plans:
        first = plan.chain[0].begins if plan.chain else plan.begins
        if plan.current.cadence == cadence.WEEKLY:
            weeks[plan.category] = first, plan.begins
        else:
            months[plan.category] = first, cadence.months(plan.current.cadence, plan.begins)[-1]
    return ledger.spending(household, month, months=months, weeks=weeks)


def spent(plan: Planned, begins: date, spending: CategorySpending | None) -> Spent:
    """What was spent in one stretch of the plan."""
    if spending is None:
        return NOTHING
    if plan.current.cadence == cadence.WEEKLY:
        return spending.weeks.get(begins, NOTHING)
    found = (spending.months.get(name, NOTHING) for name in cadence.months(plan.current.cadence, begins))
    return sum(found, NOTHING)


def carried(plan: Planned, spending: CategorySpending | None) -> Decimal:
    """What the stretch that is shown begins with; negative when more was spent than there was."""
    carried = ZERO
    for link in plan.chain:
        left = link.amount + carried - spent(plan, link.begins, spending).net
        carried = left if link.roll_over == BudgetLimit.RollOver.BOTH else max(ZERO, left)
    return carried


def _chain(limits: list[Limit], begins: date, month_start: int) -> list[Link]:
    """The stretches before, the oldest first, back to one that leaves nothing to the next."""
    links: list[Link] = []
    rhythm, row = limits[0].cadence, 0
    while True:
        begins = cadence.before(rhythm, begins)
        ends_in = cadence.month_it_ends_in(rhythm, begins, month_start=month_start)
        while row < len(limits) and limits[row].from_month > ends_in:
            row += 1
        if row == len(limits) or not _leaves(limits[row], rhythm):
            return links[::-1]
        links.append(Link(begins, limits[row].amount or ZERO, limits[row].roll_over))


def _leaves(limit: Limit, rhythm: str) -> bool:
    return limit.amount is not None and limit.cadence == rhythm and limit.roll_over != BudgetLimit.RollOver.NONE
