"""Where money lies: cash, a bank account, a card."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from batua.fields import MoneyField


class WalletQuerySet(models.QuerySet["Wallet"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def open(self) -> Self:
        return self.filter(archived_at=None)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Wallet(models.Model):
    """A place for money, with what lay in it before the first entry; its currency is the household's."""

    class Kind(models.TextChoices):
        CASH = "cash", _("Cash")
        BANK = "bank", _("Bank account")
        SAVINGS = "savings", _("Savings")
        CARD = "card", _("Card")
        LOAN = "loan", _("Loan")
        OTHER = "other", _("Something else")

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.BANK)
    currency = models.CharField(_("currency"), max_length=3, editable=False)
    opening_balance = MoneyField(_("opening balance"), default=0)
    position = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = WalletQuerySet.as_manager()

    class Meta:
        verbose_name = _("wallet")
        verbose_name_plural = _("wallets")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "id"], name="wallet_of_household"),
            models.UniqueConstraint(fields=["household", "id", "currency"], name="wallet_and_currency"),
            models.UniqueConstraint("household", Lower("name"), name="one_wallet_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["cash", "bank", "savings", "card", "loan", "other"]),
                name="wallet_kind_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="wallet_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
