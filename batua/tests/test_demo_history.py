"""The demo's history: three years up to today, the same each time, and wallets that could be a family's."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from batua import money
from batua.demo import history, life
from batua.periods import month_of
from transactions.standard_categories import STANDARD_CATEGORIES

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def written():
    return history.write(today=TODAY)


def balances(entries, wallet):
    """The balance after each entry."""
    held = next(Decimal(purse.opening) for purse in life.PURSES if purse.name == wallet)
    for entry in entries:
        held += history.effect(entry, wallet)
        yield held


def test_it_covers_three_years_and_ends_today(written):
    assert (written[0].date, written[-1].date) == (date(2023, 11, 1), date(2026, 11, 25))
    assert len({month_of(entry.date) for entry in written}) == 37
    assert [entry.date for entry in written] == sorted(entry.date for entry in written)
    assert 3_000 < len(written) < 5_000


def test_it_is_the_same_for_the_same_seed(written):
    assert history.write(today=TODAY) == written
    assert history.write(today=TODAY, seed="another") != written


def test_the_past_stays_when_today_moves_on(written):
    yesterday = history.write(today=date(2026, 11, 24))

    assert yesterday == [entry for entry in written if entry.date < TODAY]


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2027, 12, 31), date(2031, 3, 1)])
def test_it_can_be_written_on_any_day(today):
    written = history.write(today=today)

    assert written[-1].date <= today
    assert {month_of(entry.date) for entry in written} >= {month_of(today)}


def test_every_entry_could_be_stored(written):
    names = {(category.kind, category.name) for category in STANDARD_CATEGORIES}
    wallets = {purse.name for purse in life.PURSES}

    for entry in written:
        assert money.check_amount(entry.amount, "INR") == entry.amount
        assert entry.wallet in wallets
        assert 0 < len(entry.note) <= 200
        if entry.kind == "transfer":
            assert entry.amount > 0
            assert entry.to_wallet in wallets - {entry.wallet}
        else:
            assert (entry.kind, entry.category) in names
            assert entry.to_wallet == ""


@pytest.mark.parametrize("wallet", [life.CASH, life.BANK, life.SAVINGS])
def test_no_wallet_runs_empty(written, wallet):
    assert min(balances(written, wallet)) >= 0


def test_the_card_is_paid_every_month(written):
    bills = [entry for entry in written if entry.to_wallet == life.CARD]

    assert len(bills) == 37
    assert bills[0].amount == Decimal("8420.00")
    assert -200_000 < min(balances(written, life.CARD)) < 0


def test_the_family_earns_a_little_more_than_it_spends(written):
    sums = Counter()
    for entry in written:
        sums[entry.kind] += entry.amount

    assert Decimal("1.05") < sums["income"] / sums["expense"] < Decimal("1.30")


def test_things_are_sent_back_and_bills_split(written):
    returned = [entry for entry in written if entry.amount < 0]
    groups = Counter(entry.group for entry in written if entry.group)

    assert {entry.kind for entry in returned} == {"expense"}
    assert len(returned) > 5
    assert len(groups) > 10
    assert set(groups.values()) == {2}


def test_feasts_fall_where_the_moon_puts_them():
    feasts = [
        (history.diwali, [date(2023, 11, 12), date(2024, 10, 31), date(2025, 10, 20), date(2026, 11, 8)]),
        (history.holi, [date(2023, 3, 8), date(2024, 3, 25), date(2025, 3, 14), date(2026, 3, 4)]),
        (history.rakhi, [date(2023, 8, 30), date(2024, 8, 19), date(2025, 8, 9), date(2026, 8, 28)]),
    ]

    for feast, days in feasts:
        for day in days:
            assert abs((feast(day.year) - day).days) <= 1


def test_every_plan_is_for_a_category_to_spend_on():
    names = {category.name for category in STANDARD_CATEGORIES if category.kind == "expense"}

    assert {plan.category for plan in life.PLANS} <= names
    assert len(life.PLANS) > 4
