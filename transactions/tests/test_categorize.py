"""Suggesting a category: whole words, any case, accents or none, phrases, and always the same answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions import categorize
from transactions.categorize import Suggestion, Vocabulary

KEYWORDS = [
    ("food", ["swiggy", "café", "domino's", "ice cream", "चाय"]),
    ("transport", ["ola", "uber", "bus pass"]),
    ("shopping", ["amazon", "ice"]),
    ("subscriptions", ["amazon prime", "Prime Video"]),
    ("groceries", ["amazon fresh", "rice", "swiggy"]),
]


@pytest.mark.parametrize(
    ("text", "category", "word"),
    [
        ("swiggy dinner", "food", "swiggy"),
        ("UPI-SWIGGY-swiggy@ybl", "food", "SWIGGY"),
        ("lunch at Café Noir", "food", "Café"),
        ("lunch at CAFE NOIR", "food", "CAFE"),
        ("Cafe\u0301 Noir", "food", "Cafe\u0301"),
        ("DOMINOS", "food", "DOMINOS"),
        ("domino\u2019s pizza", "food", "domino\u2019s"),
        ("'ola'", "transport", "ola"),
        ("\u2018ola\u2019 ride", "transport", "ola"),
        ("OLA", "transport", "OLA"),
        ("ola_cabs", "transport", "ola"),
        ("ice, in a bag", "shopping", "ice"),
        ("mango ice cream", "food", "ice cream"),
        ("ice   -  CREAM", "food", "ice   -  CREAM"),
        ("Amazon", "shopping", "Amazon"),
        ("AMAZON PRIME", "subscriptions", "AMAZON PRIME"),
        ("amazon, then prime video", "subscriptions", "prime video"),
        ("bus pass for ola", "transport", "bus pass"),
        ("एक कप चाय", "food", "चाय"),
        ("uber or rice", "transport", "uber"),
        ("rice or uber", "groceries", "rice"),
    ],
)
def test_a_keyword_in_the_text_suggests_its_category(text, category, word):
    assert categorize.suggest(text, keywords=KEYWORDS) == Suggestion(category, word)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "chocolate",
        "swiggys",
        "price",
        "bus",
        "pass the bus",
        "ice-creamery is one word: icecream",
        "चा",
        "&&&",
        "''",
    ],
)
def test_a_part_of_a_word_or_of_a_phrase_suggests_nothing(text):
    keywords = [(key, [word for word in words if word != "ice"]) for key, words in KEYWORDS]

    assert categorize.suggest(text, keywords=keywords) is None


def test_the_first_category_keeps_a_keyword_that_two_have():
    assert categorize.suggest("swiggy", keywords=KEYWORDS).category == "food"
    assert categorize.suggest("swiggy", keywords=KEYWORDS[::-1]).category == "groceries"


def test_nothing_is_suggested_where_there_are_no_keywords():
    assert categorize.suggest("swiggy", keywords=[("food", []), ("other", ["", " - "])]) is None


def test_vowel_signs_keep_words_apart_that_accents_would_not():
    assert categorize.suggest("दिन", keywords=[("donations", ["दान"])]) is None
    assert categorize.suggest("Müller", keywords=[("bakery", ["muller"])]).word == "Müller"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café  AU-LAIT!", "cafe au lait"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("D'Mart & Domino’s", "dmart dominos"),
        ("ﬁbre", "fibre"),
        ("7-Eleven 24x7", "7 eleven 24x7"),
    ],
)
def test_folding_leaves_plain_words(text, folded):
    assert categorize.fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    folded = categorize.fold(text)

    assert categorize.fold(folded) == folded


@given(st.text(max_size=60), st.sampled_from([word for _key, words in KEYWORDS for word in words]))
def test_a_keyword_is_found_wherever_it_stands_and_the_reason_is_in_the_text(text, keyword):
    sentence = f"{text} {keyword.upper()} {text}"

    suggestion = Vocabulary(KEYWORDS).suggest(sentence)

    assert suggestion is not None
    assert suggestion.word in sentence
    assert len(categorize.fold(suggestion.word)) >= len(categorize.fold(keyword))
