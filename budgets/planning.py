"""Planning: a limit is set or ended from a month on. Months before it keep what they had."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Household
from budgets.models import Budget, BudgetLimit


@transaction.atomic
def plan(*, household: Household, category_id: int, amount: Decimal, from_month: date) -> Budget:
    """Plans for a category, again if it was stopped; an IntegrityError says that the category is gone."""
    budget, _made = Budget.objects.get_or_create(household=household, category_id=category_id)
    set_limit(budget=budget, amount=amount, from_month=from_month)
    return budget


@transaction.atomic
def set_limit(*, budget: Budget, amount: Decimal, from_month: date) -> BudgetLimit:
    """The limit of the month and of all that follow; what was planned for later gives way."""
    limit, _made = BudgetLimit.objects.update_or_create(
        budget=budget, from_month=from_month, defaults={"amount": amount}
    )
    budget.limits.filter(from_month__gt=from_month).delete()
    return limit


@transaction.atomic
def stop(*, budget: Budget, from_month: date) -> None:
    """No limit from the month on; a budget that never had one before goes altogether."""
    budget.limits.filter(from_month__gte=from_month).delete()
    if budget.limits.exists():
        BudgetLimit.objects.create(budget=budget, from_month=from_month, amount=None)
    else:
        budget.delete()


def limit_in(budget: Budget, month: date) -> Decimal | None:
    """The limit that rules the month; None when there is none."""
    return budget.limits.filter(from_month__lte=month).order_by("-from_month").values_list("amount", flat=True).first()


def next_change(budget: Budget, month: date) -> date | None:
    """The month from which something else is planned."""
    later = budget.limits.filter(from_month__gt=month).order_by("from_month")
    return later.values_list("from_month", flat=True).first()
