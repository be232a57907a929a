"""Whoever changes an entry while an import writes, or is taken back, neither fails nor makes the other fail."""

from collections.abc import Callable
from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from transactions.imports import keeping, staging, taking_back
from transactions.imports.keeping import Change
from transactions.imports.overtaking import OvertakenError
from transactions.imports.refusals import ChangedError
from transactions.models import Category, ImportBatch, Transaction, Upload, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.long_files import MONTH
from transactions.tests.test_overtaken import waits
from transactions.tests.test_verdicts import a_statement, commit, line

pytestmark = pytest.mark.django_db(transaction=True)
STATEMENT = a_statement(line(1, 3, "-5"), line(2, 4, "-7"))


@pytest.fixture
def savings(household) -> Wallet:
    return make_wallet(household, "Savings")


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get(name="Cash")


@pytest.fixture
def halves(household, savings) -> list[Transaction]:
    """What came into another wallet, so that the statement's lines turn it into transfers."""
    other = Category.objects.of(household).get(kind="income", is_other=True)
    return [
        make_transaction(household, amount, kind="income", on=date(2026, 11, day), wallet=savings, category=other)
        for day, amount in ((3, 5), (4, 7))
    ]


def while_in_hand(entry: Transaction, work: Callable[[], None]) -> None:
    """Somebody has the entry in hand, work begins and waits, and then the entry is changed."""

    def run() -> None:
        work()
        connection.close()

    other = Thread(target=run)
    with transaction.atomic():
        own = Transaction.objects.filter(pk=entry.pk)
        own.select_for_update(no_key=True).get()
        other.start()
        while other.is_alive() and not waits():
            other.join(0.01)
        own.update(note="changed meanwhile")
    other.join()


def test_an_import_that_turns_it_says_that_it_changed(household, alice, cash, halves):
    said = []

    def bring_in() -> None:
        try:
            commit(household, STATEMENT, {"": cash}, alice)
        except ChangedError as error:
            said.append(error.line)

    while_in_hand(halves[1], bring_in)

    assert said == [2]
    assert not ImportBatch.objects.exists()


def test_an_import_that_is_taken_back_leaves_it(household, alice, cash, halves):
    batch = commit(household, STATEMENT, {"": cash}, alice)
    done = []

    while_in_hand(halves[1], lambda: done.append(taking_back.take_back(batch=batch)))

    assert [(each.gone, each.kept) for each in done] == [(0, 1)]
    assert list(Transaction.objects.order_by("date").values_list("kind", "note")) == [
        ("income", ""),
        ("transfer", "changed meanwhile"),
    ]


def test_a_long_import_shows_the_line_again(household, alice, cash):
    entry = make_transaction(household, "20.50", on=date(2026, 11, 20), note="By hand")
    make_transaction(household, "2.50", kind="income", on=date(2026, 11, 2), wallet=make_wallet(household, "Purse"))
    upload = Upload.objects.create(household=household, created_by=alice, file_name="a.csv", content=MONTH.encode())
    staging.read(upload, f"wallet={cash.pk}", user=alice, seen=lambda *_numbers: None)
    with keeping.held(upload) as file:
        keeping.keep(file, [Change(file.lines.get(payee="Shop 20").pk, choice=f"is-{entry.pk}.1.0")])
    said = []

    def bring_in() -> None:
        try:
            staging.commit(upload, by=alice, seen=lambda *_numbers: None)
        except OvertakenError as error:
            said.append(error.lines)

    while_in_hand(entry, bring_in)

    assert said == [[21]]
    assert not ImportBatch.objects.exists()
