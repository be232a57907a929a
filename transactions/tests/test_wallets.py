from decimal import Decimal

import pytest
from django.urls import reverse

from transactions import ledger
from transactions.models import Wallet
from transactions.tests.factories import make_transaction, make_wallet


def at(name: str, wallet: Wallet) -> str:
    return reverse(f"transactions:wallet-{name}", args=[wallet.pk])


def test_the_page_shows_running_balances_and_their_sum(as_alice, household):
    make_transaction(household, "100")
    make_wallet(household, "Bank", opening_balance=Decimal("5000"))

    wallets = as_alice.get(reverse("transactions:wallets")).context["wallets"]

    assert [(row.name, row.entries) for row in wallets.rows] == [("Cash", "1 entry"), ("Bank", "no entries")]
    assert "−" in wallets.rows[0].balance
    assert "100" in wallets.rows[0].balance
    assert "5,000" in wallets.rows[1].balance
    assert "4,900" in wallets.total


def test_a_wallet_is_added_with_a_debt_typed_the_members_way(as_alice, household):
    answer = as_alice.post(
        reverse("transactions:wallet-create"), {"name": "Card", "kind": "card", "opening_balance": "-1,25,000.50"}
    )

    wallet = Wallet.objects.get(name="Card")
    assert answer.status_code == 303
    assert (wallet.opening_balance, wallet.currency) == (Decimal("-125000.50"), "INR")


@pytest.mark.parametrize(("name", "balance"), [("cash", "0"), ("", "0"), ("\u200b\u2060", "0"), ("Bank", "12,3x")])
def test_bad_input_is_said_beside_the_field_and_nothing_is_saved(as_alice, household, name, balance):
    answer = as_alice.post(
        reverse("transactions:wallet-create"), {"name": name, "kind": "bank", "opening_balance": balance}
    )

    assert answer.status_code == 422
    assert Wallet.objects.of(household).count() == 1


def test_a_wallet_is_renamed_and_keeps_its_entries(as_alice, household):
    bank = make_wallet(household, "Bank", opening_balance=Decimal("10"))
    make_transaction(household, "4", wallet=bank)

    as_alice.post(at("update", bank), {"name": "Credit union", "kind": "bank", "opening_balance": "12"})

    bank.refresh_from_db()
    assert (bank.name, bank.opening_balance) == ("Credit union", Decimal(12))
    assert {row.name: row.balance for row in ledger.wallet_balances(household)} == {"Cash": 0, "Credit union": 8}


@pytest.mark.parametrize("way", ["archive", "delete"])
def test_the_last_wallet_in_use_stays(as_alice, household, way):
    cash = Wallet.objects.of(household).get()

    answer = as_alice.post(at(way, cash))

    cash.refresh_from_db()
    assert answer.status_code == 422
    assert "This is the only wallet in use." in answer.content.decode()
    assert cash.archived_at is None


def test_an_archived_wallet_is_offered_no_more_until_it_is_reopened(as_alice, household):
    bank = make_wallet(household, "Bank")

    as_alice.post(at("archive", bank))
    assert not Wallet.objects.of(household).open().filter(pk=bank.pk).exists()
    as_alice.post(at("reopen", bank))
    assert Wallet.objects.of(household).open().filter(pk=bank.pk).exists()


def test_a_wallet_in_use_is_not_deleted_and_an_unused_one_is(as_alice, household):
    used, unused = make_wallet(household, "Used"), make_wallet(household, "Unused")
    make_transaction(household, "4", wallet=used)

    refused, done = as_alice.post(at("delete", used)), as_alice.post(at("delete", unused))

    assert (refused.status_code, done.status_code) == (422, 303)
    assert "Used is in use, so it was not deleted." in refused.content.decode()
    assert list(Wallet.objects.of(household).in_order().values_list("name", flat=True)) == ["Cash", "Used"]


@pytest.mark.parametrize("name", ["wallet-update", "wallet-archive", "wallet-reopen", "wallet-delete"])
def test_bob_cannot_touch_alices_wallet(as_bob, household, name):
    wallet = Wallet.objects.of(household).get()

    answer = as_bob.post(reverse(f"transactions:{name}", args=[wallet.pk]), {"name": "Bob's", "kind": "cash"})

    wallet.refresh_from_db()
    assert answer.status_code == 404
    assert (wallet.name, wallet.archived_at) == ("Cash", None)


def test_a_viewer_cannot_add_a_wallet(as_viewer, household):
    answer = as_viewer.post(reverse("transactions:wallet-create"), {"name": "Bank", "kind": "bank"})

    assert answer.status_code == 403
    assert Wallet.objects.of(household).count() == 1


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for count in range(number):
        make_wallet(household, f"Wallet {count}")

    with django_assert_max_num_queries(8):
        as_alice.get(reverse("transactions:wallets"))
