"""What budgets do when a category below them is merged away, and what they answer when its uses are counted."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import ngettext

from accounts.models import Household
from budgets import planning
from budgets.models import Budget
from transactions.signals import category_merged, category_uses


@receiver(category_merged)
def follow(sender: Any, *, household: Household, source: int, target: int, **rest: Any) -> None:
    """The budget goes along, and says so; where the target has one already, the two become one."""
    budgets = Budget.objects.of(household).select_for_update(of=("self",)).select_related("category").order_by("pk")
    found = {budget.category_id: budget for budget in budgets.filter(category__in=[source, target])}
    moving, staying = found.get(source), found.get(target)
    if moving is None:
        return
    merged_in = [*moving.merged_in, moving.category.name]
    if staying is None:
        moving.category_id, moving.merged_in = target, merged_in
        moving.save(update_fields=["category", "merged_in"])
    else:
        planning.join(source=moving, target=staying)
        staying.merged_in = [*staying.merged_in, *merged_in]
        staying.save(update_fields=["merged_in"])


@receiver(category_uses)
def count(sender: Any, *, household: Household, category: int, **rest: Any) -> str | None:
    number = Budget.objects.of(household).filter(category=category).count()
    return ngettext("%(count)d budget", "%(count)d budgets", number) % {"count": number} if number else None
