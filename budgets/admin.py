"""Budgets at the support desk, with the limits that they had."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk import Looking, RowsInside
from budgets.models import Budget, BudgetLimit


class LimitInline(RowsInside):
    model = BudgetLimit


@admin.register(Budget)
class BudgetAdmin(Looking):
    list_display = ("category", "household", "created_at")
    list_select_related = ("household", "category")
    search_fields = ("=household__id", "=household__members__email")
    search_help_text = _("The number of a household, or the whole address of a member")
    inlines = [LimitInline]
