"""PostgreSQL itself refuses an entry that cannot be, whatever wrote it."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Household
from transactions.models import Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet
from transactions.tests.refusals import refused

WALLET_KEY = "entry_wallet_is_the_households"
CATEGORY_KEY = "entry_category_is_the_households_and_of_its_kind"
SHAPE = "transfer_has_two_wallets_others_a_category"


def test_a_wallet_of_another_household_is_refused(household, bobs_household):
    bobs_cash = the_wallet(bobs_household, "Cash")

    with refused(WALLET_KEY):
        make_transaction(household, wallet=bobs_cash)


def test_a_transfer_into_another_household_is_refused(household, bobs_household):
    bobs_cash = the_wallet(bobs_household, "Cash")

    with refused("entry_to_wallet_is_the_households"):
        make_transaction(household, kind="transfer", to_wallet=bobs_cash)


def test_a_category_of_another_household_is_refused(household, bobs_household):
    bobs_groceries = make_category(bobs_household)

    with refused(CATEGORY_KEY):
        make_transaction(household, category=bobs_groceries)


@pytest.mark.parametrize(("kind", "other_kind"), [("income", "expense"), ("expense", "income")])
def test_a_category_of_the_other_kind_is_refused(household, kind, other_kind):
    category = the_category(household, "Salary", kind)

    with refused(CATEGORY_KEY):
        make_transaction(household, kind=other_kind, category=category)


def test_a_category_cannot_change_its_kind_under_its_entries(household):
    category = make_transaction(household).category
    category.kind = "income"

    with refused(CATEGORY_KEY):
        category.save()


def test_entries_cannot_be_moved_to_another_household(household, bobs_household):
    make_transaction(household)

    with refused(WALLET_KEY):
        Transaction.objects.of(household).update(household=bobs_household)


def test_an_amount_of_zero_is_refused(household):
    with refused("amount_is_not_zero"):
        make_transaction(household, "0")


def test_a_refund_is_spending_with_a_negative_amount(household):
    make_transaction(household, "-200")

    assert Transaction.objects.of(household).spending().get().amount == Decimal("-200")


def test_an_unknown_kind_is_refused(household):
    groceries = make_category(household)

    with refused("entry_kind_is_known"):
        make_transaction(household, kind="gift", category=groceries)


@pytest.mark.parametrize("kind", ["income", "expense"])
def test_income_and_spending_need_a_category(household, kind):
    with refused(SHAPE):
        make_transaction(household, kind=kind, category=None)


def test_spending_goes_to_no_second_wallet(household):
    bank = make_wallet(household)

    with refused(SHAPE):
        make_transaction(household, to_wallet=bank)


def test_a_transfer_needs_a_second_wallet(household):
    with refused(SHAPE):
        make_transaction(household, kind="transfer")


def test_a_transfer_has_no_category(household):
    transfer = make_transaction(household, kind="transfer", to_wallet=make_wallet(household))
    # A null in the key of kind and category leaves the key unchecked: this rule stands alone.
    transfer.category = make_category(household)

    with refused(SHAPE):
        transfer.save()


@pytest.mark.parametrize("amount", ["-5", "-0.01"])
def test_a_transfer_moves_a_positive_amount(household, amount):
    with refused(SHAPE):
        make_transaction(household, amount, kind="transfer", to_wallet=make_wallet(household))


def test_a_transfer_to_the_same_wallet_is_refused(household):
    cash = the_wallet(household, "Cash")

    with refused("transfer_changes_the_wallet"):
        make_transaction(household, kind="transfer", wallet=cash, to_wallet=cash)


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "100.5"), ("INR", "0.001"), ("KWD", "0.0005")])
def test_more_decimals_than_the_currency_has_are_refused(db, currency, amount):
    household = Household.objects.create(name="Abroad", currency=currency)

    with refused("amount_has_the_currencys_decimals"):
        make_transaction(household, amount)


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "100"), ("INR", "0.01"), ("KWD", "0.005")])
def test_all_decimals_that_the_currency_has_are_kept(db, currency, amount):
    household = Household.objects.create(name="Abroad", currency=currency)

    make_transaction(household, amount)

    assert Transaction.objects.of(household).get().amount == Decimal(amount)


def test_an_amount_in_another_currency_than_its_wallets_is_refused(household):
    entry = make_transaction(household)
    entry.currency = "USD"

    with refused(WALLET_KEY):
        entry.save()


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2101, 1, 1), date(26, 1, 1)])
def test_a_day_outside_1900_to_2100_is_refused(household, day):
    with refused("date_is_within_1900_to_2100"):
        make_transaction(household, on=day)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_day_are_kept(household, day):
    make_transaction(household, on=day)

    assert Transaction.objects.of(household).get().date == day


def test_an_idempotency_key_makes_one_entry(household):
    key = make_transaction(household).uuid
    make_transaction(household, idempotency_key=key)

    with refused("one_entry_per_idempotency_key"):
        make_transaction(household, idempotency_key=key)


def test_a_public_uuid_names_one_entry_of_a_household(household, bobs_household):
    entry = make_transaction(household)
    make_transaction(bobs_household, uuid=entry.uuid)

    with refused("one_entry_per_uuid"):
        make_transaction(household, uuid=entry.uuid)


def test_the_version_counts_every_save(household):
    entry = make_transaction(household)
    entry.note = "Weekly shop"
    entry.save()

    entry.refresh_from_db()
    assert entry.version == 2


def test_the_version_counts_a_bulk_update_too(household):
    for _ in range(3):
        make_transaction(household)

    Transaction.objects.of(household).update(note="Moved")

    assert list(Transaction.objects.of(household).values_list("version", flat=True)) == [2, 2, 2]


def test_the_version_cannot_be_set_back(household):
    entry = make_transaction(household)

    Transaction.objects.of(household).update(version=99)

    entry.refresh_from_db()
    assert entry.version == 2


def test_what_an_entry_does_to_its_wallet_has_a_sign(household):
    spent = make_transaction(household, "120")
    earned = make_transaction(household, "500", kind="income", category="Salary")
    refund = make_transaction(household, "-20")

    assert [spent.signed_amount, earned.signed_amount, refund.signed_amount] == [-120, 500, 20]
