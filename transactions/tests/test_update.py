"""Changing an entry: what it shows, what a stranger gets, and two people at the same one."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_wallet

HTMX = {"HX-Request": "true"}


@pytest.fixture
def rent(household) -> Transaction:
    return make_transaction(household, "1200.50", note="Rent", category="Housing", on=date(2026, 11, 1))


def url(entry: Transaction) -> str:
    return reverse("transactions:update", args=[entry.pk])


def sent(entry: Transaction, **changes: object) -> dict[str, object]:
    """The form as it was opened, with some fields changed."""
    entry.refresh_from_db()
    return {
        "kind": entry.kind,
        "amount": format(entry.amount, ".2f"),
        "date": str(entry.date),
        "note": entry.note,
        "category": entry.category_id or "",
        "wallet": entry.wallet_id,
        "version": entry.version,
        **changes,
    }


def test_the_form_shows_the_entry(as_alice, rent):
    page = as_alice.get(url(rent)).content.decode()

    assert 'name="amount" value="1,200.50"' in page
    assert 'name="note" value="Rent"' in page
    assert 'name="date" value="2026-11-01"' in page
    assert f'<option value="{rent.category_id}" selected data-kind="expense">Housing</option>' in page


def test_an_amount_is_shown_the_members_way(as_alice, alice, rent):
    alice.locale = "de-DE"
    alice.save()

    assert 'name="amount" value="1.200,50"' in as_alice.get(url(rent)).content.decode()


def test_a_change_is_saved(as_alice, rent, household):
    gifts = make_category(household, "Gifts")

    response = as_alice.post(url(rent), sent(rent, amount="900", note="Present", category=gifts.pk))

    rent.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, "/transactions/")
    assert (rent.amount, rent.note, rent.category, rent.version) == (900, "Present", gifts, 2)


def test_htmx_hears_of_a_change(as_alice, rent):
    response = as_alice.post(url(rent), sent(rent, amount="900"), headers=HTMX)

    rent.refresh_from_db()
    assert response.status_code == 204
    assert "transactions-changed" in response["HX-Trigger"]
    assert rent.amount == 900


def test_a_refusal_changes_nothing(as_alice, rent):
    response = as_alice.post(url(rent), sent(rent, amount="12,3x", note="Lost?"), headers=HTMX)

    rent.refresh_from_db()
    assert response.status_code == 422
    assert 'value="Lost?"' in response.content.decode()
    assert (rent.amount, rent.note, rent.version) == (Decimal("1200.50"), "Rent", 1)


def test_money_back_is_shown_with_its_tick_and_stays_money_back(as_alice, household):
    refund = make_transaction(household, "-200")

    page = as_alice.get(url(refund)).content.decode()
    as_alice.post(url(refund), sent(refund, amount="200", is_money_back="on", note="Returned"))

    refund.refresh_from_db()
    assert 'name="amount" value="200.00"' in page
    assert f'id="id_{refund.pk}_is_money_back" checked' in page
    assert (refund.amount, refund.note) == (-200, "Returned")


def test_money_back_without_its_tick_is_spending(as_alice, household):
    refund = make_transaction(household, "-200")

    as_alice.post(url(refund), sent(refund, amount="200"))

    refund.refresh_from_db()
    assert refund.amount == 200


def test_spending_can_become_a_transfer(as_alice, household, rent):
    bank = make_wallet(household, "Bank")

    as_alice.post(url(rent), sent(rent, kind="transfer", to_wallet=bank.pk))

    rent.refresh_from_db()
    assert (rent.kind, rent.to_wallet, rent.category) == ("transfer", bank, None)


def test_a_category_chosen_by_hand_stays_whatever_the_note_says(as_alice, household, rent):
    make_category(household, "Eating out", keywords=["swiggy"])

    as_alice.post(url(rent), sent(rent, note="Swiggy"))

    rent.refresh_from_db()
    assert (rent.note, rent.category.name) == ("Swiggy", "Housing")


def test_an_entry_keeps_its_archived_wallet_and_category(as_alice, household, rent):
    make_wallet(household, "Bank")
    type(rent.wallet).objects.filter(pk=rent.wallet_id).update(archived_at="2026-01-01T00:00Z")
    type(rent.category).objects.filter(pk=rent.category_id).update(archived_at="2026-01-01T00:00Z")

    page = as_alice.get(url(rent)).content.decode()
    as_alice.post(url(rent), sent(rent, note="Same"))

    rent.refresh_from_db()
    assert "Cash (archived)" in page
    assert "Housing (archived)" in page
    assert (rent.note, rent.wallet.name, rent.category.name) == ("Same", "Cash", "Housing")


def test_a_stale_change_says_what_was_changed_meanwhile(as_alice, household, rent):
    form = sent(rent, note="Rent of November", category="", category_name="Flat")
    Transaction.objects.filter(pk=rent.pk).update(amount=1300)

    response = as_alice.post(url(rent), form)

    page = response.content.decode()
    rent.refresh_from_db()
    assert response.status_code == 422
    assert "It now says: amount ₹1,300.00, category Housing, note “Rent”." in page
    assert 'value="Rent of November"' in page
    assert (rent.amount, rent.note) == (1300, "Rent")
    assert not Category.objects.of(household).filter(name="Flat").exists()


def test_a_stale_change_is_kept_when_it_is_saved_again(as_alice, rent):
    form = sent(rent, note="Rent of November")
    Transaction.objects.filter(pk=rent.pk).update(amount=1300)
    first = as_alice.post(url(rent), form)

    second = as_alice.post(url(rent), form | {"version": first.context["form"]["version"].value()})

    rent.refresh_from_db()
    assert (first.status_code, second.status_code) == (422, 303)
    assert (rent.amount, rent.note) == (Decimal("1200.50"), "Rent of November")


def test_a_double_click_on_a_change_saves_once(as_alice, rent):
    form = sent(rent, amount="900")

    first, second = as_alice.post(url(rent), form), as_alice.post(url(rent), form)

    rent.refresh_from_db()
    assert (first.status_code, second.status_code) == (303, 303)
    assert (rent.amount, rent.version) == (900, 2)


def test_what_the_bank_wrote_is_shown_and_stays(as_alice, household):
    entry = make_transaction(household, bank_text="UPI/SWIGGY/1234")

    page = as_alice.get(url(entry)).content.decode()
    as_alice.post(url(entry), sent(entry, note="Dinner"))

    entry.refresh_from_db()
    assert "The bank wrote: UPI/SWIGGY/1234" in page
    assert (entry.note, entry.bank_text) == ("Dinner", "UPI/SWIGGY/1234")


def test_bob_cannot_open_or_change_alices_rent(as_bob, rent):
    form, write = as_bob.get(url(rent)), as_bob.post(url(rent), sent(rent, note="Mine"))

    rent.refresh_from_db()
    assert (form.status_code, write.status_code) == (404, 404)
    assert rent.note == "Rent"


def test_a_viewer_cannot_change(as_viewer, rent):
    form, write = as_viewer.get(url(rent)), as_viewer.post(url(rent), sent(rent, note="Mine"))

    rent.refresh_from_db()
    assert (form.status_code, write.status_code) == (403, 403)
    assert rent.note == "Rent"


def test_an_entry_that_never_was_is_not_found(as_alice, household):
    assert as_alice.get("/transactions/99999999999999999999/edit/").status_code == 404


def test_a_wallet_of_a_stranger_is_refused(as_alice, household, bobs_household, rent):
    make_wallet(household, "Bank")

    response = as_alice.post(url(rent), sent(rent, wallet=the_wallet(bobs_household, "Cash").pk))

    rent.refresh_from_db()
    assert response.status_code == 422
    assert rent.wallet.household == household
