"""A line that a bank corrected is said to be the entry that is here, which stays, or gets the bank's amount and day."""

from datetime import date
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from transactions import importing
from transactions.imports import taking_back
from transactions.imports.booking import IsEntry
from transactions.imports.refusals import PartsError, SameError
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.long_files import HTMX, choose, shown
from transactions.tests.long_files import at as long_at
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_short_pages import sent
from transactions.tests.test_told_anew import ofx, told
from transactions.tests.test_verdicts import a_statement, commit, line

FIRST, ANEW = ofx(("20261103", "-10.00", "AB-77")), ofx(("20261104", "-12.50", "AB-77"))
NUMBER = "AB-2026-77"


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


def as_it_is() -> tuple:
    return Transaction.objects.values_list("date", "amount", "note", "category__name").get()


@pytest.fixture
def treated(as_alice, household) -> Transaction:
    """The first file is imported, and its entry sorted in by hand on its check page."""
    make_category(household, "Treats")
    pressed(as_alice, checked(as_alice, household, FIRST), read="1", wallet="new")
    return Transaction.objects.get()


def row_of(client, upload):
    (row,) = client.get(at("check", upload)).context["check"].rows
    return row


def test_both_are_offered_with_what_they_say(as_alice, household, treated):
    row = row_of(as_alice, checked(as_alice, household, ANEW))

    said = unescape(strip_tags(row.options.replace("</option>", "|"))).split("|")[:2]
    assert said == ["It is this entry · ₹10.00, 3 Nov", "It is this entry, with the bank's ₹12.50, 4 Nov"]
    assert not row.marks.is_ticked


def test_an_entry_gets_the_banks_amount_and_day_and_loses_them_when_that_is_taken_back(as_alice, household, treated):
    before = as_it_is()
    upload = checked(as_alice, household, ANEW)
    row = row_of(as_alice, upload)
    value = next(part.split('"')[0] for part in row.options.split('value="') if part.split('"')[0].endswith("b"))

    as_alice.post(at("choose", upload), sent(as_alice, upload, **{row.marks.category_name: value}), headers=HTMX)
    done = as_alice.post(at("commit", upload), sent(as_alice, upload)).url

    assert as_it_is() == (date(2026, 11, 4), Decimal("12.5"), *before[2:])
    page = as_alice.get(done).content.decode()
    assert "1 entry of yours got the bank&#x27;s amount and day." in page
    assert "here already" not in page
    assert "No new entries" in page
    again = as_alice.get(at("check", checked(as_alice, household, ANEW))).context["check"].rows
    assert [row.verdict for row in again] == ["Known"]
    second = ImportBatch.objects.latest("pk")
    asked = as_alice.get(at("take-back", second)).content.decode()
    assert "1 entry of yours gets back the amount and day that it had." in asked
    assert taking_back.changed_since(second) == []
    taking_back.take_back(batch=second)
    assert as_it_is() == before
    assert taking_back.changed_since(ImportBatch.objects.earliest("pk")) == []
    assert row_of(as_alice, checked(as_alice, household, ANEW)).verdict == "Looks like one"


def test_an_entry_that_stays_keeps_its_amount(as_alice, household, treated):
    before = as_it_is()
    upload = checked(as_alice, household, ANEW)
    row = row_of(as_alice, upload)
    value = row.options.split('value="')[1].split('"')[0]

    as_alice.post(at("choose", upload), sent(as_alice, upload, **{row.marks.category_name: value}), headers=HTMX)
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert as_it_is() == before
    assert ImportedLine.objects.filter(entry=treated).count() == 2


def test_an_entry_that_is_sorted_in_after_its_correction_keeps_its_category_whatever_is_taken_back(
    household, alice, cash
):
    commit(household, a_statement(told(1, 3, "-10", NUMBER)), {"": cash}, alice)
    entry = Transaction.objects.get()
    anew = a_statement(told(1, 4, "-12.50", NUMBER))
    batch = commit(household, anew, {"": cash}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})
    Transaction.objects.filter(pk=entry.pk).update(category=make_category(household, "Treats"))

    taking_back.take_back(batch=batch, also=[entry.pk])

    assert as_it_is()[:2] == (date(2026, 11, 3), Decimal(10))
    assert as_it_is()[3] == "Treats"


