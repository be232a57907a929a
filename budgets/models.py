"""What was meant: a monthly limit for a category, each month with the limit it had."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from batua.fields import MoneyField


class BudgetQuerySet(models.QuerySet["Budget"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class Budget(models.Model):
    """A category that the household plans for. What was planned stands in its limits."""

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    category = models.ForeignKey(
        "transactions.Category", models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("category")
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "category"], name="one_budget_per_category"),
            models.UniqueConstraint(fields=["household", "id"], name="budget_of_household"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}:{self.category_id}"


class BudgetLimit(models.Model):
    """The limit from a month on, until the next row. Past months are never rewritten; no amount means stopped.

    ``from_month`` is the first of the calendar month that names the household's month.
    """

    class Cadence(models.TextChoices):
        MONTHLY = "monthly", _("Every month")

    budget = models.ForeignKey(Budget, models.DO_NOTHING, db_constraint=False, related_name="limits")
    from_month = models.DateField(_("from"))
    amount = MoneyField(_("limit"), null=True, blank=True)
    rolls_over = models.BooleanField(_("carry over what is left"), default=False)
    cadence = models.CharField(max_length=8, choices=Cadence, default=Cadence.MONTHLY)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "from_month"], name="one_limit_per_month"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="limit_is_not_negative"
            ),
            models.CheckConstraint(condition=models.Q(from_month__day=1), name="limit_starts_with_a_month"),
            models.CheckConstraint(condition=models.Q(cadence__in=["monthly"]), name="cadence_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.from_month} {self.amount}"
