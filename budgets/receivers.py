"""What budgets do when a category below them is merged away, and what they answer when its uses are counted."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import ngettext

from accounts.models import Household
from budgets.models import Budget
from transactions.signals import category_merged, category_uses


@receiver(category_merged)
def follow(sender: Any, *, household: Household, source: int, target: int, **rest: Any) -> None:
    """The budget goes along; where the target has one already, that one stays."""
    budgets = Budget.objects.of(household)
    if budgets.filter(category=target).exists():
        budgets.filter(category=source).delete()
    else:
        budgets.filter(category=source).update(category=target)


@receiver(category_uses)
def count(sender: Any, *, household: Household, category: int, **rest: Any) -> str | None:
    number = Budget.objects.of(household).filter(category=category).count()
    return ngettext("%(count)d budget", "%(count)d budgets", number) % {"count": number} if number else None
