"""What a bank's file brought: the file while it is checked, a batch for each import, a row for each line taken."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from batua.fields import MoneyField
from transactions.models.entry import Transaction
from transactions.models.wallet import Wallet

# The version of an entry that nobody and nothing has changed.
AS_WRITTEN = 1


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class ImportBatch(models.Model):
    """One import: which file, into which wallet (None: several), by whom, and what came of it.

    A batch that was taken back stays, so that everybody sees that it was.
    """

    # Between the format and the app in ``file_format``: "csv" of a bank, "csv/YNAB" of that app's export.
    OF_APP: ClassVar = "/"

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(max_length=64, editable=False)
    file_format = models.CharField(_("format"), max_length=40)
    # Files of one layout are of one bank's making: lines that both should have are told apart exactly.
    layout = models.CharField(max_length=64, blank=True, editable=False)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    known_count = models.PositiveIntegerField(_("known"), default=0)
    skipped_count = models.PositiveIntegerField(_("skipped"), default=0)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    # By how much it moved the one wallet's opening balance, to what the bank says was there before; for what lines say,
    # and for several wallets, see ImportedLine.openings.
    opened = MoneyField(null=True, editable=False)

    objects: ClassVar = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints: ClassVar = [models.UniqueConstraint(fields=["household", "id"], name="batch_of_household")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def plain_format(self) -> str:
        """The format that the file had: that of a table, also where an app wrote it."""
        return self.file_format.partition(self.OF_APP)[0]

    @property
    def app(self) -> str:
        """The app whose export the file was, "" of a bank's."""
        return self.file_format.partition(self.OF_APP)[2]


