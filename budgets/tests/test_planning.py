"""Setting and ending a limit: from a month on, never before it; and a category that is merged away."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import planning
from budgets.models import Budget, BudgetLimit
from budgets.planning import BudgetGoneError, PlannedAlreadyError, Terms
from budgets.tests.factories import make_budget, make_limit
from transactions.signals import category_merged, category_uses
from transactions.tests.factories import the_category

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (9, 10, 11, 12))


def limits(budget: Budget) -> list[tuple[date, Decimal | None]]:
    return list(budget.limits.order_by("from_month").values_list("from_month", "amount"))


def test_planning_makes_a_budget_with_a_limit(household):
    groceries = the_category(household, "Groceries", "expense")

    budget = planning.plan(
        household=household, category_id=groceries.pk, terms=Terms(Decimal("500")), from_month=NOVEMBER
    )

    assert limits(budget) == [(NOVEMBER, Decimal("500"))]


def test_planning_again_goes_on_with_a_stopped_budget(household):
    budget = make_budget(household, "500", from_month=SEPTEMBER)
    make_limit(budget, None, from_month=OCTOBER)

    again = planning.plan(
        household=household, category_id=budget.category_id, terms=Terms(Decimal("700")), from_month=NOVEMBER
    )

    assert again == budget
    assert limits(budget) == [(SEPTEMBER, Decimal("500")), (OCTOBER, None), (NOVEMBER, Decimal("700"))]


def test_a_change_in_the_same_month_replaces_the_limit(household):
    budget = make_budget(household, "500", from_month=NOVEMBER)

    planning.set_limit(budget=budget, terms=Terms(Decimal("600")), from_month=NOVEMBER)

    assert limits(budget) == [(NOVEMBER, Decimal("600"))]


def test_a_change_takes_the_place_of_what_was_planned_for_later(household):
    budget = make_budget(household, "500", from_month=OCTOBER)
    make_limit(budget, "900", from_month=DECEMBER)

    assert planning.next_change(budget, NOVEMBER) == DECEMBER
    planning.set_limit(budget=budget, terms=Terms(Decimal("600")), from_month=NOVEMBER)

    assert limits(budget) == [(OCTOBER, Decimal("500")), (NOVEMBER, Decimal("600"))]
    assert planning.limit_in(budget, OCTOBER).amount == Decimal("500")
    assert planning.limit_in(budget, DECEMBER).amount == Decimal("600")
    assert planning.limit_in(budget, SEPTEMBER) is None


def test_stopping_keeps_the_months_before(household):
    budget = make_budget(household, "500", from_month=OCTOBER)
    make_limit(budget, "900", from_month=DECEMBER)

    planning.stop(budget=budget, from_month=NOVEMBER)

    assert limits(budget) == [(OCTOBER, Decimal("500")), (NOVEMBER, None)]


def test_stopping_twice_is_stopping_once(household):
    budget = make_budget(household, "500", from_month=SEPTEMBER)

    planning.stop(budget=budget, from_month=OCTOBER)
    planning.stop(budget=budget, from_month=NOVEMBER)

    assert limits(budget) == [(SEPTEMBER, Decimal("500")), (OCTOBER, None)]


def test_planning_now_keeps_what_is_planned_for_later(household):
    budget = make_budget(household, "900", from_month=DECEMBER)

    planning.plan(household=household, category_id=budget.category_id, terms=Terms(Decimal("700")), from_month=OCTOBER)
    planning.set_limits(household=household, terms=[(budget.category_id, Terms(Decimal("800")))], from_month=NOVEMBER)

    assert limits(budget) == [(OCTOBER, Decimal("700")), (NOVEMBER, Decimal("800")), (DECEMBER, Decimal("900"))]


def test_what_is_planned_already_is_not_planned_again(household):
    budget = make_budget(household, "500", from_month=OCTOBER)

    with pytest.raises(PlannedAlreadyError):
        planning.plan(
            household=household, category_id=budget.category_id, terms=Terms(Decimal("700")), from_month=NOVEMBER
        )

    assert limits(budget) == [(OCTOBER, Decimal("500"))]


def test_a_budget_that_is_gone_is_neither_changed_nor_stopped(household):
    budget = make_budget(household, "500")
    Budget.objects.all().delete()

    with pytest.raises(BudgetGoneError):
        planning.set_limit(budget=budget, terms=Terms(Decimal("1")), from_month=NOVEMBER)
    with pytest.raises(BudgetGoneError):
        planning.stop(budget=budget, from_month=NOVEMBER)

    assert not BudgetLimit.objects.exists()


def test_stopping_in_the_first_month_leaves_nothing(household):
    budget = make_budget(household, "500", from_month=NOVEMBER)

    planning.stop(budget=budget, from_month=NOVEMBER)

    assert not Budget.objects.exists()
    assert not BudgetLimit.objects.exists()


def merge(household, source: str, target: str) -> None:
    keys = {name: the_category(household, name, "expense").pk for name in (source, target)}
    category_merged.send(sender=None, household=household, source=keys[source], target=keys[target])


def test_a_merged_category_takes_its_budget_along(household):
    budget = make_budget(household, "500", category="Food")

    merge(household, "Food", "Groceries")

    budget.refresh_from_db()
    assert budget.category == the_category(household, "Groceries", "expense")
    assert budget.merged_in == ["Food"]
    assert limits(budget) == [(date(2026, 1, 1), Decimal("500"))]


def test_where_both_have_a_budget_their_limits_add_up_month_by_month(household):
    food = make_budget(household, "500", category="Food", from_month=SEPTEMBER)
    make_limit(food, None, from_month=NOVEMBER)
    kept = make_budget(household, "700", category="Groceries", from_month=OCTOBER)
    make_limit(kept, "800", from_month=DECEMBER, roll_over="left")

    merge(household, "Food", "Groceries")

    assert list(Budget.objects.all()) == [kept]
    assert limits(kept) == [
        (SEPTEMBER, Decimal("500")),
        (OCTOBER, Decimal("1200")),
        (NOVEMBER, Decimal("700")),
        (DECEMBER, Decimal("800")),
    ]
    assert kept.limits.get(from_month=DECEMBER).roll_over == "left"
    kept.refresh_from_db()
    assert kept.merged_in == ["Food"]


def test_limits_of_two_cadences_do_not_add_up(household):
    make_budget(household, "6000", category="Food", cadence="yearly")
    kept = make_budget(household, "700", category="Groceries")

    merge(household, "Food", "Groceries")

    assert limits(kept) == [(date(2026, 1, 1), Decimal("700"))]
    assert kept.limits.get().cadence == "monthly"


def test_a_merge_touches_no_other_household(household, bobs_household):
    kept = make_budget(bobs_household, "500", category="Food")
    before = kept.category_id

    category_merged.send(
        sender=None, household=household, source=before, target=the_category(household, "Groceries", "expense").pk
    )

    kept.refresh_from_db()
    assert kept.category_id == before


def test_a_category_says_that_a_budget_uses_it(household, bobs_household):
    budget = make_budget(household)

    def uses(of) -> list[str]:
        answers = category_uses.send(sender=None, household=of, category=budget.category_id)
        return [sentence for _receiver, sentence in answers if sentence]

    assert uses(household) == ["1 budget"]
    assert uses(bobs_household) == []