def test_who_edited_a_corrected_entry_is_asked_before_it_is_taken_back(household, alice, cash):
    first = commit(household, a_statement(told(1, 3, "-10", NUMBER)), {"": cash}, alice)
    entry = Transaction.objects.get()
    anew = a_statement(told(1, 4, "-12.50", NUMBER))
    batch = commit(household, anew, {"": cash}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})
    assert (as_it_is()[1], taking_back.changed_since(batch), taking_back.changed_since(first)) == (
        Decimal("12.5"),
        [],
        [],
    )

    Transaction.objects.filter(pk=entry.pk).update(note="Lunch")

    assert taking_back.changed_since(batch) == [entry.pk]
    taking_back.take_back(batch=batch)
    assert as_it_is()[1:3] == (Decimal("12.5"), "Lunch")


def test_an_entry_by_hand_gets_the_banks_day_and_words_and_loses_both(household, alice, cash):
    make_transaction(household, "10", on=date(2026, 11, 2), note="Lunch", wallet=cash)
    entry = Transaction.objects.get()
    choices = {1: IsEntry(entry.pk, as_bank=True)}

    file = a_statement(told(1, 3, "-10", NUMBER))
    batch = commit(household, file, {"": cash}, alice, taken={1}, choices=choices)

    assert (as_it_is()[0], as_it_is()[2]) == (date(2026, 11, 3), "Lunch")
    assert Transaction.objects.get().bank_text
    taking_back.take_back(batch=batch)
    assert as_it_is()[0] == date(2026, 11, 2)
    assert Transaction.objects.get().bank_text == ""


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_entry_by_hand_that_was_corrected_twice_has_no_words_of_a_bank_in_the_end(household, alice, cash, order):
    make_transaction(household, "10", on=date(2026, 11, 2), note="Lunch", wallet=cash)
    files = [(a_statement(told(1, 1, "-10", None, "Bank")), "one"), (a_statement(told(1, 3, "-10", None)), "other")]
    batches = []
    for file, layout in files:
        choices = {1: IsEntry(Transaction.objects.get().pk, as_bank=True)}
        batches.append(commit(household, file, {"": cash}, alice, layout=layout, taken={1}, choices=choices))

    for place in order:
        assert taking_back.changed_since(batches[place]) == []
        taking_back.take_back(batch=batches[place])

    entry = Transaction.objects.get()
    assert (entry.date, entry.bank_text) == (date(2026, 11, 2), "")


def test_taking_back_the_first_file_leaves_what_the_second_says(household, alice, cash):
    first = commit(household, a_statement(told(1, 3, "-10", NUMBER)), {"": cash}, alice)
    choices = {1: IsEntry(Transaction.objects.get().pk, as_bank=True)}
    second = a_statement(told(1, 4, "-12.50", NUMBER))
    batch = commit(household, second, {"": cash}, alice, taken={1}, choices=choices)

    taking_back.take_back(batch=first)

    assert as_it_is()[:2] == (date(2026, 11, 4), Decimal("12.5"))
    taking_back.take_back(batch=batch)
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_corrections_of_corrections_are_taken_back_in_any_order(household, alice, cash, order):
    batches = [commit(household, a_statement(told(1, 3, "-10", NUMBER)), {"": cash}, alice)]
    said = {0: (3, "10")}
    for place, (day, amount) in enumerate([(4, "12"), (5, "14")], 1):
        like = IsEntry(Transaction.objects.get().pk, as_bank=True)
        file = a_statement(told(1, day, f"-{amount}", NUMBER))
        batches.append(commit(household, file, {"": cash}, alice, taken={1}, choices={1: like}))
        said[place] = (day, amount)

    left = [0, 1, 2]
    for place in order:
        assert taking_back.changed_since(batches[place]) == []
        taking_back.take_back(batch=batches[place])
        left.remove(place)
        if left:
            day, amount = said[left[-1]]
            assert as_it_is()[:2] == (date(2026, 11, day), Decimal(amount))

    assert not Transaction.objects.exists()
    assert not ImportedLine.objects.exists()


