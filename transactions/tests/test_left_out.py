"""A new line that a member leaves out stays out of later files, until somebody takes it."""

from datetime import date

import pytest
from django.utils import timezone

from transactions import importing
from transactions.imports import booking, copying, shelved, taking_back
from transactions.models import ImportBatch, ImportedLine, StagedLine, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.long_files import at as at_long
from transactions.tests.long_files import choose, shown
from transactions.tests.long_files import sent as send
from transactions.tests.test_importing import at, checked
from transactions.tests.test_short_pages import sent
from transactions.tests.test_verdicts import a_statement, commit, line, verdicts

CSV = b"Date,Description,Amount\n2026-11-03,Coffee,-4.50\n2026-11-20,Rice,-120.00\n"
MONTH = a_statement(line(1, 3, "-4.50", "Coffee"), line(2, 20, "-120", "Rice"))


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get(name="Cash")


def test_it_is_offered_unticked_in_the_next_file(household, alice, cash):
    batch = commit(household, MONTH, {"": cash}, alice, taken={2})

    found = importing.preview(household=household, statement=MONTH, wallets={"": cash}, layout="a bank")

    assert (batch.new_count, batch.known_count, batch.skipped_count) == (1, 0, 1)
    assert [(row.verdict.value, row.is_ticked) for row in found.lines] == [("unticked", False), ("known", False)]
    assert found.lines[0].left_on == timezone.localtime(batch.created_at).date()
    assert [each.line.number for each in found.takeable] == [1]


def test_taken_all_the_same_it_is_known(household, alice, cash):
    commit(household, MONTH, {"": cash}, alice, taken={2})
    commit(household, MONTH, {"": cash}, alice, taken={1})

    assert verdicts(household, MONTH, {"": cash}) == ["known", "known"]
    assert (Transaction.objects.count(), ImportedLine.objects.exclude(entry=None).count()) == (2, 2)


def test_left_out_twice_it_is_kept_once(household, alice, cash):
    commit(household, MONTH, {"": cash}, alice, taken={2})
    more = a_statement(*MONTH.lines, line(3, 25, "-7", "Tea"))
    commit(household, more, {"": cash}, alice)

    assert verdicts(household, more, {"": cash}) == ["unticked", "known", "known"]
    assert ImportedLine.objects.left_out().count() == 1


def test_an_import_that_is_taken_back_forgets_it(household, alice, cash):
    batch = commit(household, MONTH, {"": cash}, alice, taken={2})

    assert taking_back.take_back(batch=batch).gone == 1
    assert verdicts(household, MONTH, {"": cash}) == ["new", "new"]


def test_a_file_of_another_layout_leaves_it_out_too(household, alice, cash):
    commit(household, MONTH, {"": cash}, alice, taken={2}, layout="csv")
    other = a_statement(line(1, 4, "-4.50", "COFFEE HOUSE", bank_id="c-1"), line(2, 9, "-4.50", "Tea", bank_id="c-2"))

    assert verdicts(household, other, {"": cash}, layout="ofx") == ["unticked", "new"]


def test_only_new_lines_are_left_out_for_good(household, alice, cash):
    savings = make_wallet(household, "Savings")
    make_transaction(household, "4.50", on=date(2026, 11, 3))
    make_transaction(household, "120", kind="income", on=date(2026, 11, 20), wallet=savings, category="Other")
    assert verdicts(household, MONTH, {"": cash}) == ["lookalike", "transfer"]

    commit(household, MONTH, {"": cash}, alice, taken=set())

    assert not ImportedLine.objects.exists()
    assert verdicts(household, MONTH, {"": cash}) == ["lookalike", "transfer"]


def test_what_was_deleted_is_still_said_to_be_deleted(household, alice, cash):
    commit(household, MONTH, {"": cash}, alice, taken={2})
    Transaction.objects.all().delete()

    assert verdicts(household, MONTH, {"": cash}) == ["unticked", "deleted"]


def test_the_page_says_since_when_it_is_left_out(as_alice, household):
    upload = checked(as_alice, household, CSV)
    as_alice.post(at("commit", upload), sent(as_alice, upload, line=["3"]))
    done = as_alice.get(at("done", ImportBatch.objects.get())).content.decode()
    ImportBatch.objects.update(created_at="2026-11-25T09:00Z")

    page = as_alice.get(at("check", checked(as_alice, household, CSV)))

    assert "recognised" not in done
    row = page.context["check"].rows[0]
    assert (row.verdict, row.marks.is_ticked) == ("Left out earlier", False)
    assert row.left == "Left out of the import of today"
    assert row.left in page.content.decode()
    assert page.context["check"].sums.verdicts == "0 to import · 1 known · 1 left out earlier"


@pytest.mark.usefixtures("kinds")
def test_a_line_left_out_of_a_long_file_stays_out(as_alice, imported, run_jobs):
    choose(as_alice, 0, "take")
    imported()
    assert [each.raw for each in ImportedLine.objects.left_out()] == ["2026-11-02,Tea,-2.00,Booked"]

    assert send(as_alice, "Date,Description,Amount,Status\n" + "2026-11-02,Tea,-2.00,Booked\n" * 4).status_code == 303
    run_jobs()

    rows = shown(as_alice).rows
    assert [row.verdict for row in rows] == ["Left out earlier", *["New"] * 3]
    assert rows[0].left.startswith("Left out of the import of ")


@pytest.mark.usefixtures("kinds")
def test_where_none_is_taken_but_one_the_others_stay_out(as_alice, imported):
    choose(as_alice, tick="none")
    choose(as_alice, 0, "take", "1")

    imported()

    assert [each.raw for each in ImportedLine.objects.left_out()] == ["2026-11-16,Pay,900.00,Booked"]


@pytest.mark.usefixtures("kinds")
def test_a_long_file_is_shown_again_where_another_import_left_its_line_out(as_alice, household, alice, run_jobs):
    tea = StagedLine.objects.get(payee="Tea")
    # An import that changed no entry.
    batch = ImportBatch.objects.create(household=household, created_by=alice, file_name="b.csv", file_format="csv")
    copying.leave_out(booking.left_out([shelved.read(tea.verdict, tea.content)]), batch=batch)

    as_alice.post(at_long("import-commit"))
    run_jobs()

    assert as_alice.get(at_long("import-check")).context["notices"] == [
        "Your books changed since this page was made: line 2 is judged anew. Look at it, then import."
    ]
