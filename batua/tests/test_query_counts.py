"""However many entries there are, a page asks the database the same number of questions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batua.benchmarks import ledgers
from conftest import TODAY, kept_for_the_module, signed_in

SIZES = (3, 30, 3_000)
PAGES = (
    ("reports:dashboard", "this-month"),
    ("reports:dashboard", "all-time"),
    ("reports:charts", "this-month"),
    ("reports:charts", "all-time"),
    ("reports:calendar", ""),
    ("reports:export", "all-time"),
    ("budgets:list", ""),
    ("transactions:list", "all-time"),
)


@pytest.fixture(scope="module")
def books(django_db_setup, django_db_blocker):
    """A signed-in owner for each size. Entries of ten years, one a day at most for the small ones."""
    with kept_for_the_module(django_db_blocker):
        made = [ledgers.make(size, today=TODAY) for size in SIZES]
        yield {ledger.entries: signed_in(ledger.user) for ledger in made}


def questions(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.parametrize(("name", "period"), PAGES)
def test_the_number_of_entries_does_not_matter(db, books, name, period):
    path = reverse(name) + (f"?period={period}" if period else "")

    counts = {size: questions(client, path) for size, client in books.items()}

    assert len(set(counts.values())) == 1, counts
