"""What was meant: a limit for a category, each month with the limit it had; and who is told when it is used up."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household, Membership
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
    # The names of categories that were merged into this one and brought a budget along.
    merged_in = ArrayField(models.CharField(max_length=60), default=list, blank=True, editable=False)
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

    ``from_month`` is the first of the calendar month that names the household's month. ``roll_over`` says what goes
    from a period into the next one.
    """

    class Cadence(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        QUARTERLY = "quarterly", _("Every quarter")
        YEARLY = "yearly", _("Every year")

    class RollOver(models.TextChoices):
        NONE = "none", _("Nothing")
        LEFT = "left", _("What is left")
        BOTH = "both", _("What is left, and what was overspent")

    budget = models.ForeignKey(Budget, models.DO_NOTHING, db_constraint=False, related_name="limits")
    from_month = models.DateField(_("from"))
    amount = MoneyField(_("limit"), null=True, blank=True)
    cadence = models.CharField(_("counts for"), max_length=9, choices=Cadence, default=Cadence.MONTHLY)
    roll_over = models.CharField(_("carried over"), max_length=4, choices=RollOver, default=RollOver.NONE)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "from_month"], name="one_limit_per_month"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="limit_is_not_negative"
            ),
            models.CheckConstraint(condition=models.Q(from_month__day=1), name="limit_starts_with_a_month"),
            models.CheckConstraint(
                condition=models.Q(cadence__in=["weekly", "monthly", "quarterly", "yearly"]), name="cadence_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(roll_over__in=["none", "left", "both"]), name="roll_over_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.from_month} {self.amount}"


class AlertReader(models.Model):
    """A member who wants a mail when a limit is nearly, or wholly, used up."""

    membership = models.OneToOneField(
        Membership, models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("reader of alerts")
        verbose_name_plural = _("readers of alerts")

    def __str__(self) -> str:
        return str(self.membership_id)


class Alert(models.Model):
    """That a share of a limit was reached has been said: the row keeps it from being said twice.

    ``begins`` tells the budget's period: the name of its first month, or the first day of its week.
    """

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    category = models.ForeignKey(
        "transactions.Category", models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    begins = models.DateField()
    threshold = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "category", "begins", "threshold"], name="one_alert_each"),
            models.CheckConstraint(condition=models.Q(threshold__in=[80, 100]), name="threshold_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}:{self.category_id} {self.begins} {self.threshold}"
