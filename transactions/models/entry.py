"""One entry of the books: income, spending, or money moved between two own wallets."""

import uuid
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from batua.fields import MoneyField
from batua.periods import Period
from transactions.models.category import Category
from transactions.models.wallet import Wallet

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class TransactionQuerySet(models.QuerySet["Transaction"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def within(self, period: Period) -> Self:
        found = self
        if period.start is not None:
            found = found.filter(date__gte=period.start)
        if period.end is not None:
            found = found.filter(date__lt=period.end)
        return found

    def income(self) -> Self:
        return self.filter(kind=Transaction.Kind.INCOME)

    def spending(self) -> Self:
        return self.filter(kind=Transaction.Kind.EXPENSE)

    def touching(self, wallet_ids: list[int]) -> Self:
        """Entries of these wallets, transfers into them included."""
        return self.filter(models.Q(wallet__in=wallet_ids) | models.Q(to_wallet__in=wallet_ids))

    def mentioning(self, household: Household, text: str) -> Self:
        """Entries whose words begin with each word of the text, whatever its case and accents."""
        if not text.strip():
            return self
        query = models.Func(
            models.Value(household.pk, models.BigIntegerField()),
            models.Value(text, models.TextField()),
            function="batua_search_query",
            output_field=models.TextField(),
        )
        return self.filter(SearchMatch(models.F("search"), query))

    def noted(self, note: str) -> Self:
        """Entries whose whole note is this one, whatever its case, accents and white space."""
        return self.alias(payee=FoldedNote("note")).filter(payee=FoldedNote(models.Value(note, models.TextField())))

    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")


class SearchMatch(models.Func):
    """``search @@ query``: both made by the database's own functions, so words are folded in one place."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()
    conditional = True


class SearchWords(models.Func):
    function = "batua_search_words"
    output_field = SearchVectorField()


class FoldedNote(models.Func):
    """A note by which its payee is known: case, accents and white space do not tell two apart.

    ``of_column`` is the same of a column, for a statement that folds hundreds: a note in ASCII has no accents.
    """

    # White space that is one space already is not replaced by itself: to find it takes a fifth of replacing it.
    template = (
        "btrim(regexp_replace(batua_fold(%(expressions)s), '(?! )[[:space:]]+|[[:space:]][[:space:]]+', ' ', 'g'))"
    )
    output_field = models.TextField()

    @classmethod
    def of_column(cls, name: str) -> str:
        folded = cls.template % {"expressions": name}
        is_ascii = f"octet_length({name}) = char_length({name})"
        return folded.replace(
            f"batua_fold({name})", f"CASE WHEN {is_ascii} THEN lower({name}) ELSE batua_fold({name}) END"
        )


class Transaction(models.Model):
    """An entry. Its amount is relative to its kind and never zero: an expense of −200 is a refund.

    The database holds that a transfer has two wallets and no category, that income and expense have a category of
    their kind, that amounts have the currency's decimals, and that wallet and category are the household's own.
    """

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Spending")
        INCOME = "income", _("Income")
        TRANSFER = "transfer", _("Transfer")

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    to_wallet = models.ForeignKey(
        Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, blank=True, db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    currency = models.CharField(_("currency"), max_length=3, editable=False)
    amount = MoneyField(_("amount"))
    # Reserved for transfers between currencies.
    received_amount = MoneyField(_("received amount"), null=True, blank=True, editable=False)
    date = models.DateField(_("date"))
    category = models.ForeignKey(
        Category, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, blank=True, db_index=False
    )
    note = models.CharField(_("what for"), max_length=200, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    bank_text = models.TextField(_("bank text"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    # Counted up by a trigger on every update: stale edits are seen, and no write path can forget it.
    version = models.PositiveIntegerField(db_default=1, editable=False)
    idempotency_key = models.UUIDField(null=True, blank=True, editable=False)
    # Splits of one payment are sibling entries that share this.
    group_id = models.UUIDField(null=True, blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchWords("household_id", "note", "comment", "bank_text"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar = TransactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "id"], name="entry_of_household"),
            models.UniqueConstraint(fields=["household", "uuid"], name="one_entry_per_uuid"),
            models.UniqueConstraint(
                fields=["household", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="one_entry_per_idempotency_key",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["income", "expense", "transfer"]), name="entry_kind_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(amount=0), name="amount_is_not_zero"),
            models.CheckConstraint(
                condition=models.Q(
                    kind="transfer",
                    category__isnull=True,
                    to_wallet__isnull=False,
                    amount__gt=0,
                )
                | models.Q(
                    kind__in=["income", "expense"],
                    category__isnull=False,
                    to_wallet__isnull=True,
                    received_amount__isnull=True,
                ),
                name="transfer_has_two_wallets_others_a_category",
            ),
            models.CheckConstraint(
                condition=models.Q(to_wallet__isnull=True) | ~models.Q(to_wallet=models.F("wallet")),
                name="transfer_changes_the_wallet",
            ),
            models.CheckConstraint(
                condition=models.Q(date__range=(f"{EARLIEST_YEAR}-01-01", f"{LATEST_YEAR}-12-31")),
                name="date_is_within_1900_to_2100",
            ),
        ]
        indexes: ClassVar = [
            # Sums of days and a page of the list are answered from this one without touching the table.
            models.Index(
                fields=["household", "date", "id"],
                include=["kind", "category", "amount", "wallet"],
                name="entry_by_day",
            ),
            models.Index(fields=["household", "category", "-date", "-id"], name="entry_by_category"),
            models.Index(fields=["household", "wallet", "-date", "-id"], name="entry_by_wallet"),
            models.Index(
                fields=["household", "to_wallet", "-date", "-id"],
                condition=models.Q(to_wallet__isnull=False),
                name="entry_by_to_wallet",
            ),
            GinIndex(fields=["search"], name="entry_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.note} {self.amount} {self.currency}"

    @property
    def signed_amount(self) -> Decimal:
        """What the entry does to its wallet: income adds, spending and a transfer take away."""
        return self.amount if self.kind == self.Kind.INCOME else -self.amount
