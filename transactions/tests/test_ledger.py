from datetime import date
from decimal import Decimal

import pytest

from batua import periods
from batua.periods import Period
from transactions import ledger
from transactions.ledger import Part
from transactions.tests.factories import make_transaction, make_wallet, the_category

NOVEMBER = periods.resolve("2026-11", today=date(2026, 11, 25))
ALL_TIME = periods.resolve("all-time", today=date(2026, 11, 25))
# The first nineteen days: made of no whole month, so it is summed from the days.
NINETEEN_DAYS = periods.resolve("custom", today=date(2026, 11, 25), start=date(2026, 11, 1), end=date(2026, 11, 20))


@pytest.fixture
def books(household):
    make_transaction(household, "50000", kind="income", category="Salary", on=date(2026, 11, 1))
    make_transaction(household, "1200.50", on=date(2026, 11, 2))
    make_transaction(household, "799.50", on=date(2026, 11, 2), category="Eating out")
    make_transaction(household, "-200", on=date(2026, 11, 5))
    make_transaction(household, "5000", kind="transfer", to_wallet=make_wallet(household, "Savings"))
    make_transaction(household, "300", on=date(2026, 10, 31))
    return household


def categories(household, period) -> list[ledger.CategorySum]:
    return ledger.glance(household, period, before=None, part=Part.MONTH).categories


@pytest.mark.parametrize("period", [NOVEMBER, NINETEEN_DAYS], ids=["from month totals", "from days"])
def test_totals_keep_gross_and_money_back_apart_and_leave_transfers_out(books, period):
    totals = ledger.totals(books, period)

    assert totals.income == Decimal("50000")
    assert totals.spent_gross == Decimal("2000")
    assert totals.money_back == Decimal("200")
    assert totals.spending == Decimal("1800")
    assert totals.net == Decimal("48200")
    assert totals.saved_share == 96


def test_totals_of_an_empty_household_are_zero(household):
    totals = ledger.totals(household, NOVEMBER)

    assert (totals.income, totals.spending, totals.saved_share) == (0, 0, None)


def test_a_border_day_belongs_to_its_own_month_only(books):
    assert ledger.totals(books, periods.resolve("2026-10", today=date(2026, 11, 25))).spending == Decimal("300")


def test_balance_is_opening_balances_plus_income_less_spending_of_all_time(books):
    make_wallet(books, "Card", opening_balance=Decimal("-1000"))

    assert ledger.balance(books) == Decimal("50000") - Decimal("2100") - Decimal("1000")


def test_a_transfer_moves_money_between_wallets_and_leaves_the_balance_alone(books):
    balances = {wallet.name: (wallet.balance, wallet.entries) for wallet in ledger.wallet_balances(books)}

    assert balances == {
        "Cash": (Decimal("50000") - Decimal("2100") - Decimal("5000"), 6),
        "Savings": (Decimal("5000"), 1),
    }


def test_days_without_entries_and_days_with_transfers_only_are_left_out(books):
    days = ledger.course(books, NOVEMBER).days

    assert [(day.date.day, day.income, day.spending) for day in days] == [
        (1, Decimal("50000"), 0),
        (2, 0, Decimal("2000")),
        (5, 0, Decimal("-200")),
    ]


def test_months_are_the_households_months(books):
    months = ledger.course(books, NOVEMBER, months=(date(2026, 1, 1), date(2026, 12, 1))).months

    assert [(month.date, month.income, month.spending) for month in months] == [
        (date(2026, 10, 1), 0, Decimal("300")),
        (date(2026, 11, 1), Decimal("50000"), Decimal("1800")),
    ]


@pytest.mark.parametrize("period", [NOVEMBER, NINETEEN_DAYS], ids=["from month totals", "from days"])
def test_spending_by_category_is_net_and_the_most_comes_first(books, period):
    sums = categories(books, period)

    assert [(row.name, row.amount, row.entries) for row in sums] == [
        ("Groceries", Decimal("1000.50"), 2),
        ("Eating out", Decimal("799.50"), 1),
    ]


def test_a_category_whose_entries_are_gone_is_not_listed(books):
    books_entry = make_transaction(books, "10", category="Gifts")
    books_entry.delete()

    assert "Gifts" not in [row.name for row in categories(books, NOVEMBER)]


def test_spent_answers_zero_for_a_category_without_entries(books):
    groceries, gifts = (the_category(books, name, "expense").pk for name in ("Groceries", "Gifts"))

    assert ledger.spent(books, NOVEMBER, [groceries, gifts]) == {groceries: Decimal("1000.50"), gifts: 0}


def test_latest_entries_come_newest_first_with_their_names(books):
    newest, next_one = ledger.latest(books, 2)

    assert (newest.kind, newest.wallet_name, newest.to_wallet_name, newest.category_name) == (
        "transfer",
        "Cash",
        "Savings",
        "",
    )
    assert (next_one.amount, next_one.category_name) == (Decimal("-200"), "Groceries")


def test_counts_and_the_first_day_come_from_all_time(books):
    assert ledger.course(books, NOVEMBER).entries == 6
    assert ledger.first_day(books) == date(2026, 10, 31)


def test_months_whose_entries_are_gone_are_not_in_the_span(books, bobs_household):
    make_transaction(books, "5", on=date(2020, 1, 31)).delete()
    make_transaction(bobs_household, "5", on=date(2019, 1, 31)).delete()

    assert ledger.span_of_months(books) == (date(2026, 10, 1), date(2026, 11, 1))
    assert ledger.span_of_months(bobs_household) is None


def test_another_households_entries_are_in_no_number(books, bobs_household):
    make_transaction(bobs_household, "999999", kind="income", category="Salary")
    make_transaction(bobs_household, "777")

    assert ledger.totals(books, ALL_TIME).income == Decimal("50000")
    assert ledger.balance(bobs_household) == Decimal("999222")
    assert len(ledger.latest(bobs_household, 10)) == 2


def test_pay_day_months_are_summed_from_their_own_totals(books):
    books.month_start = 25
    books.save()
    november = periods.resolve("2026-11", today=date(2026, 11, 24), month_start=25)

    # 25 October to 24 November: the 300 of 31 October belongs to it.
    assert november == Period(date(2026, 10, 25), date(2026, 11, 25), november.key, november.months)
    assert ledger.totals(books, november).spending == Decimal("2100")


@pytest.mark.parametrize(
    "question",
    [
        lambda household: ledger.totals(household, NOVEMBER),
        lambda household: ledger.totals(household, NINETEEN_DAYS),
        ledger.balance,
        lambda household: ledger.course(household, NOVEMBER, months=(date(2026, 1, 1), date(2026, 12, 1))),
        lambda household: categories(household, NINETEEN_DAYS),
        lambda household: ledger.latest(household, 10),
    ],
)
def test_each_question_is_one_query(books, question, django_assert_num_queries):
    with django_assert_num_queries(1):
        question(books)
