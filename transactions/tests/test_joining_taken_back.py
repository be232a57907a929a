"""“It is this entry” that is taken back, or lost: the line is not taken as a new payment beside the entry."""

import pytest

from transactions.models import ImportBatch, Transaction
from transactions.tests.factories import make_category
from transactions.tests.long_files import HTMX, shown
from transactions.tests.long_files import at as at_long
from transactions.tests.long_files import choose as choose_long
from transactions.tests.long_files import line as long_line
from transactions.tests.test_importing import at, checked
from transactions.tests.test_joining_pages import CSV, bread, brought, by_hand, is_this
from transactions.tests.test_short_pages import said, sent

__all__ = ["bread", "by_hand"]
NO_MORE = "You took back that line %s is an entry of yours, so it is not ticked any more."


def first_marks(client, upload) -> tuple[bool, bool]:
    """Whether the first line is ticked, and whether it is said to be an entry."""
    marks = client.get(at("check", upload)).context["check"].rows[0].marks
    return marks.is_ticked, marks.chosen.startswith("is-")


@pytest.fixture
def upload(as_alice, household, by_hand):
    """A file whose first line is said to be the entry."""
    kept = checked(as_alice, household, CSV)
    as_alice.post(at("choose", kept), sent(as_alice, kept, **{"category-2": is_this(by_hand)}), headers=HTMX)
    assert first_marks(as_alice, kept) == (True, True)
    return kept


@pytest.mark.parametrize("change", ["edited", "deleted", "worth more"])
def test_a_page_that_is_opened_again_takes_no_line_whose_entry_changed(as_alice, household, by_hand, upload, change):
    own = Transaction.objects.filter(pk=by_hand.pk)
    {"edited": lambda: own.update(note="Lunch"), "deleted": own.delete}.get(change, lambda: own.update(amount=5))()

    page = as_alice.get(at("check", upload))

    row = page.context["check"].rows[0]
    assert (row.marks.is_ticked, row.marks.chosen.startswith("is-")) == (change != "edited", False)
    assert "What you chose for line 2 does not fit the line as it is read now" in page.content.decode()
    assert "does not fit the line" not in as_alice.get(at("check", upload)).content.decode()


def test_with_the_choice_goes_the_tick_that_came_by_it(as_alice, household, by_hand, upload):
    treats = str(make_category(household, "Treats").pk)

    answer = as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": treats}), headers=HTMX)

    assert said(answer)[0].startswith("1 to import")
    assert first_marks(as_alice, upload) == (False, False)
    as_alice.post(at("commit", upload), sent(as_alice, upload))
    assert brought() == ["Buns", "Rice"]


def test_who_ticks_it_afterwards_takes_a_new_payment(as_alice, household, by_hand, upload):
    treats = str(make_category(household, "Treats").pk)
    as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": treats}), headers=HTMX)

    as_alice.post(at("commit", upload), sent(as_alice, upload, line=["2", "3"]))

    assert brought() == ["Buns", "Coffee", "Rice"]


def test_a_press_that_takes_it_back_is_asked_whether_it_is_a_new_payment(as_alice, household, by_hand, upload):
    treats = str(make_category(household, "Treats").pk)

    asked = as_alice.post(at("commit", upload), sent(as_alice, upload, **{"category-2": treats}))

    assert (asked.status_code, ImportBatch.objects.count()) == (422, 0)
    assert NO_MORE % 2 in asked.content.decode()
    marks = asked.context["check"].rows[0].marks
    assert (marks.is_ticked, marks.chosen) == (False, treats)
    as_alice.post(at("commit", upload), sent(as_alice, upload, line=["2", "3"]))
    assert brought() == ["Buns", "Coffee", "Rice"]


@pytest.mark.parametrize("all_are_ticked", [False, True])
def test_of_a_long_file_too(as_alice, bread, imported, all_are_ticked):
    if all_are_ticked:
        choose_long(as_alice, tick="all")
    choose_long(as_alice, 1, "category", bread)

    choose_long(as_alice, 1, "category", shown(as_alice).rows[0].marks.chosen)

    row = shown(as_alice).rows[1]
    assert (row.marks.is_ticked, row.marks.chosen.startswith("is-")) == (False, False)
    assert "Bakery" not in [note for note, *_rest in imported()]


def test_a_long_files_press_that_takes_it_back_is_asked(as_alice, bread, imported):
    choose_long(as_alice, 1, "category", bread)
    page = shown(as_alice)
    values = {row.marks.category_name: row.marks.chosen for row in page.rows if row.options}
    ticked = {row.marks.take_name: "1" for row in page.rows if row.marks.is_ticked}
    values[f"category-{long_line(1).pk}"] = page.rows[0].marks.chosen

    asked = as_alice.post(at_long("import-commit"), {"shown": page.shown, **values, **ticked})

    assert asked.status_code == 422
    assert NO_MORE % 3 in asked.content.decode()
    assert [note for note, *_rest in imported()] == ["Tea", "Pay"]
