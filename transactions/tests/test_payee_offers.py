"""On the page of a short file, too, the other lines of a payee may become what one of them was chosen to become."""

import pytest

from transactions.models import Category, Transaction, Upload
from transactions.tests.factories import make_category
from transactions.tests.long_files import HTMX
from transactions.tests.test_choices_for_all import PAYEES
from transactions.tests.test_importing import at, checked
from transactions.tests.test_kept_choices import marks, printed


@pytest.fixture
def upload(as_alice, household) -> Upload:
    return checked(as_alice, household, PAYEES.encode())


def choose(client, upload: Upload, headers=HTMX, **changes):
    return client.post(at("choose", upload), {**printed(client, upload), **changes}, headers=headers)


def chosen(client, upload: Upload) -> list[str]:
    return [choice for _is_ticked, choice in marks(client.get(at("check", upload)))]


def test_the_other_lines_of_a_payee_get_its_category_with_one_button(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)
    before = chosen(as_alice, upload)

    offered = choose(as_alice, upload, **{"category-2": treats}).content.decode()
    given = choose(as_alice, upload, alike="2").content.decode()

    assert "<bdi>Coffee House</bdi>: 1 more line<" in offered
    assert "Treats for all of them" in offered
    assert "<section" not in offered
    assert chosen(as_alice, upload) == [treats, treats, *before[2:]]
    assert "more line" not in given
    assert 'id="transactions-import-preview"' in given


def test_what_is_chosen_back_is_offered_too(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)
    other = str(Category.objects.of(household).get(kind="expense", is_other=True).pk)
    choose(as_alice, upload, **{"category-2": treats, "category-3": treats})

    offered = choose(as_alice, upload, **{"category-3": other}).content.decode()
    choose(as_alice, upload, alike="3")

    assert "Other for all of them" in offered
    assert chosen(as_alice, upload)[:2] == [other, other]


def test_nothing_is_offered_for_a_payee_of_one_line_or_for_a_tick(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)

    alone = choose(as_alice, upload, **{"category-5": treats})
    unticked = choose(as_alice, upload, line=["2", "3"])

    assert "more line" not in alone.content.decode()
    assert (unticked.status_code, unticked["HX-Reswap"]) == (200, "none")
    assert [is_ticked for is_ticked, _choice in marks(as_alice.get(at("check", upload)))] == [True, True, False, False]


def test_without_a_script_choices_are_kept_and_the_offer_stands_on_the_page(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)

    page = choose(as_alice, upload, headers={}, **{"category-2": treats})
    spread = choose(as_alice, upload, headers={}, alike="2")
    as_alice.post(at("commit", upload), printed(as_alice, upload))

    assert "<html" in page.content.decode()
    assert "Treats for all of them" in page.content.decode()
    assert "more line" not in spread.content.decode()
    entries = Transaction.objects.of(household).order_by("date")
    assert list(entries.values_list("note", "category__name")) == [
        ("Coffee House", "Treats"),
        ("Coffee House", "Treats"),
        ("Coffee House", "Other"),
        ("Tea", "Other"),
    ]


def test_a_choice_beside_another_reading_shows_the_lines_as_they_are_read_then(as_alice, household, upload):
    page = choose(as_alice, upload, sign="inverted", line=["2"])

    assert page["HX-Retarget"] == "#transactions-import-preview"
    assert [is_ticked for is_ticked, _choice in marks(page)] == [True, False, False, False]


def test_nobody_chooses_for_a_line_that_is_not_there_or_a_file_of_others(as_alice, as_bob, household, upload):
    missing = as_alice.post(at("choose", upload), {"read": "1", "alike": "99"}, headers=HTMX)

    assert (missing.status_code, Upload.objects.get().chosen["lines"]) == (200, {})
    assert as_bob.post(at("choose", upload), {"alike": "2"}).status_code == 404
