"""Limits that the page proposes: those of the month before, or what the last months cost on average.

Nothing is written here: a member looks at the proposals and takes them, or not.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from accounts.models import Household
from batua import periods
from budgets import carrying
from budgets.models import BudgetLimit
from budgets.planning import Terms
from transactions import ledger
from transactions.ledger import NOTHING, CategorySpending

MONTHS = 3
ZERO = Decimal(0)


@dataclass(frozen=True)
class Proposal:
    """A limit for one category; ``now`` is the one it has in the month, ``months`` what the last ones cost.

    ``is_chosen`` says whether it is ticked before anyone looked: what would replace a limit of the month is not.
    """

    category: int
    name: str
    colour: int
    icon: str
    terms: Terms
    now: Decimal | None
    months: tuple[tuple[date, Decimal], ...] = ()
    is_chosen: bool = True


def of_the_month_before(household: Household, month: date) -> list[Proposal]:
    """The limits of the month before that the month does not have, or has differently; three queries."""
    before = periods.shift(month, -1)
    offered = _offered(household)
    now = {plan.category: plan.current for plan in carrying.planned(household, month, today=month)}
    proposals = []
    for plan in carrying.planned(household, before, today=before):
        terms = Terms(plan.limit, plan.current.cadence, plan.current.roll_over)
        current = now.get(plan.category)
        if plan.category in offered and (current is None or current[1:] != tuple(terms)):
            amount = current.amount if current else None
            proposals.append(Proposal(plan.category, plan.name, plan.colour, plan.icon, terms, amount))
    return sorted(proposals, key=lambda proposal: proposal.name.casefold())


def of_the_average(household: Household, month: date) -> list[Proposal]:
    """For each category a monthly limit: the average of the last three months, or of those the books have.

    Rounded up to whole units of the currency. Categories with a limit of another cadence are left alone; four queries.
    """
    first = ledger.first_day(household)
    names = _months_with_books(first, month, household.month_start)
    if not names:
        return []
    offered = _offered(household)
    limits = {plan.category: plan.current for plan in carrying.planned(household, month, today=month)}
    stretches = dict.fromkeys(offered, (names[0], names[-1]))
    spending = ledger.spending(household, month, months=stretches)
    found = [
        _average(spending[key], names, limits.get(key))
        for key in offered
        if key in spending and _is_monthly(limits.get(key))
    ]
    proposals = [proposal for proposal in found if proposal.terms.amount and proposal.now != proposal.terms.amount]
    return sorted(proposals, key=lambda proposal: (-proposal.terms.amount, proposal.name.casefold()))


def average_of(household: Household, category: int, month: date) -> Decimal | None:
    """What the last months of one category cost on average; None when they cost nothing."""
    return next((each.terms.amount for each in of_the_average(household, month) if each.category == category), None)


def _average(spending: CategorySpending, names: list[date], limit: carrying.Limit | None) -> Proposal:
    months = tuple((name, spending.months.get(name, NOTHING).net) for name in names)
    average = max(ZERO, sum((net for _name, net in months), ZERO) / len(months)).quantize(Decimal(1), rounding=ROUND_UP)
    roll_over = limit.roll_over if limit else BudgetLimit.RollOver.NONE
    return Proposal(
        category=spending.id,
        name=spending.name,
        colour=spending.colour,
        icon=spending.icon,
        terms=Terms(average, roll_over=roll_over),
        now=limit.amount if limit else None,
        months=months,
        is_chosen=limit is None,
    )


def _months_with_books(first: date | None, month: date, month_start: int) -> list[date]:
    """The last three months, but none from before the first entry."""
    if first is None:
        return []
    begun = periods.month_of(first, month_start=month_start)
    names = (periods.shift(month, -number) for number in range(MONTHS, 0, -1))
    return [name for name in names if name >= begun]


def _offered(household: Household) -> set[int]:
    return {choice.id for choice in ledger.category_choices(household, ledger.EXPENSE)}


def _is_monthly(limit: carrying.Limit | None) -> bool:
    return limit is None or limit.cadence == BudgetLimit.Cadence.MONTHLY
