"""What a backup holds: its tables, in the order in which they can be restored, and their columns."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import Household, User
from batua.backup import values
from batua.backup.values import Codec

FORMAT = "batua-household"
VERSION = 1  # of the manifest and of the form of a row
# Of the tables and their columns. Whoever changes a written column raises it, and has `archive` read the one before.
SCHEMA = 4
OLDEST_SCHEMA = 1
MANIFEST = "manifest.json"

# The fields of JSON, each with its own form.
_JSON = {
    "imported_lines.turned": values.TURNED,
    "imported_lines.alone": values.ALONE,
    "statement_profiles.choices": values.PAIRS,
}
# Columns that came after the first schema: older backups are read as if they were empty there.
_SINCE = dict.fromkeys((f"imported_lines.{name}" for name in ("day", "amount", "alone", "left_version")), 2) | {
    "import_batches.opened": 3
}


@dataclass(frozen=True)
class Column:
    """A field of a row: its name in the archive, where the query finds it, and how it is written."""

    name: str
    lookup: str
    column: str
    codec: Codec
    is_optional: bool


@dataclass(frozen=True)
class Table:
    """Rows of one model, in a file of their own. ``path`` leads from a row to the key of its household."""

    name: str
    label: str
    path: str = "household"

    @property
    def file(self) -> str:
        return f"{self.name}.jsonl"

    @cached_property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @cached_property
    def key(self) -> str:
        """The column of the key that the database counts up; empty where the key is that of another row."""
        pk = self.model._meta.pk
        return str(pk.column) if isinstance(pk, models.AutoField) else ""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Everything but the key, the household and what the database works out by itself."""
        fields = [field for field in self.model._meta.concrete_fields if not field.generated]
        kept = [field for field in fields if field.column != self.key and field.related_model is not Household]
        return tuple(column for field in kept for column in self._columns(field))

    def names(self, schema: int) -> set[str]:
        """The columns that a backup of this schema has."""
        return {column.name for column in self.columns if _SINCE.get(f"{self.name}.{column.name}", 1) <= schema}

    def _columns(self, field: "models.Field[Any, Any]") -> list[Column]:
        if self.label == "accounts.Membership" and field.related_model is User:
            return [self._of_person(User._meta.get_field(name)) for name in PREFERENCES]
        lookup, codec = field.name, _codec(self, field)
        if codec is values.PERSON:
            lookup = f"{field.name}__email"
        return [Column(field.name, lookup, str(field.column), codec, field.null)]

    @staticmethod
    def _of_person(field: Any) -> Column:
        return Column(field.name, f"user__{field.name}", "", values.of_field(field), is_optional=False)


# Who a member is, and how they like to read. No password, not even its hash.
PREFERENCES = ("email", "name", "locale", "time_zone", "theme")

HOUSEHOLD = Table("household", "accounts.Household", "pk")
MEMBERSHIPS = Table("memberships", "accounts.Membership")
TABLES = (
    HOUSEHOLD,
    MEMBERSHIPS,
    Table("wallets", "transactions.Wallet"),
    Table("categories", "transactions.Category"),
    Table("entries", "transactions.Transaction"),
    Table("import_batches", "transactions.ImportBatch"),
    Table("imported_lines", "transactions.ImportedLine"),
    Table("statement_profiles", "transactions.StatementProfile"),
    Table("statement_accounts", "transactions.StatementAccount"),
    Table("budgets", "budgets.Budget"),
    Table("budget_limits", "budgets.BudgetLimit", "budget__household"),
    Table("alert_readers", "budgets.AlertReader", "membership__household"),
    Table("alerts", "budgets.Alert"),
)

# Models of a household that no backup holds, and why.
NOT_WRITTEN = {
    "transactions.MonthTotal": "The database works month totals out from the entries.",
    "transactions.WalletTotal": "The database works them out from the month totals.",
    "transactions.YearTotal": "The database works them out from the month totals.",
    "accounts.Job": "What was prepared in the background is kept for a day.",
    "accounts.Webhook": "Its secret is sealed with this installation's key; told anew where books move to.",
    "accounts.WebhookDelivery": "A note of what this installation sent.",
    "accounts.KeptAnswer": "An answer kept for a repeated request is forgotten after a day.",
    "transactions.Upload": "A file that is being checked is forgotten after a day.",
    "transactions.StagedLine": "Lines of a long file that is being checked go with it.",
}


def _codec(table: Table, field: "models.Field[Any, Any]") -> Codec:
    if field.related_model is User:
        return values.PERSON
    if field.is_relation:
        target = next(each for each in TABLES if each.model is field.related_model)
        return values.reference(target.name)
    if isinstance(field, models.JSONField):
        return _JSON[f"{table.name}.{field.name}"]
    return values.of_field(field)
