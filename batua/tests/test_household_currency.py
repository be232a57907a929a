"""The currency of a household: free until there is money in it, fixed from then on."""

from django.urls import reverse

from transactions.models import Wallet
from transactions.tests.factories import make_transaction, make_wallet


def books(currency):
    return {"name": "Our books", "currency": currency, "month_start": "1", "week_start": "6"}


def test_the_currency_changes_with_its_wallets_while_there_is_no_money(as_alice, household):
    as_alice.post(reverse("accounts:household"), books("EUR"))

    household.refresh_from_db()
    assert household.currency == "EUR"
    assert Wallet.objects.of(household).get().currency == "EUR"


def test_the_currency_is_fixed_once_entries_exist(as_alice, household):
    make_transaction(household, "10")

    answer = as_alice.post(reverse("accounts:household"), books("EUR"))

    household.refresh_from_db()
    assert answer.status_code == 422
    assert "The currency stays INR: there is money in it already." in answer.content.decode()
    assert (household.name, household.currency) == ("Alice's household", "INR")


def test_the_currency_is_fixed_when_a_balance_would_not_fit(as_alice, household):
    make_wallet(household, "Bank", opening_balance="0.50")

    answer = as_alice.post(reverse("accounts:household"), books("JPY"))

    household.refresh_from_db()
    assert answer.status_code == 422
    assert "The currency stays INR" in answer.content.decode()
    assert household.currency == "INR"
