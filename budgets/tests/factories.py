"""Budgets for tests, made with the fewest words."""

from datetime import date
from decimal import Decimal

from accounts.models import Household
from budgets.models import Budget, BudgetLimit
from transactions.tests.factories import the_category


def make_budget(
    household: Household,
    amount: str | int | None = "1000",
    *,
    category: str = "Groceries",
    from_month: date = date(2026, 1, 1),
    **rules: str,
) -> Budget:
    """A budget with one limit; no amount means stopped. The category is made when there is none of that name."""
    chosen = the_category(household, category, "expense")
    budget, _made = Budget.objects.get_or_create(household=household, category=chosen)
    make_limit(budget, amount, from_month=from_month, **rules)
    return budget


def make_limit(budget: Budget, amount: str | int | None, *, from_month: date, **rules: str) -> BudgetLimit:
    """``rules`` are cadence and roll_over; monthly and none when they are not named."""
    limit = None if amount is None else Decimal(amount)
    return BudgetLimit.objects.create(budget=budget, from_month=from_month, amount=limit, **rules)
