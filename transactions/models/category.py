"""What money is for: the household's own list of income and expense categories."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household


class CategoryQuerySet(models.QuerySet["Category"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def open(self) -> Self:
        return self.filter(archived_at=None)

    def by_name(self) -> Self:
        """Alphabetical, "Other" last."""
        return self.order_by("is_other", Lower("name"), "pk")


class Category(models.Model):
    """A name for a kind of income or spending. Each household has a protected "Other" of either kind."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Spending")
        INCOME = "income", _("Income")

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.EXPENSE)
    name = models.CharField(_("name"), max_length=60)
    colour = models.PositiveSmallIntegerField(_("colour"), default=1)
    icon = models.CharField(_("icon"), max_length=40, default="circle")
    keywords = ArrayField(models.CharField(max_length=60), verbose_name=_("keywords"), default=list, blank=True)
    is_other = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "id"], name="category_of_household"),
            models.UniqueConstraint(fields=["household", "id", "kind"], name="category_and_kind"),
            models.UniqueConstraint("household", "kind", Lower("name"), name="one_category_of_a_name"),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=models.Q(is_other=True), name="one_other_of_a_kind"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["income", "expense"]), name="category_kind_is_known"),
            models.CheckConstraint(condition=models.Q(colour__range=(1, 12)), name="colour_is_one_of_twelve"),
            models.CheckConstraint(condition=~models.Q(name=""), name="category_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(is_other=False) | models.Q(archived_at=None), name="other_stays_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name
