"""PostgreSQL itself refuses a wallet or a category that cannot be, and lets go of none that is in use."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Household
from transactions.models import Category, MonthTotal, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet
from transactions.tests.refusals import refused


@pytest.mark.parametrize("name", ["Groceries", "groceries", "GROCERIES"])
def test_a_category_of_the_same_name_in_any_case_is_refused(household, name):
    make_category(household, "Groceries")

    with refused("one_category_of_a_name"):
        make_category(household, name)


def test_a_name_may_stand_once_in_each_kind_and_household(household, bobs_household):
    make_category(household, "Gifts", kind="expense")
    make_category(household, "Gifts", kind="income")
    make_category(bobs_household, "Gifts", kind="income")

    assert Category.objects.filter(name="Gifts").count() == 3


@pytest.mark.parametrize("kind", ["income", "expense"])
def test_a_second_other_is_refused(household, kind):
    with refused("one_other_of_a_kind"):
        make_category(household, "Everything else", kind=kind, is_other=True)


def test_other_cannot_be_archived(household):
    other = the_category(household, "Other", "expense")
    other.archived_at = timezone.now()

    with refused("other_stays_open"):
        other.save()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "transfer"}, "category_kind_is_known"),
        ({"colour": 0}, "colour_is_one_of_twelve"),
        ({"colour": 13}, "colour_is_one_of_twelve"),
        ({"name": ""}, "category_has_a_name"),
    ],
)
def test_a_category_that_cannot_be_is_refused(household, fields, rule):
    with refused(rule):
        make_category(household, **fields)


@pytest.mark.parametrize("name", ["bank", "BANK"])
def test_a_wallet_of_the_same_name_in_any_case_is_refused(household, name):
    make_wallet(household, "Bank")

    with refused("one_wallet_of_a_name"):
        make_wallet(household, name)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "sock"}, "wallet_kind_is_known"),
        ({"name": ""}, "wallet_has_a_name"),
        ({"opening_balance": Decimal("0.001")}, "opening_balance_has_the_currencys_decimals"),
    ],
)
def test_a_wallet_that_cannot_be_is_refused(household, fields, rule):
    with refused(rule):
        make_wallet(household, **fields)


def test_a_wallet_of_yen_has_no_decimals(db):
    household = Household.objects.create(name="Tokyo", currency="JPY")

    with refused("opening_balance_has_the_currencys_decimals"):
        make_wallet(household, opening_balance=Decimal("100.5"))


def test_a_wallet_in_another_currency_than_the_households_is_refused(household):
    with refused("wallet_currency_is_the_households"):
        Wallet.objects.create(household=household, name="Dollars", currency="USD")


def test_the_households_currency_is_fixed_once_there_are_entries(household):
    make_transaction(household)

    with refused("entry_wallet_is_the_households"):
        Household.objects.filter(pk=household.pk).update(currency="USD")


def test_without_entries_the_wallets_follow_the_households_currency(household):
    Household.objects.filter(pk=household.pk).update(currency="USD")

    assert the_wallet(household, "Cash").currency == "USD"


def test_a_used_wallet_cannot_be_deleted(household):
    wallet = make_transaction(household).wallet

    with refused("entry_wallet_is_the_households"):
        wallet.delete()


def test_a_wallet_that_money_was_moved_to_cannot_be_deleted(household):
    bank = make_wallet(household)
    make_transaction(household, kind="transfer", to_wallet=bank)

    with refused("entry_to_wallet_is_the_households"):
        bank.delete()


def test_a_used_category_cannot_be_deleted(household):
    category = make_transaction(household).category

    with refused("entry_category_is_the_households_and_of_its_kind"):
        category.delete()


def test_a_wallet_and_a_category_whose_entries_are_gone_can_be_deleted(household):
    entry = make_transaction(household, wallet="Bank")
    entry.delete()

    # A total of no entries stays behind, and goes with them.
    assert MonthTotal.objects.of(household).get().entries == 0
    entry.wallet.delete()
    entry.category.delete()

    assert not MonthTotal.objects.of(household).exists()
    assert list(Wallet.objects.of(household).values_list("name", flat=True)) == ["Cash"]
    assert not Category.objects.of(household).filter(is_other=False).exists()


def test_categories_are_listed_by_name_and_other_last(household):
    for name in ["rent", "Health", "Zoo"]:
        make_category(household, name)

    names = Category.objects.of(household).filter(kind="expense").by_name().values_list("name", flat=True)

    assert list(names) == ["Health", "rent", "Zoo", "Other"]


def test_wallets_are_listed_in_their_order(household):
    make_wallet(household, "Card", position=2)
    make_wallet(household, "Bank", position=1)

    assert list(Wallet.objects.of(household).in_order().values_list("name", flat=True)) == ["Cash", "Bank", "Card"]
