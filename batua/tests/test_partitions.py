"""The schema can be cut into partitions by household: the script does it, and Batua works on as before."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Household
from batua import periods
from transactions import totals
from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet

SCRIPT = settings.BASE_DIR / "docs" / "scale" / "partition_by_household.sql"
GROWING = ("transactions_transaction", "transactions_importedline", "transactions_monthtotal")


@pytest.fixture
def partitioned(household, bobs_household):
    """Ten households with entries, then the script; the test's transaction takes all of it back."""
    for number in range(8):
        other = Household.objects.create(name=f"No. {number}", currency="INR")
        make_wallet(other, "Cash")
        make_transaction(other, 10 + number)
    make_transaction(household, 250, note="Chai")
    make_transaction(bobs_household, 99)
    with connection.cursor() as cursor:
        cursor.execute(SCRIPT.read_text())
    return household


def asked(query: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_rows_are_spread_and_none_is_lost(partitioned):
    assert asked("SELECT count(DISTINCT tableoid) > 3, count(*) FROM transactions_transaction") == [(True, 10)]
    assert totals.differences() == []
    kinds = "SELECT count(*) FROM pg_partitioned_table WHERE partrelid = ANY(%s::regclass[])"
    assert asked(kinds, list(GROWING)) == [(3,)]


def test_a_household_is_looked_for_in_one_partition_only(partitioned):
    entries = Transaction.objects.of(partitioned).within(periods.resolve("all-time", today=None))

    plan = entries.explain()

    assert len({word for word in plan.split() if word.startswith("transactions_transaction_")}) == 1, plan


def test_batua_works_on_it_as_before(partitioned, as_alice, today):
    as_alice.post(reverse("transactions:create"), {"kind": "expense", "amount": "120", "date": str(today)})
    entry = Transaction.objects.of(partitioned).get(amount=120)
    as_alice.post(
        reverse("transactions:update", args=[entry.pk]),
        {"kind": "expense", "amount": "150", "date": str(today), "version": entry.version, "wallet": entry.wallet_id,
         "category": entry.category_id},
    )  # fmt: skip
    page = as_alice.get(reverse("reports:dashboard"), {"period": "all-time"})

    assert page.status_code == 200
    assert Transaction.objects.of(partitioned).get(pk=entry.pk).amount == Decimal(150)
    assert asked("SELECT sum(gross - back) FROM transactions_monthtotal WHERE household_id = %s", partitioned.pk) == [
        (Decimal(400),)
    ]
    assert totals.differences() == []


def test_households_are_still_kept_apart(partitioned, bobs_household):
    foreign = make_category(bobs_household, "Foreign")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_transaction(partitioned, 10, category=foreign)


def test_a_household_that_goes_takes_its_rows_along(partitioned):
    asked("DELETE FROM accounts_household WHERE id = %s RETURNING id", partitioned.pk)

    assert asked("SELECT count(*) FROM transactions_transaction") == [(9,)]
    assert Category.objects.filter(household_id=partitioned.pk).count() == 0


def test_new_ids_go_on_where_the_old_ended(partitioned):
    before = max(Transaction.objects.values_list("pk", flat=True))

    assert make_transaction(partitioned, 5).pk > before
