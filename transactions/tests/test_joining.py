"""A line that is an entry which is here already: the entry stays, and the line is known from then on."""

from datetime import date
from decimal import Decimal

import pytest

from transactions import importing, ledger
from transactions.importers.base import Split, Status
from transactions.imports import joining, taking_back
from transactions.imports.booking import IsEntry
from transactions.imports.refusals import ChangedError, OtherEntryError
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts
from transactions.totals import differences

BAKERY = a_statement(line(1, 3, "-4.50", "BAKERY 4711"))
# The same payment and the next one, as another file of the bank tells of them.
OTHER = a_statement(line(1, 4, "-4.50", "Bakery SEPA", bank_id="b-1"), line(2, 20, "-9", "Rice", bank_id="b-2"))


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


@pytest.fixture
def by_hand(household) -> Transaction:
    treats = make_category(household, "Treats")
    return make_transaction(household, "4.50", on=date(2026, 11, 2), note="Buns for all", category=treats)


def join(household, statement, wallet, alice, layout="a bank", **more):
    """Imports the statement, with every line that looks like an entry as that entry."""
    found = importing.preview(household=household, statement=statement, wallets={"": wallet}, layout=layout)
    alike = {row.line.number: IsEntry(row.like.id, row.like.version) for row in found.lines if row.like}
    ticked = {row.line.number for row in found.lines if row.is_ticked}
    return commit(
        household, statement, {"": wallet}, alice, layout=layout, taken=ticked | alike.keys(), choices=alike | more
    )


def balances(household) -> dict[str, Decimal]:
    return {each.name: each.balance for each in ledger.wallet_balances(household)}


def test_the_entry_stays_as_it_is_and_the_line_is_known_from_then_on(household, alice, cash, by_hand):
    batch = join(household, OTHER, cash, alice)

    by_hand.refresh_from_db()
    assert (by_hand.note, by_hand.category.name, by_hand.date.day) == ("Buns for all", "Treats", 2)
    assert (batch.new_count, batch.known_count, batch.skipped_count) == (1, 1, 0)
    assert verdicts(household, OTHER, {"": cash}) == ["known", "known"]
    assert Transaction.objects.count() == 2
    kept = ImportedLine.objects.get(entry=by_hand)
    assert (kept.batch, kept.made_entry, kept.raw) == (batch, False, "4;Bakery SEPA;-4.50")


def test_an_entry_that_another_file_brought_gets_a_second_key(household, alice, cash):
    commit(household, BAKERY, {"": cash}, alice, layout="csv")

    batch = join(household, OTHER, cash, alice, layout="ofx")

    assert (batch.new_count, batch.known_count) == (1, 1)
    assert verdicts(household, BAKERY, {"": cash}, layout="csv") == ["known"]
    assert verdicts(household, OTHER, {"": cash}, layout="ofx") == ["known", "known"]
    assert Transaction.objects.count() == 2


def test_an_entry_made_by_hand_is_found_by_the_banks_words_and_teaches_its_category(household, alice, cash, by_hand):
    join(household, OTHER, cash, alice)

    found = importing.preview(
        household=household, statement=a_statement(line(1, 25, "-7", "Bakery SEPA")), wallets={"": cash}
    )

    assert Transaction.objects.get(bank_text="Bakery SEPA") == by_hand
    assert found.lines[0].choice.category == by_hand.category_id


@pytest.mark.parametrize(("back", "words"), [(["ofx"], "BAKERY 4711"), (["csv"], "Bakery SEPA"), (["csv", "ofx"], "")])
def test_the_banks_words_go_with_the_line_that_gave_them(household, alice, cash, by_hand, back, words):
    batches = {
        "csv": join(household, BAKERY, cash, alice, layout="csv"),
        "ofx": join(household, OTHER, cash, alice, layout="ofx"),
    }

    for name in back:
        taking_back.take_back(batch=batches[name])

    by_hand.refresh_from_db()
    assert by_hand.bank_text == words


def test_a_third_file_finds_the_entry_too(household, alice, cash, by_hand):
    join(household, BAKERY, cash, alice, layout="csv")
    join(household, OTHER, cash, alice, layout="ofx")
    third = a_statement(line(1, 3, "-4.50", "Buns"))

    assert verdicts(household, third, {"": cash}, layout="qif") == ["lookalike"]
    assert ImportedLine.objects.filter(entry=by_hand).count() == 2


def test_taken_back_the_entry_stays_and_looks_like_the_line_again(household, alice, cash, by_hand):
    batch = join(household, OTHER, cash, alice)

    assert taking_back.changed_since(batch) == []
    done = taking_back.take_back(batch=batch)

    assert (done.gone, done.kept) == (1, 0)
    assert Transaction.objects.get() == by_hand
    assert verdicts(household, OTHER, {"": cash}) == ["lookalike", "new"]
    assert not ImportedLine.objects.exists()


def test_an_entry_that_was_changed_after_it_was_recognised_is_nothing_to_ask_about(household, alice, cash, by_hand):
    batch = join(household, OTHER, cash, alice)
    Transaction.objects.filter(pk=by_hand.pk).update(note="Buns", amount=Decimal("4.60"))

    assert verdicts(household, OTHER, {"": cash})[0] == "known"
    assert taking_back.changed_since(batch) == []
    taking_back.take_back(batch=batch)

    assert Transaction.objects.get().note == "Buns"


def test_where_the_import_that_made_the_entry_goes_the_line_that_joined_it_stands_alone(household, alice, cash):
    first = commit(household, BAKERY, {"": cash}, alice, layout="csv")
    second = join(household, OTHER, cash, alice, layout="ofx")

    taking_back.take_back(batch=first)

    assert sums(household)[1] == Decimal("13.50")
    assert list(Transaction.objects.order_by("date").values_list("note", flat=True)) == ["Bakery SEPA", "Rice"]
    assert verdicts(household, OTHER, {"": cash}, layout="ofx") == ["known", "known"]
    taking_back.take_back(batch=second)
    assert not Transaction.objects.exists()
    assert differences() == []


