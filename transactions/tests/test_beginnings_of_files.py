"""Whatever file a wallet begins with: it holds what the file says, to the cent, and nothing once that is taken back."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from batua import periods
from transactions import importers, importing, ledger
from transactions.forms import new_wallets
from transactions.forms.statements import accounts_of
from transactions.importers import survey
from transactions.importers.base import Choices
from transactions.imports import openings, taking_back
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.reading import FILES

EVER = periods.resolve("all-time", today=date(2026, 12, 31))
KINDS = ("apps", "qif", "journal", "mt940", "camt", "ofx")
ALL = sorted(str(path.relative_to(FILES)) for kind in KINDS for path in (FILES / kind).iterdir())


def read(name):
    path = FILES / name
    return importers.read(path.read_bytes(), filename=path.name, choices=Choices())


def held(household) -> dict[str, Decimal]:
    return {each.name: each.balance for each in ledger.wallet_balances(household) if each.balance}


def kept_in(household, currency):
    """The household keeps its books in the file's currency, and has no wallet of a name that a file may give."""
    Wallet.objects.of(household).delete()
    household.currency = currency or household.currency
    household.save()


def ends_of(line) -> list[tuple[str, Decimal]]:
    """The accounts that its money moved to, each with how much of it did."""
    named = [(part.transfer, part.amount) for part in line.splits] or [(line.transfer, line.amount)]
    return [(account, amount) for account, amount in named if account]


@pytest.mark.parametrize("name", ALL)
def test_wallets_hold_what_the_file_says_and_nothing_once_it_is_taken_back(household, alice, name):
    statement = read(name)
    kept_in(household, statement.currency)
    wallets = {account: new_wallets.named(household, account) for account in accounts_of(statement)}
    if not wallets or survey.of(statement.lines).has_nameless:
        wallets[""] = new_wallets.named(household, "The file's")
    with importing.held(household=household, statement=statement, wallets=wallets) as books:
        rows = books.preview.takeable
        taken = {row.line.number for row in rows}
        batch = books.commit(created_by=alice, file_name=name, file_sha256="", taken=taken)

    said = defaultdict[str, Decimal](Decimal)
    ends = [(row.line.account, *end) for row in rows for end in ends_of(row.line)]
    for row in rows:
        said[row.wallet_name] += row.line.amount
    for account, other, amount in ends:
        # Some apps write one line for both sides.
        if other in wallets and (other, account, -amount) not in ends:
            said[wallets[other].name] -= amount
    for account, each in openings.stated(statement).items():
        said[wallets[account].name] += 0 if wallets[account].kind == Wallet.Kind.CASH else each.opening
    begun = sum(Wallet.objects.of(household).values_list("opening_balance", flat=True), Decimal(0))
    totals = ledger.totals(household, EVER)
    assert held(household) == {wallet: amount for wallet, amount in said.items() if amount}
    assert totals.income - totals.spending + begun == ledger.balance(household)

    taking_back.take_back(batch=batch)

    assert (held(household), ledger.balance(household)) == ({}, 0)
    assert not ImportedLine.objects.exists()
    assert not Transaction.objects.exists()