class ImportedLineQuerySet(models.QuerySet["ImportedLine"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def follow(self, entry: int, *, version: int) -> int:
        """Batua itself has changed this version of the entry: for lines that wrote it, nobody has changed it yet."""
        as_left = models.Q(left_version=version) if version > AS_WRITTEN else models.Q(left_version=None)
        for line in self.corrected().filter(entry=entry, turned__version=version):
            line.turned = {**(line.turned or {}), "version": version + 1}
            line.save(update_fields=["turned"])
        return self.filter(as_left, entry=entry, made_entry=True).update(left_version=version + 1)

    def left_out(self) -> Self:
        """Lines that were not taken, on purpose: they never had an entry, nor anything to bring."""
        return self.filter(entry=None, made_entry=False, alone__isnull=True, turned__isnull=True)

    def openings(self) -> Self:
        """Lines that moved what their wallet begins with: they have no entry, and never had one."""
        return self.filter(entry=None, made_entry=False, turned__has_key=ImportedLine.OPENED)

    def joined(self) -> Self:
        """Lines that told of an entry which was here, and left it as it was."""
        return self.filter(made_entry=False, turned__isnull=True, alone__isnull=False)

    def corrected(self) -> Self:
        """Lines that gave an entry which was here their amount and day."""
        return self.filter(made_entry=False, turned__has_key=ImportedLine.CORRECTED)

    def recognised_by(self, batch: ImportBatch) -> Self:
        """Lines of the import that told of entries which were here, and left them as they were."""
        return self.joined().filter(household=batch.household_id, batch=batch)


class ImportedLine(models.Model):
    """A line of a statement that was taken, or left out on purpose, by its identity within the wallet.

    The entry is empty once it was deleted: the line is then "deleted earlier" and does not come back by itself.
    Nor does one that was left out, which has none either: see ``left_out``. One that says what the wallet begins with
    is known, and has none: see ``openings``.
    """

    # In ``turned``: the day that the entry had before this line gave it its own, and its amount.
    CORRECTED: ClassVar = "date"
    # And by how much a line that says what the wallet begins with moved that.
    OPENED: ClassVar = "opened"

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    batch = models.ForeignKey(ImportBatch, models.DO_NOTHING, db_constraint=False, related_name="+")
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    # A digest over the bank's id, or over day, amount, text and ordinal among equals: see importing.
    key = models.CharField(max_length=64)
    line_number = models.PositiveIntegerField()
    raw = models.TextField()
    # The bank's own day and signed amount, whatever becomes of the entry; none of a further part of a split payment.
    day = models.DateField(null=True)
    amount = MoneyField(null=True)
    entry = models.ForeignKey(Transaction, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    is_pending = models.BooleanField(default=False)
    # False: the entry was here before, and this line only turned it into a transfer or told of it again.
    made_entry = models.BooleanField(default=True)
    # What the entry was before this line turned it into a transfer, or corrected it, and the version that it got by it.
    # Of a line that says what the wallet begins with, by how much it moved that: ``OPENED``.
    turned = models.JSONField(null=True)
    # What this line would have brought by itself, where it turned or joined the entry of another: see taking_back.
    alone = models.JSONField(null=True)
    # Of an entry that this line made, the version in which Batua left it, if that is not the first.
    left_version = models.PositiveIntegerField(null=True)

    objects: ClassVar = ImportedLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported line")
        verbose_name_plural = _("imported lines")
        constraints: ClassVar = [models.UniqueConstraint(fields=["wallet", "key"], name="one_line_per_wallet_and_key")]
        indexes: ClassVar = [models.Index(fields=["wallet", "day"], name="line_by_day")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line_number}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class Upload(models.Model):
    """A file that was sent in and is being checked: kept between the steps of an import, forgotten after a day.

    Once imported it has no content any more, but its batch: a second click finds what the first one did.
    """

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(blank=True)
    # Of a long file: its first entries, as a file of their own.
    front = models.BinaryField(null=True)
    batch = models.ForeignKey(ImportBatch, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    # Of a long file, whose lines lie in rows of their own: what is said above them; empty until it was read.
    staged = models.JSONField(null=True)
    # Of a short file: how its member asked to have it read, and what was chosen for its lines.
    chosen = models.JSONField(null=True)

    objects: ClassVar = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement being checked")
        verbose_name_plural = _("statements being checked")

    def __str__(self) -> str:
        return self.file_name


# Lines that bring something else than their verdict lets expect: few, and all that a sum has to look at again.
_TURNED = (
    models.Q(is_taken__isnull=False)
    | models.Q(choice="transfer")
    | models.Q(choice__startswith="is-")
    | models.Q(choice__startswith="to-")
    | (models.Q(verdict__in=["transfer", "joins"]) & ~models.Q(choice=""))
)


class StagedLine(models.Model):
    """A line of a long file that is being checked, with its verdict; ``content`` is all that is known of it.

    ``is_bound``: what becomes of it depends on other lines too, so those are taken together.
    ``is_taken`` and ``choice`` are the member's own; without them counts what the verdict and the suggestion say.
    """

    TURNED: ClassVar = _TURNED

    upload = models.ForeignKey(Upload, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    verdict = models.CharField(max_length=9)
    # What it brings; zero where it cannot be taken.
    amount = MoneyField()
    is_bound = models.BooleanField(default=False)
    content = models.TextField()
    # As a person reads it, to find all lines of the same.
    payee = models.CharField(max_length=200, db_default="")
    is_taken = models.BooleanField(null=True)
    choice = models.CharField(max_length=20, db_default="")

    class Meta:
        verbose_name = _("line being checked")
        verbose_name_plural = _("lines being checked")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "place"], name="one_staged_line_per_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["upload", "verdict", "place"], name="staged_by_verdict"),
            models.Index(fields=["upload"], condition=_TURNED, name="staged_and_turned"),
            models.Index(fields=["upload", "payee"], name="staged_by_payee"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.place}"


class StatementProfileQuerySet(models.QuerySet["StatementProfile"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class StatementProfile(models.Model):
    """How the household reads the files of one bank: recognised by their layout, used again without asking."""

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    layout = models.CharField(max_length=64, editable=False)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+", null=True)
    # What members chose, and what the files proved by themselves: see profiles.
    choices = models.JSONField(default=dict)
    used_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = StatementProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement profile")
        verbose_name_plural = _("statement profiles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "layout"], name="one_profile_per_layout"),
        ]

    def __str__(self) -> str:
        return self.name


class StatementAccountQuerySet(models.QuerySet["StatementAccount"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)


class StatementAccount(models.Model):
    """An account as files name it, by number or by name, and the wallet that the household keeps it in."""

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    name = models.CharField(_("account"), max_length=120)
    wallet = models.ForeignKey(Wallet, models.DO_NOTHING, db_constraint=False, related_name="+")

    objects: ClassVar = StatementAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account in statements")
        verbose_name_plural = _("accounts in statements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "name"], name="one_wallet_per_account"),
        ]

    def __str__(self) -> str:
        return self.name
