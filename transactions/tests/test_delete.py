"""Deleting an entry: asked first, gone from list and sums, and nobody else's."""

import json
from datetime import date

import pytest
from django.urls import reverse

from batua import periods
from transactions import ledger
from transactions.models import Transaction
from transactions.tests.factories import make_transaction

HTMX = {"HX-Request": "true"}


@pytest.fixture
def rent(household) -> Transaction:
    return make_transaction(household, "1200", note="Rent", on=date(2026, 11, 1))


def url(entry: Transaction) -> str:
    return reverse("transactions:delete", args=[entry.pk])


def test_a_browser_is_asked_first(as_alice, rent):
    page = as_alice.get(url(rent)).content.decode()

    assert "Delete “Rent” (1 Nov, ₹1,200.00)? It cannot be brought back." in page
    assert f'<form class="card narrow" method="post" action="{url(rent)}">' in page
    assert Transaction.objects.count() == 1


def test_a_browser_deletes_and_goes_to_the_list(as_alice, household, rent, today):
    response = as_alice.post(f"{url(rent)}?back=kind%3Dexpense")

    assert (response.status_code, response["Location"]) == (303, "/transactions/?kind=expense")
    assert not Transaction.objects.exists()
    assert ledger.totals(household, periods.resolve("this-month", today=today)).spending == 0


def test_htmx_deletes_and_hears_of_it(as_alice, rent):
    response = as_alice.post(url(rent), headers=HTMX)

    assert response.status_code == 204
    assert json.loads(response["HX-Trigger"]) == {"transactions-changed": None, "toast": {"message": "Entry deleted."}}
    assert not Transaction.objects.exists()


def test_what_is_deleted_already_is_not_found(as_alice, rent):
    as_alice.post(url(rent))

    assert as_alice.post(url(rent)).status_code == 404


def test_bob_cannot_delete_alices_rent(as_bob, rent):
    page, write = as_bob.get(url(rent)), as_bob.post(url(rent))

    assert (page.status_code, write.status_code) == (404, 404)
    assert Transaction.objects.count() == 1


def test_a_viewer_cannot_delete(as_viewer, rent):
    page, write = as_viewer.get(url(rent)), as_viewer.post(url(rent))

    assert (page.status_code, write.status_code) == (403, 403)
    assert Transaction.objects.count() == 1
