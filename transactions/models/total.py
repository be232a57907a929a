"""Totals: kept by triggers in the same transaction as the entries, never written by Python."""

from typing import ClassVar, Self

from django.db import models

from accounts.models import Household
from batua.periods import Period
from transactions.models.category import Category
from transactions.models.wallet import Wallet


class MonthTotalQuerySet(models.QuerySet["MonthTotal"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def within(self, period: Period) -> Self:
        """Rows of a period made of whole household months; ValueError for any other."""
        if period.months is None:
            raise ValueError(f"{period} is not made of whole months: sum its days instead.")
        return self.filter(month__range=period.months)


class MonthTotal(models.Model):
    """What one household month brought for one kind, category and pair of wallets.

    ``month`` is the first of the calendar month that names the household's month. ``gross`` sums the positive amounts,
    ``back`` the negative ones (as a positive number): the net is gross − back. ``entries`` may be 0.
    """

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    month = models.DateField()
    kind = models.CharField(max_length=8)
    category = models.ForeignKey(Category, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+")
    to_wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    # Wider than an entry's amount: many of the largest amounts still add up.
    gross = models.DecimalField(max_digits=31, decimal_places=4, default=0)
    back = models.DecimalField(max_digits=31, decimal_places=4, default=0)
    entries = models.BigIntegerField(default=0)

    objects: ClassVar = MonthTotalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "month", "kind", "category", "wallet", "to_wallet", "currency"],
                nulls_distinct=False,
                name="one_total_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.kind} {self.gross - self.back} {self.currency}"


class YearTotalQuerySet(models.QuerySet["YearTotal"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class YearTotal(models.Model):
    """What the months that are named in one year brought, worked out from their totals: all time is a sum of these.

    ``year`` is its first day. Amounts and entries are those of MonthTotal, added up.
    """

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    year = models.DateField()
    kind = models.CharField(max_length=8)
    category = models.ForeignKey(Category, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+")
    to_wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    gross = models.DecimalField(max_digits=33, decimal_places=4, default=0)
    back = models.DecimalField(max_digits=33, decimal_places=4, default=0)
    entries = models.BigIntegerField(default=0)

    objects: ClassVar = YearTotalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "year", "kind", "category", "wallet", "to_wallet"],
                nulls_distinct=False,
                name="one_total_per_year_and_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year:%Y} {self.kind} {self.gross - self.back}"


class WalletTotalQuerySet(models.QuerySet["WalletTotal"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class WalletTotal(models.Model):
    """What all months moved in one wallet, worked out from their totals: its balance without the opening one.

    ``moved`` is in the household's currency. ``entries`` are those of the wallet, ``arrivals`` the transfers into it.
    """

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    moved = models.DecimalField(max_digits=35, decimal_places=4, default=0)
    entries = models.BigIntegerField(default=0)
    arrivals = models.BigIntegerField(default=0)

    objects: ClassVar = WalletTotalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "wallet"], name="one_total_per_wallet"),
        ]

    def __str__(self) -> str:
        return f"{self.wallet_id} {self.moved}"
