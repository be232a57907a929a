"""What an entry was before a bank's line corrected it is in a backup: a restored import can be taken back."""

from datetime import date
from decimal import Decimal

from batua.tests.archives import put_back, taken
from transactions.imports import taking_back
from transactions.imports.booking import IsEntry
from transactions.models import ImportBatch, Transaction, Wallet
from transactions.tests.test_told_anew import told
from transactions.tests.test_verdicts import a_statement, commit


def test_an_entry_that_was_corrected_gets_back_what_it_was_after_a_restore_too(household, alice):
    cash = Wallet.objects.of(household).get()
    commit(household, a_statement(told(1, 3, "-10", "AB-77")), {"": cash}, alice)
    entry = Transaction.objects.get()
    anew = a_statement(told(1, 4, "-12.50", "AB-77"))
    commit(household, anew, {"": cash}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})

    restored = put_back(taken(household), alice).household
    taking_back.take_back(batch=ImportBatch.objects.of(restored).latest("pk"))

    found = Transaction.objects.of(restored).values_list("date", "amount").get()
    assert found == (date(2026, 11, 3), Decimal(10))
    entry.refresh_from_db()
    assert entry.amount == Decimal("12.5")
