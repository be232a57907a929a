"""A viewer looks and changes nothing; a member's clock decides what "today" is."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import ActiveHousehold
from accounts.models import Membership
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_transaction

SENTENCE = "You can look at these books, but only their owner and editors can change them."


def test_a_viewer_sees_the_entries(as_viewer, household):
    make_transaction(household, "120", note="Vegetables")

    assert "Vegetables" in as_viewer.get(reverse("transactions:list"), {"period": "all-time"}).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_viewers_write_is_refused_in_words(as_viewer, household, headers):
    entry = make_transaction(household, "120")
    posted = {"amount": "50", "kind": "expense", "date": "2026-11-25", "wallet": Wallet.objects.get().pk}

    added = as_viewer.post(reverse("transactions:create"), posted, headers=headers)
    deleted = as_viewer.post(reverse("transactions:delete", args=[entry.pk]), headers=headers)

    assert (added.status_code, deleted.status_code) == (403, 403)
    assert SENTENCE in added.content.decode()
    assert list(Transaction.objects.values_list("pk", flat=True)) == [entry.pk]


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_owner_and_editor_may_write(as_viewer, viewer, household, role):
    Membership.objects.filter(user=viewer).update(role=role)

    answer = as_viewer.post(
        reverse("accounts:household"), {"name": "Ours", "currency": "INR", "month_start": "1", "week_start": "0"}
    )

    household.refresh_from_db()
    assert (answer.status_code, household.name) == (303, "Ours")


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Kolkata", "2026-02-01"), ("America/Los_Angeles", "2026-01-31"), ("Mars/Olympus", "2026-01-31")],
)
def test_a_member_reads_the_day_on_their_own_clock(alice, zone, day):
    """It is 20:00 in London on 31 January; in Kolkata it is February. A zone nobody knows is the site's."""
    instant = datetime(2026, 1, 31, 20, tzinfo=UTC)
    request = RequestFactory().get("/")
    alice.time_zone = zone
    request.user, request.session = alice, {}
    seen = []

    def view(_request):
        seen.append(timezone.localtime(instant).date().isoformat())

    ActiveHousehold(view)(request)

    assert seen == [day]
