"""Books that tell nobody's story any more: days and amounts stay, words and names go."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Concat

from accounts.models import Household, Job, KeptAnswer, Membership, Webhook
from budgets.models import Budget
from transactions.models import (
    Category,
    ImportBatch,
    ImportedLine,
    StatementAccount,
    StatementProfile,
    Transaction,
    Upload,
    Wallet,
)
from transactions.standard_categories import STANDARD_CATEGORIES

# Rows that only hold somebody's words, and nothing that a sum needs.
GO = (Membership, Upload, Job, KeptAnswer, Webhook)
# Numbers, days and keys of other rows alone.
STAY = ("transactions.MonthTotal", "transactions.WalletTotal", "transactions.YearTotal", "budgets.Alert")

# Equal payees stay equal: each has the number of its first entry, so a second run finds the same numbers.
_PAYEES = """
    UPDATE transactions_transaction entry SET note = 'Payee ' || payee.first
    FROM (
        SELECT batua_fold(note) AS folded, min(id) AS first
        FROM transactions_transaction WHERE household_id = %(household)s AND note <> '' GROUP BY 1
    ) payee
    WHERE entry.household_id = %(household)s AND batua_fold(entry.note) = payee.folded
      AND entry.note <> 'Payee ' || payee.first
"""


@dataclass(frozen=True)
class Forgotten:
    """How many rows of a table were made nameless, or removed."""

    table: str
    rows: int


@transaction.atomic
def anonymise(household: Household) -> list[Forgotten]:
    """Takes every name and every word out of the books, and its members out of the household; what was changed."""
    found = [Forgotten(str(model._meta.verbose_name_plural), _remove(model, household)) for model in GO]
    for model, change in _CHANGES.items():
        found.append(Forgotten(str(model._meta.verbose_name_plural), change(household)))
    Household.objects.filter(pk=household.pk).update(name=f"Household {household.pk}")
    return [each for each in found if each.rows]


def _remove(model: type[Model], household: Household) -> int:
    rows: QuerySet[Model] = model._default_manager.filter(household=household)
    # The database's keys take along what hangs on them; nothing is fetched first.
    return int(rows._raw_delete(rows.db))


def _entries(household: Household) -> int:
    own = Transaction.objects.of(household)
    with connection.cursor() as cursor:
        cursor.execute(_PAYEES, {"household": household.pk})
        renamed = cursor.rowcount
    told = own.exclude(comment="", bank_text="", created_by=None, idempotency_key=None)
    return max(int(renamed), told.update(comment="", bank_text="", created_by=None, idempotency_key=None))


def _named(word: str) -> Concat:
    return Concat(Value(f"{word} "), Cast(F("pk"), TextField()))


def _wallets(household: Household) -> int:
    return Wallet.objects.of(household).exclude(name=_named("Wallet")).update(name=_named("Wallet"))


def _categories(household: Household) -> int:
    own = Category.objects.of(household)
    common = Q(is_other=True) | Q(name__in=[each.name for each in STANDARD_CATEGORIES])
    renamed = own.exclude(common).exclude(name=_named("Category")).update(name=_named("Category"))
    return max(renamed, own.exclude(keywords=[]).update(keywords=[]))


def _batches(household: Household) -> int:
    told = ImportBatch.objects.of(household).exclude(file_name="file", file_sha256="", created_by=None)
    return told.update(file_name="file", file_sha256="", created_by=None)


def _lines(household: Household) -> int:
    told = ImportedLine.objects.of(household).exclude(key=_named("line"))
    # By how much a line moved what its wallet begins with is no more than an amount.
    told.filter(turned__has_key="kind").update(turned=None)
    return told.update(key=_named("line"), raw="", alone=None)


def _profiles(household: Household) -> int:
    told = StatementProfile.objects.of(household).exclude(name=_named("Bank"))
    return told.update(name=_named("Bank"), choices={})


def _accounts(household: Household) -> int:
    return StatementAccount.objects.of(household).exclude(name=_named("Account")).update(name=_named("Account"))


def _budgets(household: Household) -> int:
    return Budget.objects.of(household).exclude(merged_in=[]).update(merged_in=[])


_CHANGES = {
    Wallet: _wallets,
    Category: _categories,
    Transaction: _entries,
    ImportBatch: _batches,
    ImportedLine: _lines,
    StatementProfile: _profiles,
    StatementAccount: _accounts,
    Budget: _budgets,
}


def unknown_tables() -> set[str]:
    """Tables of a household that nothing here knows: a test asks, so that a new one cannot be forgotten."""
    known = {model._meta.label for model in (*GO, *_CHANGES, Household)} | set(STAY)
    refers = {
        model._meta.label
        for model in apps.get_models()
        if any(field.related_model is Household for field in model._meta.concrete_fields)
    }
    return refers - known
