"""What was spent of a limit, when it is over, and which limit rules a month."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import progress
from budgets.models import BudgetLimit
from budgets.tests.factories import make_budget, make_limit
from transactions.tests.factories import make_transaction, make_wallet

NOVEMBER = date(2026, 11, 1)
OCTOBER = date(2026, 10, 1)


def for_month(household, month=NOVEMBER, *, today=date(2026, 11, 15)) -> list[progress.Progress]:
    return progress.for_month(household, month, today=today)


def only(household, month=NOVEMBER, *, today=date(2026, 11, 15)) -> progress.Progress:
    (found,) = for_month(household, month, today=today)
    return found


def line(household, *, today=date(2026, 11, 15), month=NOVEMBER) -> progress.Line:
    found = for_month(household, month, today=today)
    (printed,) = progress.lines(found, month=month, today=today, locale="en-IN")
    return printed


def test_below_the_limit_something_is_left(household):
    make_budget(household, "1000")
    make_transaction(household, "300")
    make_transaction(household, "450.50")

    found = only(household)

    assert (found.spent, found.left, found.is_over) == (Decimal("750.50"), Decimal("249.50"), False)
    assert line(household).spent == "₹750.50 of ₹1,000.00"
    assert line(household).left == "₹249.50 left"


def test_exactly_the_limit_is_not_over(household):
    make_budget(household, "1000")
    make_transaction(household, "1000")

    assert not only(household).is_over
    assert line(household).bar == progress.Bar(
        fill=100, over=False, pace=50, tone="", label="Groceries: ₹1,000.00 of ₹1,000.00 spent"
    )


def test_one_paisa_more_is_over(household):
    make_budget(household, "1000")
    make_transaction(household, "1000.01")

    assert only(household).is_over
    assert line(household).left == "₹0.01 over"


def test_the_bar_of_twice_the_limit_is_hatched_from_its_middle(household):
    make_budget(household, "500")
    make_transaction(household, "1000")

    # Half of the month has gone: half of the limit, which is a quarter of the bar.
    assert line(household).bar == progress.Bar(
        fill=50, over=True, pace=25, tone="spending", label="Groceries: ₹1,000.00 of ₹500.00 spent"
    )


def test_spending_without_a_limit_to_speak_of_is_over(household):
    make_budget(household, "0")
    make_transaction(household, "5")

    assert only(household).is_over
    assert (line(household).bar.fill, line(household).bar.over) == (0, True)
    assert line(household).left == "₹5.00 over"


def test_nothing_spent_of_nothing_planned_is_not_over(household):
    make_budget(household, "0")

    assert not only(household).is_over
    assert line(household).bar.fill == 0


def test_money_back_makes_room_again(household):
    make_budget(household, "400")
    make_transaction(household, "500")
    make_transaction(household, "-200")

    assert (only(household).spent, only(household).is_over) == (Decimal("300"), False)


def test_more_back_than_spent_leaves_more_than_the_limit(household):
    make_budget(household, "400")
    make_transaction(household, "-100")

    assert only(household).left == Decimal("500")
    assert line(household).bar.fill == 0
    assert line(household).spent == "-₹100.00 of ₹400.00"


def test_only_the_months_own_days_count(household):
    make_budget(household, "1000")
    make_transaction(household, "1", on=date(2026, 10, 31))
    make_transaction(household, "20", on=date(2026, 11, 1))
    make_transaction(household, "300", on=date(2026, 11, 30))
    make_transaction(household, "4000", on=date(2026, 12, 1))

    assert only(household).spent == Decimal("320")


def test_the_month_of_a_household_that_is_paid_on_the_25th(household):
    household.month_start = 25
    household.save()
    make_budget(household, "1000")
    make_transaction(household, "1", on=date(2026, 10, 24))
    make_transaction(household, "20", on=date(2026, 10, 25))
    make_transaction(household, "300", on=date(2026, 11, 24))
    make_transaction(household, "4000", on=date(2026, 11, 25))

    assert only(household).spent == Decimal("320")


def test_neither_income_nor_transfers_nor_other_categories_count(household):
    make_budget(household, "1000")
    make_transaction(household, "10")
    make_transaction(household, "200", category="Rent")
    make_transaction(household, "3000", kind="income", category="Salary")
    make_transaction(household, "40000", kind="transfer", to_wallet=make_wallet(household))

    assert only(household).spent == Decimal("10")


def test_another_household_never_counts(household, bobs_household):
    make_budget(household, "1000")
    make_budget(bobs_household, "7")
    make_transaction(bobs_household, "500")

    assert (only(household).limit, only(household).spent) == (Decimal("1000"), Decimal("0"))


def test_a_new_limit_leaves_closed_months_as_they_were(household):
    budget = make_budget(household, "500", from_month=date(2026, 8, 1))
    make_limit(budget, "400", from_month=date(2026, 9, 1))
    make_transaction(household, "450", on=date(2026, 8, 20))
    make_transaction(household, "450", on=date(2026, 9, 20))

    assert not only(household, date(2026, 8, 1)).is_over
    assert only(household, date(2026, 9, 1)).is_over
    assert only(household, NOVEMBER).limit == Decimal("400")
    assert for_month(household, date(2026, 7, 1)) == []


def test_a_stopped_budget_is_seen_until_it_stopped(household):
    budget = make_budget(household, "500", from_month=date(2026, 9, 1))
    make_limit(budget, None, from_month=NOVEMBER)

    assert only(household, OCTOBER).limit == Decimal("500")
    assert for_month(household, NOVEMBER) == []
    assert progress.planned_categories(household, OCTOBER) == {budget.category_id}
    assert progress.planned_categories(household, NOVEMBER) == set()


def test_the_most_used_up_comes_first(household):
    limits = [
        ("Rent", "100", "50"),
        ("Fuel", "100", "99"),
        ("Books", "0", "1"),
        ("Toys", "10", "20"),
        ("Art", "10", "0"),
    ]
    for category, limit, spent in limits:
        make_budget(household, limit, category=category)
        if spent != "0":
            make_transaction(household, spent, category=category)

    names = [found.category for found in for_month(household, NOVEMBER)]

    assert names == ["Books", "Toys", "Fuel", "Rent", "Art"]


@pytest.mark.parametrize(
    ("today", "pace"),
    [
        (date(2026, 11, 1), 3),
        (date(2026, 11, 15), 50),
        (date(2026, 11, 30), 100),
        (date(2026, 10, 31), None),
        (date(2026, 12, 1), None),
    ],
)
def test_the_pace_is_the_share_of_the_month_that_has_gone(household, today, pace):
    make_budget(household, "1000")

    assert line(household, today=today).bar.pace == pace


def test_two_queries_whatever_the_number_of_budgets(household, django_assert_num_queries):
    for number in range(30):
        make_budget(household, "10", category=f"Category {number}")
        make_transaction(household, "5", category=f"Category {number}")

    with django_assert_num_queries(2):
        found = for_month(household, NOVEMBER)

    assert len(found) == 30
    assert BudgetLimit.objects.count() == 30


def test_a_line_leads_to_its_entries(household):
    budget = make_budget(household, "1000")

    assert line(household).url == f"/transactions/?period=2026-11&category={budget.category_id}"
