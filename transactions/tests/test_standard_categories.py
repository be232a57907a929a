"""The starting set: complete, drawable, and without a word that speaks for two categories of a kind."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from transactions.categorize import Vocabulary, fold
from transactions.standard_categories import STANDARD_CATEGORIES
from transactions.standard_keywords import INCOME, SPENDING

SPRITE = Path(__file__).parents[2] / "static" / "img" / "icons.svg"


def of_kind(kind):
    return [category for category in STANDARD_CATEGORIES if category.kind == kind]


def suggested(text, kind="expense"):
    found = Vocabulary((category.name, category.keywords) for category in of_kind(kind)).suggest(text)
    return found and found.category


def test_a_household_begins_with_27_ways_to_spend_and_8_to_earn_and_other_of_each():
    assert [len(of_kind("expense")), len(of_kind("income"))] == [28, 9]
    assert [(category.kind, category.name) for category in STANDARD_CATEGORIES if category.is_other] == [
        ("expense", "Other"),
        ("income", "Other"),
    ]


@pytest.mark.parametrize("kind", ["expense", "income"])
def test_no_keyword_speaks_for_two_categories_of_a_kind(kind):
    counted = Counter(fold(word) for category in of_kind(kind) for word in category.keywords)

    assert [word for word, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("kind", ["expense", "income"])
def test_no_name_is_there_twice(kind):
    names = [category.name.lower() for category in of_kind(kind)]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("category", STANDARD_CATEGORIES, ids=lambda category: f"{category.kind} {category.name}")
def test_a_category_can_be_stored_and_drawn(category):
    symbols = {symbol.get("id") for symbol in ElementTree.parse(SPRITE).iter("{http://www.w3.org/2000/svg}symbol")}

    assert category.icon in symbols
    assert 1 <= category.colour <= 12
    assert all(0 < len(word) <= 60 and fold(word) for word in category.keywords)
    assert bool(category.keywords) != category.is_other


def test_no_list_of_words_belongs_to_nothing():
    assert set(SPENDING) == {category.name for category in of_kind("expense")} - {"Other"}
    assert set(INCOME) == {category.name for category in of_kind("income")} - {"Other"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Swiggy Instamart", "Groceries"),
        ("Swiggy dinner", "Eating out"),
        ("Domino's", "Eating out"),
        ("Ola to office", "Transport"),
        ("chocolate", None),
        ("Indian Oil petrol", "Fuel & vehicle"),
        ("November rent", "Rent"),
        ("BESCOM electricity", "Electricity & utilities"),
        ("Airtel broadband", "Phone & internet"),
        ("HDFC home loan EMI", "EMI & loans"),
        ("Axis mutual fund SIP", "Mutual funds & SIP"),
        ("LIC premium", "Insurance"),
        ("Netflix", "Subscriptions"),
        ("Amazon Prime", "Subscriptions"),
        ("Amazon order", "Shopping"),
        ("Myntra kurta", "Clothes & shoes"),
        ("Apollo pharmacy", "Health"),
        ("Gym", "Fitness & sports"),
        ("School fees, term 2", "Education"),
        ("Diapers", "Children"),
        ("Maid salary", "Household help"),
        ("Plumber", "Home & repairs"),
        ("Haircut", "Personal care"),
        ("Diwali crackers", "Gifts & festivals"),
        ("Temple donation", "Donations"),
        ("IndiGo to Goa", "Travel"),
        ("PVR movie", "Entertainment"),
        ("Vet", "Pets"),
        ("SMS charges", "Fees & charges"),
        ("Income tax", "Taxes"),
        ("बिजली", "Electricity & utilities"),
        ("Lebkuchen", None),
    ],
)
def test_everyday_spending_finds_its_category(text, name):
    assert suggested(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Salary for October", "Salary"),
        ("Freelance invoice 12", "Business & freelance"),
        ("SB INT", "Interest"),
        ("Interim dividend", "Dividends"),
        ("Rent from tenant", "Rent received"),
        ("Gift from Nani", "Gifts received"),
        ("Amazon refund", "Refunds & cashback"),
        ("Old sofa sold on OLX", "Sale"),
    ],
)
def test_everyday_income_finds_its_category(text, name):
    assert suggested(text, "income") == name
