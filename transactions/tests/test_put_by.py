"""A line that was deleted or left out, taken all the same by a later import that is taken back, is that again."""

import pytest

from transactions import importing
from transactions.importers.base import Split
from transactions.imports import taking_back
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.long_files import KINDS, choose, shown
from transactions.tests.long_files import sent as send
from transactions.tests.test_verdicts import a_statement, commit, line, verdicts

MONTH = a_statement(line(1, 3, "-4.50", "Coffee"), line(2, 20, "-120", "Rice"))


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get(name="Cash")


@pytest.fixture(params=["left out", "deleted"])
def without(request, household, alice, cash) -> str:
    """The verdict of the first line, which an import left out, or whose entry was deleted."""
    commit(household, MONTH, {"": cash}, alice, taken={2} if request.param == "left out" else {1, 2})
    Transaction.objects.filter(note="Coffee").delete()
    return {"left out": "unticked", "deleted": "deleted"}[request.param]


def test_it_is_what_it_was(household, alice, cash, without):
    before = importing.preview(household=household, statement=MONTH, wallets={"": cash}, layout="a bank").lines
    assert verdicts(household, MONTH, {"": cash}) == [without, "known"]
    again = commit(household, MONTH, {"": cash}, alice, taken={1})
    assert verdicts(household, MONTH, {"": cash}) == ["known", "known"]

    taking_back.take_back(batch=again)

    assert importing.preview(household=household, statement=MONTH, wallets={"": cash}, layout="a bank").lines == before
    assert list(Transaction.objects.values_list("note", flat=True)) == ["Rice"]


def test_so_it_is_where_its_entry_was_deleted_once_more(household, alice, cash, without):
    again = commit(household, MONTH, {"": cash}, alice, taken={1})
    Transaction.objects.filter(note="Coffee").delete()
    assert verdicts(household, MONTH, {"": cash}) == ["deleted", "known"]
    last = commit(household, MONTH, {"": cash}, alice, taken={1})

    taking_back.take_back(batch=last)
    assert verdicts(household, MONTH, {"": cash}) == ["deleted", "known"]
    taking_back.take_back(batch=again)

    assert ImportedLine.objects.count() == 1


def test_where_both_imports_are_taken_back_the_file_brings_it(household, alice, cash, without):
    again = commit(household, MONTH, {"": cash}, alice, taken={1})
    first = ImportedLine.objects.get(entry__note="Rice").batch

    taking_back.take_back(batch=first)
    taking_back.take_back(batch=again)

    assert verdicts(household, MONTH, {"": cash}) == ["new", "new"]
    assert not ImportedLine.objects.exists()


def test_no_other_line_is_taken_for_it_meanwhile(household, alice, cash, without):
    commit(household, MONTH, {"": cash}, alice, taken={1})
    more = a_statement(*MONTH.lines, line(3, 4, "-4.50", "Tea"))

    assert verdicts(household, more, {"": cash}) == ["known", "known", "new"]
    assert verdicts(household, a_statement(line(1, 3, "-4.50", "CAFE")), {"": cash}, layout="ofx") == ["lookalike"]


def test_the_same_line_of_another_wallet_stays_what_it_is(household, alice, cash):
    savings = make_wallet(household, "Savings")
    both = a_statement(line(1, 3, "-4", account="A"), line(2, 3, "-4", account="B"))
    wallets = {"A": cash, "B": savings}
    commit(household, both, wallets, alice)
    Transaction.objects.all().delete()

    commit(household, both, wallets, alice, taken={1})

    assert verdicts(household, both, wallets) == ["known", "deleted"]


def test_a_part_of_a_split_payment_too(household, alice, cash):
    split = a_statement(line(1, 2, "-30", splits=(Split(-20, "Food"), Split(-10, "Home"))))
    commit(household, split, {"": cash}, alice)
    Transaction.objects.all().delete()
    assert verdicts(household, split, {"": cash}) == ["deleted"]
    again = commit(household, split, {"": cash}, alice, taken={1})
    assert Transaction.objects.count() == 2

    taking_back.take_back(batch=again)

    assert verdicts(household, split, {"": cash}) == ["deleted"]
    assert not Transaction.objects.exists()
    assert ImportedLine.objects.filter(entry=None).count() == 2


@pytest.mark.usefixtures("kinds")
def test_a_line_of_a_long_file_too(as_alice, imported, run_jobs):

    choose(as_alice, 0, "take", "")
    imported()
    send(as_alice, KINDS)
    run_jobs()
    choose(as_alice, 0, "take", "1")
    imported()
    last = ImportBatch.objects.latest("pk")

    taking_back.take_back(batch=last)

    send(as_alice, KINDS)
    run_jobs()
    assert shown(as_alice).rows[0].verdict == "Left out earlier"
