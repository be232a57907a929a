"""What webhooks hear of entries and imports, whichever way these were written."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Webhook, WebhookDelivery
from transactions.importers.base import Statement, StatementLine
from transactions.imports import taking_back
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category, make_import, make_transaction

LINES = (
    StatementLine(1, date(2026, 11, 3), amount=Decimal(-450), description="Coffee House", raw="a"),
    StatementLine(2, date(2026, 11, 4), amount=Decimal(90000), description="Salary", raw="b"),
)


@pytest.fixture(autouse=True)
def webhook(household) -> Webhook:
    return Webhook.objects.create(household=household, url="https://1.1.1.1/", events=Webhook.Event.values)


def heard() -> list[tuple[str, dict]]:
    rows = WebhookDelivery.objects.order_by("pk").values_list("event", "body")
    return [(event, json.loads(body)["data"]) for event, body in rows]


def typed(**changes) -> dict:
    wallet = Wallet.objects.get(name="Cash").pk
    return {"kind": "expense", "amount": "120.5", "note": "Rice", "date": "2026-11-10", "wallet": wallet} | changes


def test_an_entry_of_the_page_is_told_when_it_is_added_changed_and_deleted(as_alice, household):
    make_category(household, "Groceries", keywords=["rice"])

    as_alice.post(reverse("transactions:create"), typed())
    entry = Transaction.objects.get()
    as_alice.post(reverse("transactions:update", args=[entry.pk]), typed(amount="130", version=1))
    as_alice.post(reverse("transactions:delete", args=[entry.pk]))

    (first, added), (second, changed), (third, deleted) = heard()
    assert (first, second, third) == ("transaction.created", "transaction.updated", "transaction.deleted")
    assert (added["id"], added["amount"], added["category"], added["version"]) == (entry.pk, "120.50", "Groceries", 1)
    assert (added["type"], added["date"], added["wallet"]) == ("expense", "2026-11-10", "Cash")
    assert (changed["amount"], changed["version"]) == ("130.00", 2)
    assert (deleted["id"], deleted["amount"]) == (entry.pk, "130.00")


def test_the_same_form_sent_twice_is_told_once_and_a_refused_one_never(as_alice, household):
    key = "0192c3d4-0000-4000-8000-000000000001"
    for amount in ("120", "120", "0"):
        as_alice.post(reverse("transactions:create"), typed(amount=amount, key=key))

    assert [event for event, _told in heard()] == ["transaction.created"]


def test_an_import_is_told_in_one_message_and_so_is_its_end(household, alice):
    batch = make_import(
        household=household,
        statement=Statement(format="csv", encoding="utf-8", lines=LINES),
        wallets={"": Wallet.objects.get(name="Cash")},
        created_by=alice,
        file_name="november.csv",
    )
    taking_back.take_back(batch=batch)

    (first, committed), (second, reverted) = heard()
    assert (first, second) == ("import.committed", "import.reverted")
    assert (committed["id"], committed["file_name"], committed["new"]) == (batch.pk, "november.csv", 2)
    assert (committed["reverted_at"], reverted["reverted_at"] is None) == (None, False)


def test_another_households_entry_is_not_told(bobs_household):
    make_transaction(bobs_household, "5")

    assert heard() == []
