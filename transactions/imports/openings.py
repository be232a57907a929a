"""Where a wallet begins: with what its bank says lay there before the first line of the first file."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from batua import money
from transactions.forms.statements import accounts_of
from transactions.importers.base import Statement
from transactions.models import Transaction, Wallet


def difference(statement: Statement) -> Decimal | None:
    """Closing balance − (opening balance + entries); None where the file does not state both for one account."""
    opening, closing = statement.opening_balance, statement.closing_balance
    if opening is None or closing is None or accounts_of(statement):
        return None
    return closing - (opening + statement.credits - statement.debits)


def moved(statement: Statement, wallet: Wallet) -> Decimal:
    """By how much an import of the statement moves the wallet's opening balance; zero for not at all.

    It does where the file adds up and the wallet holds nothing yet, neither entries nor an opening balance of its own,
    or begins with what the file ends with, after the file's last day: then this file is the earlier one.
    """
    opening, closing = statement.opening_balance, statement.closing_balance
    if opening is None or closing is None or difference(statement) != 0 or not statement.lines:
        return Decimal(0)
    # What lies in a purse is nothing that a bank knows.
    if statement.currency not in {None, wallet.currency} or wallet.kind == Wallet.Kind.CASH:
        return Decimal(0)
    if wallet.opening_balance == closing and wallet.pk and _begins_behind(statement, wallet):
        return opening - closing
    is_empty = not wallet.opening_balance and not (wallet.pk and _entries(wallet).exists())
    return opening if is_empty else Decimal(0)


def told(statement: Statement, wallet: Wallet, *, locale: str) -> list[str]:
    """The sentence that says so before the import."""
    by = moved(statement, wallet)
    if not by:
        return []
    begins = money.format_money(wallet.opening_balance + by, currency=wallet.currency, locale=locale)
    values = {"wallet": wallet.name, "opening": begins}
    return [_("“%(wallet)s” will begin with %(opening)s: that is what the bank had before these lines.") % values]


def _entries(wallet: Wallet) -> QuerySet[Transaction]:
    return Transaction.objects.of(wallet.household).filter(Q(wallet=wallet) | Q(to_wallet=wallet))


def _begins_behind(statement: Statement, wallet: Wallet) -> bool:
    last = max(line.date for line in statement.lines)
    entries = _entries(wallet)
    return entries.exists() and not entries.filter(date__lte=last).exists()
