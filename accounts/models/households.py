"""Whose books are kept: the household, and a person's place in it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class Household(models.Model):
    """The tenant: every row of money belongs to one. Its currency is fixed once entries exist."""

    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    month_start = models.PositiveSmallIntegerField(_("first day of the month"), default=1)
    week_start = models.PositiveSmallIntegerField(_("first day of the week"), default=0)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    members = models.ManyToManyField(User, through="Membership", related_name="households")

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(month_start__range=(1, 28)), name="month_starts_by_the_28th"),
            models.CheckConstraint(condition=models.Q(week_start__range=(0, 6)), name="week_start_is_a_weekday"),
            models.CheckConstraint(
                condition=models.Q(currency__regex="^[A-Z]{3}$"), name="household_currency_is_a_code"
            ),
            # Referred to by wallets, so that their currency is the household's.
            models.UniqueConstraint(fields=["id", "currency"], name="household_and_currency"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in a household."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        VIEWER = "viewer", _("Viewer")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    # The database deletes the row with its household (see the migration).
    household = models.ForeignKey(Household, models.DO_NOTHING, related_name="memberships", db_constraint=False)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.OWNER)
    joined_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "user"], name="one_membership_per_household"),
            models.CheckConstraint(condition=models.Q(role__in=["owner", "editor", "viewer"]), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.household_id}"

    @property
    def may_write(self) -> bool:
        return self.role != self.Role.VIEWER
