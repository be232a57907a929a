"""What the page of a month tells beside its bars: spending without a limit, other cadences, archived and merged."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from budgets.models import Budget
from budgets.tests.factories import make_budget, make_limit
from transactions.tests.factories import make_category, make_transaction, the_category

NOVEMBER = date(2026, 11, 1)
LIST = "/budgets/"


def url(name: str, budget: Budget) -> str:
    return reverse(f"budgets:{name}", args=[budget.pk])


def test_spending_without_a_budget_is_one_click_from_one(as_alice, household):
    toys = make_category(household, "Toys")
    make_transaction(household, "90", category=toys)
    make_transaction(household, "40", category=toys, on=date(2026, 10, 1))

    page = as_alice.get(LIST).content.decode()
    address = f"/budgets/add/?period=this-month&amp;category={toys.pk}"
    form = as_alice.get(address.replace("&amp;", "&")).content.decode()

    assert address in page
    assert "Set a budget for Toys" in page
    assert f'<option value="{toys.pk}" selected>' in form
    assert 'value="40.00"' in form


@pytest.mark.parametrize("wanted", ["x", "²", "-1", "99999999999999999999"])
def test_a_category_that_is_none_is_not_chosen(as_alice, wanted):
    page = as_alice.get("/budgets/add/", {"category": wanted})

    assert page.status_code == 200
    assert "category" not in page.context["form"].initial


def test_where_all_spending_is_found_is_said(as_alice, household):
    make_budget(household, "1000", category="Rent")
    make_budget(household, "50", category="Tea", cadence="weekly")
    for category, amount in (("Rent", "700"), ("Tea", "20.50"), ("Toys", "30")):
        make_transaction(household, amount, category=category)

    page = as_alice.get(LIST).content.decode()

    said = (
        "All spending in November 2026: ₹750.50, "
        "₹700.00 in monthly budgets, ₹20.50 in other budgets, ₹30.00 without a budget."
    )
    assert said in page
    # The week of today has none of it.
    assert "Week 23" in page
    assert "₹0.00 of ₹50.00" in page


def test_an_archived_category_keeps_its_budget_and_says_so(as_alice, household):
    budget = make_budget(household, "1000", category="Old")
    budget.category.archived_at = budget.created_at
    budget.category.save()
    make_transaction(household, "5", category="Old")

    page = as_alice.get(LIST).content.decode()
    response = as_alice.post(url("stop", budget))

    assert "Archived category" in page
    assert "₹5.00 of ₹1,000.00" in page
    assert response.status_code == 303
    # Without a limit its spending is listed, but no budget is offered for what is archived.
    after = as_alice.get(LIST).content.decode()
    assert "Archived category" in after
    assert "Set a budget for Old" not in after


def test_a_merged_category_is_seen_on_the_budget_it_joined(as_alice, household):
    make_budget(household, "500", category="Food")
    make_budget(household, "700", category="Groceries")
    make_transaction(household, "100", category="Food")
    source, target = (the_category(household, name, "expense") for name in ("Food", "Groceries"))

    as_alice.post(f"/categories/{source.pk}/merge/", {"into": target.pk})

    page = as_alice.get(LIST).content.decode()
    assert "₹100.00 of ₹1,200.00" in page
    assert "With what was planned for Food" in page


def test_a_budget_that_went_in_another_tab_is_not_there(as_alice, household):
    budget = make_budget(household, "500")
    address = url("stop", budget)
    Budget.objects.all().delete()

    assert as_alice.post(address).status_code == 404


def test_a_month_that_is_over_offers_nothing_to_change(as_alice, household):
    budget = make_budget(household, "500")
    make_transaction(household, "5", category="Toys", on=date(2026, 10, 1))

    page = as_alice.get(LIST, {"period": "2026-10"}).content.decode()

    assert "This month is over: its limits stay as they were." in page
    assert "Toys" in page
    assert url("update", budget) not in page
    assert "/budgets/add/" not in page
    assert "/budgets/copy/" not in page


def test_what_is_carried_into_a_coming_month_is_not_final(as_alice, household):
    make_budget(household, "500", from_month=NOVEMBER, roll_over="left")
    make_transaction(household, "300")

    page = as_alice.get(LIST, {"period": "2026-12"}).content.decode()

    assert "₹500.00 planned, and ₹200.00 carried over so far" in page


def test_september_changed_leaves_august_as_it_was(as_alice, household):
    budget = make_budget(household, "500", from_month=date(2026, 8, 1))
    make_limit(budget, "400", from_month=date(2026, 9, 1))
    for month in (8, 9):
        make_transaction(household, "450", on=date(2026, month, 20))

    august = as_alice.get(LIST, {"period": "2026-08"}).content.decode()
    september = as_alice.get(LIST, {"period": "2026-09"}).content.decode()

    assert "is over its limit" not in august
    assert "₹450.00 of ₹500.00" in august
    assert "Groceries is over its limit." in september


@pytest.mark.parametrize(
    ("zone", "month", "spent"),
    # It is 20:00 in London on 31 January: February already in Kolkata, still January in Los Angeles.
    [("Asia/Kolkata", "February 2026", "₹20.00"), ("America/Los_Angeles", "January 2026", "₹1.00")],
)
def test_this_month_is_that_of_the_members_clock(as_alice, alice, household, monkeypatch, zone, month, spent):
    instant = datetime(2026, 1, 31, 20, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: timezone.localtime(instant).date())
    alice.time_zone = zone
    alice.save()
    make_budget(household, "100")
    make_transaction(household, "1", on=date(2026, 1, 31))
    make_transaction(household, "20", on=date(2026, 2, 1))

    page = as_alice.get(LIST).content.decode()

    assert month in page
    assert f"{spent} of ₹100.00" in page
