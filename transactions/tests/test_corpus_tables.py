"""What is known of the real tables beyond their sums: balances, currencies, other texts, rows that do not count."""

from decimal import Decimal

import pytest

from transactions import importers
from transactions.importers.base import Choices, Status
from transactions.tests.test_corpus import READ, SHARED, all_expected

TABLES = [name for name in READ if name.startswith(("csv/", "apps/"))]
# The collection takes these from the bank's country; the files themselves name none, and none is guessed.
CURRENCY_NOT_IN_THE_FILE = {
    "csv/br-banco-do-brasil.csv": "BRL",
    "csv/cn-alipay-gb18030.csv": "CNY",
    "csv/in-hdfc-savings.txt": "INR",
    "csv/in-paytm-wallet.csv": "INR",
    "csv/uk-lloyds.csv": "GBP",
    # A dollar sign, or nothing: it may be any of twenty dollars.
    "csv/us-chase-ofx-dates.csv": "USD",
    "csv/us-parentheses.csv": "USD",
    "apps/mint.csv": "USD",
    "apps/ynab-register.csv": "USD",
    "apps/ynab4-budget.yfull": "EUR",
}
# Not a text but the state of a line, which changes when the bank books it; it is read as such.
STATES = {"Исполнено": Status.BOOKED, "В обработке": Status.PENDING}


@pytest.fixture
def expected(name):
    return all_expected()[name]


@pytest.fixture
def statement(name, expected):
    return importers.read((SHARED / name).read_bytes(), filename=name)


def test_every_table_of_the_collection_is_read():
    assert set(TABLES) == {name for name in all_expected() if name.startswith(("csv/", "apps/"))}


@pytest.mark.parametrize("name", TABLES)
def test_the_balances_before_and_after_are_exact(statement, expected):
    for edge in ("opening_balance", "closing_balance"):
        if edge in expected:
            assert getattr(statement, edge) == Decimal(expected[edge])


@pytest.mark.parametrize("name", TABLES)
def test_the_currency_is_that_of_the_file(name, statement, expected):
    if name in CURRENCY_NOT_IN_THE_FILE:
        assert (statement.currency, expected["currency"]) == (None, CURRENCY_NOT_IN_THE_FILE[name])
    else:
        assert statement.currency == expected["currency"]


@pytest.mark.parametrize("name", TABLES)
def test_the_other_texts_of_a_line_are_kept(statement, expected):
    for line, wanted in zip(
        (statement.lines[:1], statement.lines[-1:]), (expected["first"], expected["last"]), strict=True
    ):
        for text in (wanted or {}).get("also", []):
            kept = " ".join(" ".join((line[0].description, *line[0].also, line[0].words)).split())
            assert " ".join(text.split()) in kept or line[0].status is STATES.get(text)


@pytest.mark.parametrize(
    ("name", "reason", "key"),
    [
        ("csv/cn-alipay-gb18030.csv", "Neither in nor out", "neutral"),
        ("csv/cn-alipay-gb18030.csv", "Cancelled or declined", "closed"),
        ("csv/revolut.csv", "Pending", "pending"),
        ("csv/uk-creditcard-pending.csv", "Pending", "pending"),
    ],
)
def test_what_does_not_count_is_left_aside_with_its_reason(statement, expected, reason, key):
    assert sum(str(each.sentence).startswith(reason) for each in statement.skipped) == expected[key]["rows"]


@pytest.mark.parametrize("name", ["apps/splitwise.csv"])
def test_each_persons_column_adds_up_to_what_they_are_owed(name, statement, expected):
    content = (SHARED / name).read_bytes()
    found = {
        column.name: importers.read(content, filename=name, choices=Choices(columns={"amount": column.place}))
        for column in statement.reading.people
    }

    sums = {person: sum(line.amount for line in read.lines) for person, read in found.items()}
    assert sums == {person: Decimal(amount) for person, amount in expected["net_by_person"].items()}
