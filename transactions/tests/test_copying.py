"""What COPY writes is what was given, sign for sign."""

from decimal import Decimal

import pytest

from batua.fields import is_among
from transactions.importers.base import Statement, StatementLine
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_import, make_wallet


@pytest.mark.parametrize("text", ["a\tb", "a\\nb", "one\ntwo\r\nthree", r"\N", "\\", "café ₹ 🍵", "'\"$1%s"])
def test_signs_that_mean_something_to_the_database_arrive_as_they_are(household, alice, today, text):
    wallet: Wallet = make_wallet(household, "Bank")
    line = StatementLine(number=1, date=today, amount=Decimal(-3), description="x", raw=text, words=text)

    make_import(
        household=household,
        statement=Statement(format="csv", encoding="utf-8", lines=(line,)),
        wallets={"": wallet},
        created_by=alice,
    )

    assert Transaction.objects.get().bank_text == text
    assert ImportedLine.objects.get().raw == text


@pytest.mark.parametrize("text", ['a "b", {c}', "\\", "NULL", "एक, दो", "it's"])
def test_values_to_look_for_are_taken_sign_for_sign(household, text):
    make_wallet(household, text)
    wallets = Wallet.objects.of(household)

    assert [wallet.name for wallet in wallets.filter(is_among("name", ["other", text]))] == [text]
