"""Two imports that share a transfer: each can be taken back, and the other's statement still says what it says."""

from decimal import Decimal
from itertools import permutations

import pytest

from transactions import ledger
from transactions.imports import taking_back
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_wallet
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts
from transactions.totals import differences

OUT = a_statement(line(1, 8, "-500", "To savings"), line(2, 9, "-20", "Rewe"))
NAMED = a_statement(line(1, 8, "-500", "To savings", transfer="Savings"), line(2, 9, "-20", "Rewe"))
INTO = a_statement(line(1, 10, "500", "From giro"), line(2, 20, "1", "Interest"))
ORDERS = list(permutations(["giro", "savings"]))


@pytest.fixture(params=[OUT, NAMED], ids=["turned", "named"])
def files(request, household):
    giro, savings = Wallet.objects.of(household).get(), make_wallet(household, "Savings")
    return {"giro": (request.param, giro), "savings": (INTO, savings)}


@pytest.fixture
def imported(files, household, alice):
    """Imports the files in this order; their batches."""

    def run(order):
        return {name: commit(household, files[name][0], {"": files[name][1]}, alice) for name in order}

    return run


def balances(household) -> dict[str, Decimal]:
    return {each.name: each.balance for each in ledger.wallet_balances(household)}


def again(household, files, name) -> list[str]:
    statement, wallet = files[name]
    return verdicts(household, statement, {"": wallet})


@pytest.mark.parametrize("order", ORDERS)
def test_the_other_statement_still_says_what_it_says(household, files, imported, order):
    batches = imported(order)
    assert [entry.kind for entry in Transaction.objects.filter(amount=500)] == ["transfer"]

    assert taking_back.changed_since(batches["giro"]) == []
    assert taking_back.take_back(batch=batches["giro"]).kept == 0

    entry = Transaction.objects.get(amount=500)
    assert (entry.kind, entry.wallet, entry.to_wallet, str(entry.category)) == (
        "income",
        files["savings"][1],
        None,
        "Other",
    )
    assert (entry.note, entry.date.day) == ("From giro", 10)
    assert balances(household) == {"Cash": 0, "Savings": 501}
    assert again(household, files, "savings") == ["known", "known"]
    assert differences() == []


@pytest.mark.parametrize("order", ORDERS)
def test_taking_the_second_side_back_leaves_the_first(household, files, imported, order):
    batches = imported(order)

    assert taking_back.changed_since(batches["savings"]) == []
    taking_back.take_back(batch=batches["savings"])

    assert balances(household)["Cash"] == -520
    assert again(household, files, "giro") == ["known", "known"]
    assert taking_back.changed_since(batches["giro"]) == []


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("back", ORDERS)
def test_both_taken_back_leave_nothing_and_come_again(household, files, imported, order, back):
    batches = imported(order)

    for name in back:
        taking_back.take_back(batch=batches[name])

    assert not Transaction.objects.exists()
    assert not ImportedLine.objects.exists()
    assert differences() == []
    imported(order)
    assert balances(household) == {"Cash": -520, "Savings": 501}
    assert sums(household) == (1, 20, -19)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", ["giro", "savings"])
def test_one_taken_back_and_imported_again_shares_the_transfer_again(household, files, imported, order, name):
    batches = imported(order)
    taking_back.take_back(batch=batches[name])

    batches |= imported([name])

    assert balances(household) == {"Cash": -520, "Savings": 501}
    assert sums(household) == (1, 20, -19)
    for batch in batches.values():
        assert taking_back.changed_since(batch) == []
        taking_back.take_back(batch=batch)
    assert not Transaction.objects.exists()


def test_what_is_left_stands_in_the_category_that_its_line_suggests(household, files, imported):
    refunds = make_category(household, "Own money", kind="income", keywords=["from giro"])
    batches = imported(["giro", "savings"])

    taking_back.take_back(batch=batches["giro"])

    assert Transaction.objects.get(amount=500).category == refunds


@pytest.mark.parametrize("order", ORDERS)
def test_a_transfer_that_a_person_changed_is_listed_by_both_and_stays(household, files, imported, order):
    batches = imported(order)
    entry = Transaction.objects.get(amount=500)
    entry.note = "Set aside"
    entry.save(update_fields=["note"])

    made, other = order
    assert taking_back.changed_since(batches[made]) == [entry.pk]
    taking_back.take_back(batch=batches[made])
    assert Transaction.objects.get(amount=500).note == "Set aside"
    assert again(household, files, made)[0] == again(household, files, other)[0] == "known"


def test_what_a_person_changed_before_it_was_turned_is_listed_too(household, files, alice):
    (out, giro), (into, savings) = files["giro"], files["savings"]
    first = commit(household, out, {"": giro}, alice, choices={1: None} if out is NAMED else None)
    entry = Transaction.objects.get(amount=500)
    entry.note = "Set aside"
    entry.save(update_fields=["note"])
    second = commit(household, into, {"": savings}, alice)
    assert Transaction.objects.get(amount=500).kind == "transfer"

    assert taking_back.changed_since(first) == [entry.pk]
    assert taking_back.changed_since(second) == []
    taking_back.take_back(batch=second)

    assert taking_back.changed_since(first) == [entry.pk]
    taking_back.take_back(batch=first, also=[entry.pk])
    assert not Transaction.objects.exists()
