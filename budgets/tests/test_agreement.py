"""The page of budgets and the dashboard agree: all spending of a month is in a budget, or listed without one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batua import periods
from budgets import progress
from budgets.models import BudgetLimit
from budgets.tests.factories import make_budget
from transactions import ledger
from transactions.tests.factories import make_transaction, the_category, the_wallet

CATEGORIES = ["Rent", "Fuel", "Toys", "Tea"]
FIRST = date(2028, 1, 20)

entry = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["expense", "expense", "expense", "income", "transfer"]),
        "amount": st.integers(-50_000, 50_000).filter(bool).map(lambda cents: Decimal(cents) / 100),
        # Over the leap day of 2028 and the ends of 31-day months.
        "on": st.integers(0, 100).map(lambda days: FIRST + timedelta(days=days)),
        "category": st.sampled_from(CATEGORIES),
    }
)
plan = st.tuples(
    st.sampled_from(BudgetLimit.Cadence.values),
    st.sampled_from(BudgetLimit.RollOver.values),
    st.sampled_from([None, "0", "100"]),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(entry, max_size=12),
    plans=st.dictionaries(st.sampled_from(CATEGORIES), plan),
    month_start=st.sampled_from([1, 15, 25]),
    week_start=st.integers(0, 6),
)
def test_all_spending_of_a_month_is_found_once(household, entries, plans, month_start, week_start):
    with transaction.atomic():
        household.month_start, household.week_start = month_start, week_start
        household.save()
        bank = the_wallet(household, "Bank")
        for each in entries:
            other = {"to_wallet": bank, "amount": abs(each["amount"])} if each["kind"] == "transfer" else {}
            make_transaction(household, **(each | other))
        for category, (cadence, roll_over, amount) in plans.items():
            rules = {"cadence": cadence, "roll_over": roll_over}
            make_budget(household, amount, category=category, from_month=date(2028, 1, 1), **rules)

        for month in range(1, 5):
            agree(household, date(2028, month, 1))
        transaction.set_rollback(True)


def agree(household, name: date) -> None:
    found = progress.of_month(household, name, today=date(2028, 3, 3))

    in_budgets = sum((budget.month_spent for budget in found.budgets), Decimal(0))
    beside = sum((each.spent for each in found.unplanned), Decimal(0))
    period = periods.month(name, month_start=household.month_start)
    assert in_budgets + beside == ledger.totals(household, period).spending
    for budget in found.budgets:
        days = ledger.spent(household, _custom(budget.period), [budget.category_id])
        assert budget.spent == days[budget.category_id]


def _custom(period: periods.Period) -> periods.Period:
    """The same days without the names of months, so that the entries themselves are added up."""
    return periods.Period(period.start, period.end, "custom")


def test_what_has_no_limit_is_listed_with_the_most_first(household):
    make_budget(household, "100", category="Rent")
    stopped = make_budget(household, None, category="Fuel")
    for category, amount in (("Rent", "5"), ("Fuel", "20"), ("Toys", "30"), ("Tea", "20")):
        make_transaction(household, amount, category=category)
    make_transaction(household, "500", kind="income", category="Salary")
    make_transaction(household, "7", category="Later", on=date(2026, 12, 1))

    found = progress.of_month(household, date(2026, 11, 1), today=date(2026, 11, 15))

    assert [(each.name, each.spent) for each in found.unplanned] == [("Toys", 30), ("Fuel", 20), ("Tea", 20)]
    assert stopped.category_id in {each.id for each in found.unplanned}


@pytest.mark.parametrize("number", [3, 30])
def test_two_queries_with_every_cadence_and_chain(household, django_assert_num_queries, number):
    for each in range(number):
        cadence = BudgetLimit.Cadence.values[each % 4]
        make_budget(
            household, "10", category=f"C {each}", cadence=cadence, roll_over="both", from_month=date(2024, 1, 1)
        )
        make_transaction(household, "5", category=f"C {each}", on=date(2025, 2, 10))

    with django_assert_num_queries(2):
        found = progress.of_month(household, date(2026, 11, 1), today=date(2026, 11, 15))

    assert len(found.budgets) == number


def test_another_households_spending_is_not_there(household, bobs_household):
    theirs = the_category(bobs_household, "Secret", "expense")
    make_transaction(bobs_household, "5", category=theirs)

    found = ledger.spending(
        household,
        date(2026, 11, 1),
        months={theirs.pk: (date(2026, 1, 1), date(2026, 11, 1))},
        weeks={theirs.pk: (date(2026, 11, 9), date(2026, 11, 9))},
    )

    assert found == {}
