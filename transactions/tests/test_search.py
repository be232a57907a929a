"""Entries are found by the beginnings of their words, whatever case, accent or script."""

import pytest
from django.db import connection

from transactions.models import Transaction
from transactions.tests.factories import make_transaction


def found(household, text) -> list[str]:
    entries = Transaction.objects.of(household).mentioning(household, text).newest_first()
    return list(entries.values_list("note", flat=True))


@pytest.mark.parametrize("text", ["café", "CAFE", "cafe", "caf", "Café Mü", "muller cafe", "  cafe  "])
def test_case_and_accents_do_not_matter(household, text):
    make_transaction(household, note="Café Müller")
    make_transaction(household, note="Rent")

    assert found(household, text) == ["Café Müller"]


def test_an_accent_typed_as_its_own_character_is_the_same_word(household):
    make_transaction(household, note="Cafe\N{COMBINING ACUTE ACCENT}")

    assert found(household, "caf\N{LATIN SMALL LETTER E WITH ACUTE}") == ["Cafe\N{COMBINING ACUTE ACCENT}"]


@pytest.mark.parametrize("text", ["चाय", "चा", "दूध चाय"])
def test_devanagari_is_found(household, text):
    make_transaction(household, note="चाय और दूध")
    make_transaction(household, note="चीनी")

    assert found(household, text) == ["चाय और दूध"]


@pytest.mark.parametrize(
    ("note", "text"), [("ŽIVOT", "zivot"), ("Straße", "straße"), ("Øl", "øl"), ("ＴＥＡ", "tea"), ("ﬁsh", "fish")]
)
def test_other_scripts_and_forms_are_found(household, note, text):
    make_transaction(household, note=note)

    assert found(household, text) == [note]


def test_words_are_found_from_their_beginning_only(household):
    make_transaction(household, note="Chocolate")

    assert found(household, "choc") == ["Chocolate"]
    assert found(household, "ola") == []


def test_each_word_must_be_there(household):
    make_transaction(household, note="Train to Pune")

    assert found(household, "pune train") == ["Train to Pune"]
    assert found(household, "pune bus") == []


def test_comment_and_bank_text_are_searched_too(household):
    make_transaction(household, note="Dinner", comment="with Ravi", bank_text="UPI-SWIGGY/8712")

    assert [found(household, text) for text in ("ravi", "swiggy", "8712")] == [["Dinner"]] * 3


@pytest.mark.parametrize("text", ["'", "\\", "tea:*", "tea & 'pot", "(tea)", "!tea", "a<->tea", "% _"])
def test_signs_are_no_commands(household, text):
    make_transaction(household, note="Tea pot a")

    assert found(household, text) in (["Tea pot a"], [])


@pytest.mark.parametrize("text", ["", "   "])
def test_no_text_finds_everything(household, text):
    make_transaction(household, note="Tea")

    assert found(household, text) == ["Tea"]


def test_a_word_longer_than_the_index_holds_is_kept_and_found(household):
    word = "क" * 200
    make_transaction(household, note=word, comment="x" * 5_000)

    assert found(household, word) == [word]
    assert found(household, "x" * 5_000) == [word]


def test_an_edited_note_is_found_by_its_new_words(household):
    entry = make_transaction(household, note="Tea")
    Transaction.objects.filter(pk=entry.pk).update(note="Coffee")

    assert (found(household, "tea"), found(household, "coffee")) == ([], ["Coffee"])


def test_another_households_words_are_not_found(household, bobs_household):
    make_transaction(bobs_household, note="Secret")

    assert found(household, "secret") == []


@pytest.mark.parametrize(
    "text", ["", " \t ", "Café  au-LAIT, 3.50", "x" * 61 + " y", "ab " * 40, "चाय—दूध\u00a0ﬁsh", "/a/ 'b' ''", "é" * 130]
)
def test_words_are_cut_for_the_index_as_they_are_for_a_query(household, text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT batua_search_words(7, '', %s, NULL), array_to_tsvector(batua_words(7, %s))", [text, text]
        )
        kept, asked = cursor.fetchone()

    assert kept == asked
