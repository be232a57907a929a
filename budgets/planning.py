"""Planning: a limit is set or ended from a month on. Months before it keep what they had."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from accounts.models import Household
from budgets.models import Budget, BudgetLimit

Cadence, RollOver = BudgetLimit.Cadence, BudgetLimit.RollOver


class Terms(NamedTuple):
    """What a limit is: how much, for how long, and what goes from one period into the next."""

    amount: Decimal
    cadence: str = Cadence.MONTHLY
    roll_over: str = RollOver.NONE


class PlannedAlreadyError(Exception):
    """The category has a limit in that month: another tab, or another member, was quicker."""


class BudgetGoneError(Exception):
    """The budget was removed meanwhile."""


@transaction.atomic
def plan(*, household: Household, category_id: int, terms: Terms, from_month: date) -> Budget:
    """Plans for a category, again if it was stopped; what is planned for later months stays.

    Raises PlannedAlreadyError; an IntegrityError says that the category is gone.
    """
    budget, _made = Budget.objects.get_or_create(household=household, category_id=category_id)
    _lock(budget)
    if limit_in(budget, from_month) is not None:
        raise PlannedAlreadyError
    _write(budget, terms, from_month)
    return budget


@transaction.atomic
def set_limit(*, budget: Budget, terms: Terms, from_month: date) -> BudgetLimit:
    """The limit of the month and of all that follow; what was planned for later gives way. Raises BudgetGoneError."""
    _lock(budget)
    limit = _write(budget, terms, from_month)
    budget.limits.filter(from_month__gt=from_month).delete()
    return limit


@transaction.atomic
def set_limits(*, household: Household, terms: Iterable[tuple[int, Terms]], from_month: date) -> None:
    """The limits of several categories from the month on, each by the category's id; later months keep theirs."""
    for category_id, each in terms:
        budget, _made = Budget.objects.get_or_create(household=household, category_id=category_id)
        _lock(budget)
        _write(budget, each, from_month)


@transaction.atomic
def stop(*, budget: Budget, from_month: date) -> None:
    """No limit from the month on; a budget that never had one before goes altogether. Raises BudgetGoneError."""
    _lock(budget)
    budget.limits.filter(from_month__gte=from_month).delete()
    before = budget.limits.order_by("-from_month").first()
    if before is None:
        budget.delete()
    elif before.amount is not None:
        BudgetLimit.objects.create(budget=budget, from_month=from_month, amount=None)


@transaction.atomic
def join(*, source: Budget, target: Budget) -> None:
    """Two categories become one, and so do their budgets: from month to month what both together had to spend.

    Limits of different cadences do not add up; there the target's stays.
    """
    planned = {budget: list(budget.limits.order_by("from_month")) for budget in (source, target)}
    months = sorted({limit.from_month for limits in planned.values() for limit in limits})
    joined = [_sum(_ruling(planned[source], month), _ruling(planned[target], month), month) for month in months]
    target.limits.all().delete()
    for limit in joined:
        limit.budget = target
    BudgetLimit.objects.bulk_create(joined)
    source.delete()


def limit_in(budget: Budget, month: date) -> BudgetLimit | None:
    """The limit that rules the month; None when there is none, or it was stopped."""
    limit = budget.limits.filter(from_month__lte=month).order_by("-from_month").first()
    return limit if limit is not None and limit.amount is not None else None


def next_change(budget: Budget, month: date) -> date | None:
    """The month from which something else is planned."""
    later = budget.limits.filter(from_month__gt=month).order_by("from_month")
    return later.values_list("from_month", flat=True).first()


def _lock(budget: Budget) -> None:
    """One writer at a time: two tabs that plan for one category must not both be the first."""
    if Budget.objects.select_for_update().filter(pk=budget.pk).first() is None:
        raise BudgetGoneError


def _write(budget: Budget, terms: Terms, from_month: date) -> BudgetLimit:
    limit, _made = BudgetLimit.objects.update_or_create(budget=budget, from_month=from_month, defaults=terms._asdict())
    return limit


def _ruling(limits: list[BudgetLimit], month: date) -> BudgetLimit | None:
    rows = [limit for limit in limits if limit.from_month <= month]
    return rows[-1] if rows and rows[-1].amount is not None else None


def _sum(source: BudgetLimit | None, target: BudgetLimit | None, month: date) -> BudgetLimit:
    rules = target or source
    if rules is None:
        return BudgetLimit(from_month=month, amount=None)
    amount = rules.amount or Decimal(0)
    if source is not None and target is not None and source.cadence == target.cadence:
        amount += source.amount or Decimal(0)
    return BudgetLimit(from_month=month, amount=amount, cadence=rules.cadence, roll_over=rules.roll_over)