def test_money_in_is_corrected_as_money_in(household, alice, cash):
    commit(household, a_statement(told(1, 3, "900", NUMBER)), {"": cash}, alice)
    choices = {1: IsEntry(Transaction.objects.get().pk, as_bank=True)}

    commit(household, a_statement(told(1, 3, "950", NUMBER)), {"": cash}, alice, taken={1}, choices=choices)

    assert as_it_is()[1] == 950


def test_a_part_of_a_split_payment_is_not_given_the_whole(household, alice, cash):
    commit(household, a_statement(told(1, 3, "-10", NUMBER)), {"": cash}, alice)
    entry = Transaction.objects.get()
    Transaction.objects.filter(pk=entry.pk).update(group_id=entry.uuid)
    file = a_statement(told(1, 3, "-12", NUMBER))

    row = importing.preview(household=household, statement=file, wallets={"": cash}, layout="a bank").lines[0]
    with pytest.raises(PartsError):
        commit(household, file, {"": cash}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})

    assert as_it_is()[1] == 10
    assert (row.like.id, row.like.is_part, row.corrects) == (entry.pk, True, False)


def test_nor_is_a_part_that_was_split_off_by_hand_and_looks_like_it(household, alice, cash):
    make_transaction(household, "10", on=date(2026, 11, 4), wallet=cash)
    Transaction.objects.update(group_id=uuid4())

    file = a_statement(line(1, 3, "-10", "Lunch"))
    row = importing.preview(household=household, statement=file, wallets={"": cash}).lines[0]

    assert (row.verdict.value, row.like.is_part, row.corrects) == ("lookalike", True, False)


def test_what_says_nothing_else_corrects_nothing(household, alice, cash):
    make_transaction(household, "10", on=date(2026, 11, 3), note="Lunch", wallet=cash)
    entry = Transaction.objects.get()
    file = a_statement(told(1, 3, "-10", NUMBER))

    with pytest.raises(SameError):
        commit(household, file, {"": cash}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})


def test_a_transfer_is_not_corrected(as_alice, household, cash):
    bank = make_wallet(household, "Bank", position=1)
    make_transaction(
        household, "10", kind="transfer", on=date(2026, 11, 3), wallet=bank, to_wallet=cash, note="Cash machine"
    )
    upload = checked(as_alice, household, b"Date,Payee,Amount\n2026-11-08,ATM,-10\n")

    options = as_alice.get(at("check", upload)).context["check"].rows[0].options

    assert "with the bank" not in options


def test_a_line_of_a_long_file_corrects_its_entry(staged, as_alice, household, cash, run_jobs):
    rows = "".join(f"2026-11-{day:02},Shop {day},-{day}.50\n" for day in range(2, 28))
    by_hand = make_transaction(household, "1.50", on=date(2026, 11, 2), note="Lunch", wallet=cash)
    staged(f"Date,Description,Amount\n2026-11-01,Shop 1,-1.50\n{rows}")
    like = Transaction.objects.get(pk=by_hand.pk)
    value = next(
        part.split('"')[0]
        for part in shown(as_alice).rows[0].options.split('value="')
        if part.split('"')[0].endswith("b")
    )
    assert value.startswith(f"is-{like.pk}.")

    assert choose(as_alice, 0, "category", value).status_code == 200
    as_alice.post(long_at("import-commit"))
    run_jobs()

    like.refresh_from_db()
    assert (like.date, like.amount, like.note) == (date(2026, 11, 1), Decimal("1.5"), "Lunch")


def test_a_program_corrects_an_entry(as_alice, household, treated):
    upload = checked(as_alice, household, ANEW)
    row = row_of(as_alice, upload)
    body = {"entries": {str(row.number): treated.pk}, "corrected": [str(row.number)]}

    answer = as_alice.post(f"/api/imports/uploads/{upload.pk}/commit", body, content_type="application/json")

    assert answer.status_code == 200
    assert as_it_is()[:2] == (date(2026, 11, 4), Decimal("12.5"))


def test_a_shell_corrects_an_entry(run, household, cash):
    make_transaction(household, "10", on=date(2026, 11, 2), note="Lunch", wallet=cash)

    run(b"Date,Payee,Amount\n2026-11-03,Shop,-10\n", "--correct", "2")

    assert as_it_is()[:3] == (date(2026, 11, 3), Decimal(10), "Lunch")
