"""All sums at a glance are those that the ledger answers one by one, whatever the period."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Household
from batua import periods
from batua.periods import Period
from conftest import kept_for_the_module, make_member
from transactions import ledger
from transactions.ledger import DayTotal, Part
from transactions.models import Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet

TODAY = date(2026, 11, 25)
PERIODS = [
    ("this-month", {}),
    ("last-3-months", {}),
    ("this-year", {}),
    ("all-time", {}),
    ("custom", {"start": date(2026, 10, 20), "end": date(2026, 11, 12)}),
    ("custom", {"start": date(2025, 12, 31), "end": date(2026, 11, 12)}),
]
CUTS = [
    *((*each, part) for each in PERIODS for part in (Part.DAY, Part.MONTH)),
    ("all-time", {}, Part.YEAR),
]


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        household, neighbours = (make_member(f"{name}@example.net", name).households.get() for name in ("Asha", "Ben"))
        fill(household, neighbours)
        yield household.pk


@pytest.fixture
def books(db, filled) -> Household:
    return Household.objects.get(pk=filled)


def fill(household: Household, neighbours: Household) -> None:
    """Every kind of entry on either side of every border, and a neighbour's."""
    savings = make_wallet(household, "Savings", opening_balance=Decimal("1000.50"))
    for on in (
        date(2025, 12, 31),
        date(2026, 10, 19),
        date(2026, 10, 31),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 11, 30),
        date(2026, 12, 24),
    ):
        make_transaction(household, "100.25", on=on, category="Groceries")
        make_transaction(household, "-30", on=on, category="Groceries", wallet=savings)
        make_transaction(household, "7", on=on, category="Fuel")
        make_transaction(household, "900", kind="income", category="Salary", on=on)
        make_transaction(household, "-1", kind="income", category="Salary", on=on)
        make_transaction(household, "50", kind="transfer", to_wallet=savings, on=on)
        make_transaction(neighbours, "5000", on=on)


def asked(books, key: str, days: dict[str, date], part: Part) -> tuple[ledger.Glance, Period, Period | None]:
    period = periods.resolve(key, today=TODAY, month_start=books.month_start, **days)
    before = periods.previous(period, month_start=books.month_start)
    return ledger.glance(books, period, before=before, part=part), period, before


def spending(books, period: Period) -> list[tuple[str, Decimal, int]]:
    """Category, net spending and number of entries, added up by hand."""
    spent: defaultdict[str, list[Decimal]] = defaultdict(list)
    for entry in Transaction.objects.of(books).filter(kind="expense").select_related("category"):
        if period.contains(entry.date):
            spent[entry.category.name].append(entry.amount)
    return sorted(((name, sum(each), len(each)) for name, each in spent.items()), key=lambda row: -row[1])


@pytest.mark.parametrize("month_start", [1, 12, 25])
@pytest.mark.parametrize(("key", "days", "part"), CUTS)
def test_it_agrees_with_each_question_asked_alone(books, key, days, part, month_start):
    books.month_start = month_start
    books.save()

    glance, period, before = asked(books, key, days, part)

    assert glance.totals == ledger.totals(books, period)
    assert glance.before == (ledger.totals(books, before) if before else None)
    assert glance.balance == ledger.balance(books)
    assert [(each.name, each.amount, each.entries) for each in glance.categories] == spending(books, period)
    assert [(each.name, each.amount, each.entries) for each in glance.categories_before] == (
        spending(books, before) if before else []
    )
    assert sum(each.income for each in glance.parts) == glance.totals.income
    assert sum(each.spending for each in glance.parts) == glance.totals.spending
    if part is Part.DAY:
        assert glance.parts == ledger.course(books, period).days


def test_a_month_by_hand(books):
    glance, _period, _before = asked(books, "this-month", {}, Part.DAY)

    # Three days of 100.25 − 30 + 7 spent and 900 − 1 received.
    assert (glance.totals.income, glance.totals.spending) == (Decimal("2697"), Decimal("231.75"))
    assert glance.before is not None
    assert glance.before.spending == Decimal("154.50")
    assert glance.balance == Decimal("1000.50") + 7 * (899 - Decimal("77.25"))
    assert [(each.name, each.amount, each.entries) for each in glance.categories] == [
        ("Groceries", Decimal("210.75"), 6),
        ("Fuel", Decimal("21"), 3),
    ]
    assert glance.parts[0] == DayTotal(date(2026, 11, 1), Decimal("899"), Decimal("77.25"))


def test_months_carry_the_households_names(books):
    books.month_start = 25
    books.save()
    period = periods.resolve("custom", today=TODAY, start=date(2026, 10, 31), end=date(2026, 12, 25))

    glance = ledger.glance(books, period, before=None, part=Part.MONTH)

    assert [(each.date, each.spending) for each in glance.parts] == [
        (date(2026, 11, 1), Decimal("231.75")),
        (date(2026, 12, 1), Decimal("154.50")),
    ]


def test_a_year_is_that_of_its_months_names(books):
    books.month_start = 25
    books.save()

    glance, _period, _before = asked(books, "all-time", {}, Part.YEAR)

    # 31 December 2025 is in January 2026 already, and only 24 December 2026 is still in that year: all seven days.
    assert glance.parts == [DayTotal(date(2026, 1, 1), Decimal(7 * 899), 7 * Decimal("77.25"))]


def test_only_all_time_is_cut_into_years(books):
    with pytest.raises(ValueError, match="is not all time"):
        asked(books, "this-year", {}, Part.YEAR)


def test_empty_books_are_all_zero(bobs_household):
    glance, _period, _before = asked(bobs_household, "this-month", {}, Part.DAY)

    assert (glance.totals.net, glance.balance, glance.categories, glance.parts) == (0, 0, [], [])


def test_a_category_without_entries_left_is_not_listed(household):
    make_category(household, "Hobby")
    make_transaction(household, "10", category="Hobby", on=date(2026, 9, 5)).delete()

    glance, _period, _before = asked(household, "last-3-months", {}, Part.MONTH)

    assert (glance.categories, glance.parts) == ([], [])


@pytest.mark.parametrize(("key", "days", "part"), CUTS)
def test_one_query_whatever_the_period(books, django_assert_num_queries, key, days, part):
    with django_assert_num_queries(1):
        asked(books, key, days, part)
