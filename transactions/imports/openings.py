"""Where a wallet begins: with what its bank says lay there before the first line of the first file."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import money
from transactions.forms.statements import accounts_of
from transactions.importers.base import Statement
from transactions.models import ImportBatch, Transaction, Wallet


def difference(statement: Statement) -> Decimal | None:
    """Closing balance − (opening balance + entries); None where the file does not state both for one account."""
    opening, closing = statement.opening_balance, statement.closing_balance
    if opening is None or closing is None or accounts_of(statement):
        return None
    return closing - (opening + statement.credits - statement.debits)


def moved(statement: Statement, wallets: Mapping[str, Wallet]) -> Decimal:
    """By how much an import of the statement moves the opening balance of its one wallet; zero for not at all.

    It does where the file adds up and the wallet holds nothing yet, neither entries nor an opening balance of its own,
    or begins with what the file ends with, after the file's last day: then this file is the earlier one. ``wallets``:
    account as the file names it → where its lines go.
    """
    opening, closing = statement.opening_balance, statement.closing_balance
    if opening is None or closing is None or difference(statement) != 0 or not statement.lines or len(wallets) != 1:
        return Decimal(0)
    (wallet,) = wallets.values()
    # What lies in a purse is nothing that a bank knows.
    if statement.currency not in {None, wallet.currency} or wallet.kind == Wallet.Kind.CASH:
        return Decimal(0)
    if wallet.opening_balance == closing and wallet.pk and _begins_behind(statement, wallet):
        return opening - closing
    is_empty = not wallet.opening_balance and not (wallet.pk and _entries(wallet).exists())
    return opening if is_empty else Decimal(0)


def told(statement: Statement, wallets: Mapping[str, Wallet], *, locale: str) -> list[str]:
    """The sentence that says so before the import."""
    by = moved(statement, wallets)
    if not by:
        return []
    (wallet,) = wallets.values()
    begins = money.format_money(wallet.opening_balance + by, currency=wallet.currency, locale=locale)
    values = {"wallet": wallet.name, "opening": begins}
    return [_("“%(wallet)s” will begin with %(opening)s: that is what the bank had before these lines.") % values]


def move(statement: Statement, wallets: Mapping[str, Wallet]) -> Decimal | None:
    """Moves it; by how much, or None for not at all."""
    by = moved(statement, wallets)
    if not by:
        return None
    (wallet,) = wallets.values()
    _shift(wallet.household, wallet.pk, by)
    return by


def move_back(batch: ImportBatch) -> None:
    """The wallet whose beginning the import moved begins where it did."""
    if batch.opened and batch.wallet_id:
        _shift(batch.household, batch.wallet_id, -batch.opened)


def _shift(household: Household, wallet: int, by: Decimal) -> None:
    Wallet.objects.of(household).filter(pk=wallet).update(opening_balance=F("opening_balance") + by)


def _entries(wallet: Wallet) -> QuerySet[Transaction]:
    return Transaction.objects.of(wallet.household).filter(Q(wallet=wallet) | Q(to_wallet=wallet))


def _begins_behind(statement: Statement, wallet: Wallet) -> bool:
    last = max(line.date for line in statement.lines)
    entries = _entries(wallet)
    return entries.exists() and not entries.filter(date__lte=last).exists()
