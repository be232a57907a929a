"""Two tabs that plan for one category at once: one is first, the other hears a sentence, and one limit is there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from budgets import planning
from budgets.forms import BudgetForm
from budgets.models import Budget, BudgetLimit
from budgets.planning import PlannedAlreadyError, Terms
from budgets.tests.factories import make_budget
from transactions.tests.factories import make_category

NOVEMBER = date(2026, 11, 1)


def filled(household, alice, category) -> BudgetForm:
    sent = {"category": str(category.pk), "amount": "500"}
    return BudgetForm(sent, household=household, user=alice, from_month=NOVEMBER)


def test_a_limit_that_another_tab_set_meanwhile_is_kept(household, alice):
    category = make_category(household)
    form = filled(household, alice, category)
    assert form.is_valid()
    make_budget(household, "700", from_month=NOVEMBER)

    assert not form.save()

    assert "This category has a limit already" in form.errors["category"][0]
    assert BudgetLimit.objects.get().amount == Decimal("700")


def test_a_category_that_went_meanwhile_is_said(household, alice):
    category = make_category(household)
    form = filled(household, alice, category)
    assert form.is_valid()
    category.delete()

    assert not form.save()

    assert "no category of your spending any more" in form.errors["category"][0]
    assert not Budget.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_first(household):
    category = make_category(household)

    def press(amount: int) -> bool:
        try:
            planning.plan(
                household=household,
                category_id=category.pk,
                terms=Terms(Decimal(amount)),
                from_month=NOVEMBER,
            )
        except PlannedAlreadyError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as tabs:
        written = list(tabs.map(press, range(1, 9)))

    assert written.count(True) == 1
    assert BudgetLimit.objects.get().amount == written.index(True) + 1
