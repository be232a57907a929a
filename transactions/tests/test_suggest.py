"""The live suggestion: which category, why, and when it keeps quiet."""

from datetime import date

import pytest

from transactions.models import Category
from transactions.tests.factories import make_category, make_transaction

URL = "/transactions/suggest/"


@pytest.fixture
def eating_out(household) -> Category:
    return make_category(household, "Eating out", keywords=["swiggy", "ola"])


def chip(client, **typed: str) -> str:
    response = client.get(URL, {"kind": "expense"} | typed, headers={"HX-Request": "true"})
    assert response.status_code == 200
    text = response.content.decode()
    assert text.startswith('<div id="transactions-suggestion"')
    return text


def test_a_word_of_the_note_suggests_and_is_named(as_alice, eating_out):
    text = chip(as_alice, note="Dinner, SWÍGGY order")

    assert "Eating out" in text
    assert "because of <em>SWÍGGY</em>" in text


def test_a_part_of_a_word_suggests_nothing(as_alice, eating_out):
    assert "Eating out" not in chip(as_alice, note="Chocolate")


def test_the_earlier_choice_for_the_same_note_comes_first(as_alice, household, eating_out):
    make_transaction(household, note="Swiggy", category="Party", on=date(2026, 10, 1))
    make_transaction(household, note="Swiggy", category="Guests", on=date(2026, 10, 2))
    make_transaction(household, note="Swiggy dinner", category="Dinner", on=date(2026, 10, 3))

    text = chip(as_alice, note="  swíggy ")

    assert "Guests" in text
    assert "as last time" in text


def test_an_earlier_other_does_not_hide_a_keyword(as_alice, household, eating_out):
    make_transaction(household, note="Swiggy", category="Other")

    assert "because of <em>swiggy</em>" in chip(as_alice, note="swiggy")


def test_an_archived_category_is_not_suggested(as_alice, household, eating_out):
    party = make_category(household, "Party", keywords=["cake"], archived_at="2026-01-01T00:00Z")
    make_transaction(household, note="Balloons", category=party)

    assert "Party" not in chip(as_alice, note="cake")
    assert "Party" not in chip(as_alice, note="Balloons")


def test_a_suggestion_is_of_the_entrys_kind(as_alice, household, eating_out):
    make_category(household, "Tips", kind="income", keywords=["swiggy"])

    assert "Tips" in chip(as_alice, note="swiggy", kind="income")
    assert "Eating out" in chip(as_alice, note="swiggy", kind="expense")


@pytest.mark.parametrize(
    "typed",
    [
        {"note": ""},
        {"note": "!?"},
        {"note": "\0"},
        {"note": "swiggy", "category": "1"},
        {"note": "swiggy", "kind": "transfer"},
    ],
)
def test_it_keeps_quiet_when_there_is_nothing_to_say(as_alice, eating_out, typed):
    assert "Eating out" not in chip(as_alice, **typed)


def test_what_others_chose_is_not_suggested(as_bob, household, bobs_household, eating_out):
    make_transaction(household, note="Swiggy", category="Guests")

    text = chip(as_bob, note="Swiggy")

    assert "Guests" not in text
    assert "Eating out" not in text


def test_a_refused_form_says_what_it_would_take(as_alice, eating_out):
    typed = {"kind": "expense", "amount": "0", "date": "2026-11-25", "note": "Swiggy"}

    page = as_alice.post("/transactions/add/", typed).content.decode()

    assert "because of <em>Swiggy</em>" in page


def test_typing_costs_the_same_whatever_was_written_before(
    as_alice, household, eating_out, django_assert_max_num_queries
):
    for number in range(30):
        make_transaction(household, note="Swiggy", category=f"Category {number}")

    chip(as_alice, note="Swiggy")

    with django_assert_max_num_queries(6):
        chip(as_alice, note="Swiggy")
