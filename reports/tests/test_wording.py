"""Numbers in words: nothing absurd, whatever the period before was like."""

from datetime import date
from decimal import Decimal

import pytest

from batua import periods
from batua.periods import Period
from reports import wording
from reports.reader import Reader
from transactions.ledger import Totals

READER = Reader(currency="INR", locale="en-IN", today=date(2026, 11, 25), month_start=1, may_write=True)
D = Decimal


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("880", "1000", "12\N{NO-BREAK SPACE}% less than in October"),
        ("1120", "1000", "12\N{NO-BREAK SPACE}% more than in October"),
        ("1000", "1000", "The same as in October"),
        ("1000", "1001", "About the same as in October"),
        ("2990", "1000", "199\N{NO-BREAK SPACE}% more than in October"),
        ("3000", "1000", "3 times as much as in October"),
        ("100000", "1", "100000 times as much as in October"),
        ("1", "100000", "99\N{NO-BREAK SPACE}% less than in October"),
        ("500", "0", "Nothing in October"),
        ("0", "0", "Nothing in October either"),
        ("0", "4000", "₹4,000.00 in October"),
        ("-200", "300", "₹500.00 less than in October"),
        ("300", "-200", "₹500.00 more than in October"),
        ("-200", "-300", "₹100.00 more than in October"),
        ("-200", "0", "Nothing in October"),
    ],
)
def test_a_change_in_words(now, then, words):
    assert wording.change(D(now), D(then), READER, when="in October") == words


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("880", "1000", "−12\N{NO-BREAK SPACE}%"),
        ("1120", "1000", "+12\N{NO-BREAK SPACE}%"),
        ("1000", "1000", "0\N{NO-BREAK SPACE}%"),
        ("1000", "1001", "0\N{NO-BREAK SPACE}%"),
        ("0", "0", "0\N{NO-BREAK SPACE}%"),
        ("3100", "1000", "×3"),
        ("1", "100000", "−99\N{NO-BREAK SPACE}%"),
        ("0", "4000", "−100\N{NO-BREAK SPACE}%"),
        ("500", "0", "new"),
        ("-200", "300", "−₹500.00"),
        ("300", "-200", "+₹500.00"),
    ],
)
def test_a_change_in_a_cell(now, then, words):
    assert wording.brief_change(D(now), D(then), READER) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("this-month", "in October"),
        ("2026-01", "in December 2025"),
        ("this-year", "in 2025"),
        ("last-3-months", "in Jun\N{EN DASH}Aug 2026"),
    ],
)
def test_the_period_before_by_its_name(key, words):
    before = periods.previous(periods.resolve(key, today=READER.today))

    assert wording.before(before, READER).replace("\u2009", "").replace(" \N{EN DASH} ", "\N{EN DASH}") == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 11, 3), date(2026, 11, 21), "in the 18 days before"),
        (date(2026, 11, 3), date(2026, 11, 4), "on the day before"),
    ],
)
def test_days_of_ones_own_are_counted(start, end, words):
    before = periods.previous(Period(start, end, "custom"))

    assert wording.before(before, READER) == words


@pytest.mark.parametrize(
    ("net", "words"),
    [
        ("47314.75", "Up ₹47,314.75 in November 2026"),
        ("-40", "Down ₹40.00 in November 2026"),
        ("0", "Unchanged in November 2026"),
    ],
)
def test_what_a_period_did_to_the_balance(net, words):
    assert wording.balance(D(net), READER, period="November 2026") == words


@pytest.mark.parametrize(
    ("income", "spent", "words"),
    [
        ("1000", "590", "You kept 41\N{NO-BREAK SPACE}% of what came in."),
        ("1000", "1000", "You kept 0\N{NO-BREAK SPACE}% of what came in."),
        ("1000", "1200", "You spent ₹200.00 more than came in."),
        ("0", "1200", ""),
        ("0", "0", ""),
    ],
)
def test_what_was_kept(income, spent, words):
    zero = D(0)

    assert wording.kept(Totals("INR", D(income), zero, D(spent), zero), READER) == words