OUT, INTO = a_statement(line(1, 8, "-500", "To savings")), a_statement(line(1, 10, "500", "From giro"))
OUT_ANEW = a_statement(line(1, 9, "-500", "Umbuchung", bank_id="u-1"))


@pytest.mark.parametrize("order", [("out", "into", "anew"), ("into", "out", "anew"), ("out", "anew", "into")])
@pytest.mark.parametrize("back", ["out", "into", "anew"])
def test_a_transfer_stays_one_while_both_its_sides_are_told(household, alice, cash, order, back):
    savings = make_wallet(household, "Savings")
    files = {"out": (OUT, cash, "csv"), "into": (INTO, savings, "csv"), "anew": (OUT_ANEW, cash, "ofx")}
    batches = {}
    for name in order:
        statement, wallet, layout = files[name]
        batches[name] = join(household, statement, wallet, alice, layout=layout)
    assert balances(household) == {"Cash": -500, "Savings": 500}
    assert Transaction.objects.count() == 1

    assert taking_back.take_back(batch=batches[back]).kept == 0

    left = {"Cash": -500, "Savings": 0 if back == "into" else 500}
    assert balances(household) == left
    for name, (statement, wallet, layout) in files.items():
        expected = {"out": "lookalike", "anew": "lookalike", "into": "transfer"}[name] if name == back else "known"
        assert verdicts(household, statement, {"": wallet}, layout=layout) == [expected], name
    for name in files.keys() - {back}:
        assert taking_back.changed_since(batches[name]) == [], name
        taking_back.take_back(batch=batches[name])
    assert not Transaction.objects.exists()
    assert differences() == []


def test_a_split_payment_is_recognised_as_a_whole(household, alice, cash):
    parts = Split(Decimal(-20), "Food"), Split(Decimal(-10), "Home")
    first = commit(household, a_statement(line(1, 2, "-30", splits=parts)), {"": cash}, alice, layout="qif")
    plain = a_statement(line(1, 2, "-30", "SUPERMARKET"))

    second = join(household, plain, cash, alice, layout="ofx")

    assert verdicts(household, plain, {"": cash}, layout="ofx") == ["known"]
    assert sorted(Transaction.objects.values_list("amount", flat=True)) == [10, 20]
    taking_back.take_back(batch=first)
    assert Transaction.objects.get().amount == 30
    taking_back.take_back(batch=second)
    assert differences() == []


@pytest.mark.parametrize("edited", ["20", "10"])
def test_a_split_payment_of_which_a_part_was_edited_is_recognised_too(household, alice, cash, edited):
    parts = Split(Decimal(-20), "Food"), Split(Decimal(-10), "Home")
    commit(household, a_statement(line(1, 2, "-30", splits=parts)), {"": cash}, alice, layout="qif")
    Transaction.objects.filter(amount=edited).update(note="Together")
    plain = a_statement(line(1, 2, "-30", "SUPERMARKET"))

    join(household, plain, cash, alice, layout="ofx")

    assert verdicts(household, plain, {"": cash}, layout="ofx") == ["known"]
    assert Transaction.objects.count() == 2


def test_a_pending_line_that_was_recognised_looks_alike_once_it_is_booked(household, alice, cash, by_hand):
    join(household, a_statement(line(1, 3, "-4.50", "Bakery", status=Status.PENDING)), cash, alice)

    assert verdicts(household, a_statement(line(1, 4, "-4.50", "Bakery 4711")), {"": cash}) == ["lookalike"]


def test_only_the_entry_that_the_line_was_shown_beside_can_be_it(household, alice, cash, by_hand):
    other = make_transaction(household, "4.50", on=date(2026, 5, 1))
    wrong = [
        (IsEntry(other.pk, 1), ChangedError),
        (IsEntry(by_hand.pk, 7), ChangedError),
        (IsEntry(0), OtherEntryError),
    ]

    for choice, error in wrong:
        with pytest.raises(error):
            commit(household, OTHER, {"": cash}, alice, taken={1}, choices={1: choice})
    with pytest.raises(OtherEntryError):
        commit(household, OTHER, {"": cash}, alice, taken={2}, choices={2: IsEntry(by_hand.pk)})

    assert not ImportedLine.objects.exists()


@pytest.mark.parametrize("change", ["edited", "deleted"])
def test_what_happens_to_the_entry_between_judging_and_writing_is_seen(household, alice, cash, by_hand, change):
    with importing.held(household=household, statement=OTHER, wallets={"": cash}) as books:
        row, own = books.preview.lines[0], Transaction.objects.filter(pk=by_hand.pk)
        own.delete() if change == "deleted" else own.update(note="Other")
        told = dict(created_by=alice, file_name="b.csv", file_sha256="", taken={1})

        with pytest.raises(ChangedError):
            books.commit(**told, choices={1: IsEntry(row.like.id, row.like.version)})

    assert joining.overtaken([row], household=household) is row


def test_a_transfer_that_goes_while_its_other_side_is_written_is_said(household, alice, cash):
    savings = make_wallet(household, "Savings")
    entry = make_transaction(household, "500", kind="transfer", on=date(2026, 11, 8), to_wallet=savings)
    with importing.held(household=household, statement=INTO, wallets={"": savings}) as books:
        assert books.preview.lines[0].verdict.value == "joins"
        Transaction.objects.filter(pk=entry.pk).delete()

        with pytest.raises(ChangedError):
            books.commit(created_by=alice, file_name="b.csv", file_sha256="", taken={1})
