"""The budgets' page and its forms, as a member, a viewer and a stranger meet them."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.models import Budget, BudgetLimit
from budgets.tests.factories import make_budget, make_limit
from transactions.tests.factories import make_category, make_transaction, the_category

HTMX = {"HX-Request": "true"}
NOVEMBER = date(2026, 11, 1)
LIST = "/budgets/"


def url(name: str, budget: Budget, query: str = "") -> str:
    return reverse(f"budgets:{name}", args=[budget.pk]) + query


def limits(budget: Budget) -> list[tuple[date, Decimal | None]]:
    return list(budget.limits.order_by("from_month").values_list("from_month", "amount"))


def test_the_page_shows_what_is_left_of_each_limit(as_alice, household):
    make_budget(household, "1000")
    make_transaction(household, "250.50")

    page = as_alice.get(LIST).content.decode()

    assert "November 2026" in page
    assert "₹250.50 of ₹1,000.00" in page
    assert "₹749.50 left" in page
    assert "over" not in page.split('id="budgets-cards"')[1].split("</ul>")[0].replace("budget__", "")


def test_the_banner_names_every_category_over_its_limit(as_alice, household):
    for category in ("Rent", "Fuel"):
        make_budget(household, "10", category=category)
        make_transaction(household, "20", category=category)
    make_budget(household, "10", category="Toys")

    page = as_alice.get(LIST).content.decode()

    assert "Fuel and Rent are over their limits." in page
    assert page.count("data-over") == 2


def test_the_strip_adds_the_budgets_up(as_alice, household):
    make_budget(household, "1000", category="Rent")
    make_budget(household, "500", category="Fuel")
    make_transaction(household, "600", category="Fuel")

    overview = as_alice.get(LIST).context["overview"]

    assert "1,500" in overview.strip.planned
    assert "600" in overview.strip.spent
    assert "900" in overview.strip.left


def test_another_month_is_one_step_away(as_alice, household):
    budget = make_budget(household, "1000", from_month=date(2026, 10, 1))
    make_limit(budget, "2000", from_month=NOVEMBER)

    page = as_alice.get(LIST).content.decode()
    before = as_alice.get(LIST, {"period": "2026-10"}).content.decode()
    first = as_alice.get(LIST, {"period": "2026-09"}).content.decode()

    assert "/budgets/?period=2026-10" in page
    assert "of ₹2,000.00" in page
    assert "of ₹1,000.00" in before
    assert "Nothing is planned for September 2026" in first


@pytest.mark.parametrize("period", ["last-3-months", "all-time", "this-year", "custom", "nonsense", "2026-13"])
def test_what_is_not_one_month_is_refused_in_words(as_alice, period):
    response = as_alice.get(LIST, {"period": period})

    assert response.status_code == 400
    assert any(word in response.content.decode() for word in ("Choose a single month", "not known", "Fill in both"))


def test_an_empty_page_says_what_to_do(as_alice):
    page = as_alice.get(LIST).content.decode()

    assert "Nothing is planned for November 2026" in page
    assert 'href="/budgets/add/?period=this-month"' in page


def test_htmx_gets_the_cards_alone(as_alice, household):
    make_budget(household)

    response = as_alice.get(LIST, headers=HTMX)

    assert response.content.decode().startswith('<div class="stack" id="budgets-cards"')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, django_assert_num_queries, number):
    for each in range(number):
        cadence = ["weekly", "monthly", "quarterly", "yearly"][each % 4]
        make_budget(household, "10", category=f"Category {each}", cadence=cadence, roll_over="left")
        make_transaction(household, "5", category=f"Category {each}", on=date(2026, 11, 24))
        make_transaction(household, "5", category=f"Without {each}", on=date(2026, 11, 24))
    as_alice.get(LIST)

    with django_assert_num_queries(6):  # session, person, membership; limits, spending; whether mails are wanted
        page = as_alice.get(LIST).content.decode()

    assert page.count("Change the limit of") == number
    assert page.count("Set a budget for Without") == number


def test_a_budget_is_added(as_alice, household):
    groceries = make_category(household, "Groceries")

    response = as_alice.post("/budgets/add/", {"category": groceries.pk, "amount": "1,25,000.50"})

    assert response.status_code == 303
    assert response["Location"] == "/budgets/?period=this-month"
    budget = Budget.objects.get()
    assert (budget.household, budget.category) == (household, groceries)
    assert limits(budget) == [(NOVEMBER, Decimal("125000.50"))]


def test_htmx_hears_that_budgets_changed(as_alice, household):
    sent = {"category": make_category(household).pk, "amount": "500"}

    response = as_alice.post("/budgets/add/", sent, headers=HTMX)

    assert response.status_code == 204
    announced = json.loads(response["HX-Trigger"])
    assert announced == {"budgets-changed": None, "toast": {"message": "Budget saved."}}


def test_a_limit_of_zero_is_a_limit(as_alice, household):
    as_alice.post("/budgets/add/", {"category": make_category(household).pk, "amount": "0"})

    assert limits(Budget.objects.get()) == [(NOVEMBER, Decimal(0))]


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", "Type what you want to spend at most."),
        ("-5", "A limit is never below zero. Leave the minus away."),
        ("12,3x", "“12,3x” is not an amount."),
        ("1e5", "“1e5” is not an amount."),
        ("NaN", "“NaN” is not an amount."),
        ("1.005", "INR has at most 2 decimals. Round the amount."),
        ("12345678901234567890", "This amount is too large"),
    ],
)
def test_what_is_not_a_limit_is_refused_in_words(as_alice, household, amount, sentence):
    response = as_alice.post("/budgets/add/", {"category": make_category(household).pk, "amount": amount})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Budget.objects.exists()


def test_a_category_has_one_budget_even_when_the_button_is_pressed_twice(as_alice, household):
    sent = {"category": make_category(household).pk, "amount": "500"}

    as_alice.post("/budgets/add/", sent)
    response = as_alice.post("/budgets/add/", sent)

    assert response.status_code == 422
    assert (
        "This category has a limit already, or is no category of your spending any more." in response.content.decode()
    )
    assert BudgetLimit.objects.count() == 1


def test_only_open_spending_categories_without_a_limit_are_offered(as_alice, household):
    make_category(household, "Salary", kind="income")
    make_category(household, "Groceries")
    make_budget(household, category="Rent")
    make_category(household, "Old", archived_at="2026-01-01T00:00Z")

    form = as_alice.get("/budgets/add/").context["form"]

    assert [name for _key, name in form.fields["category"].choices] == ["Choose a category", "Groceries", "Other"]


def test_the_category_of_a_stranger_cannot_be_planned_for(as_alice, bobs_household):
    theirs = make_category(bobs_household, "Secret")

    response = as_alice.post("/budgets/add/", {"category": theirs.pk, "amount": "500"})

    assert response.status_code == 422
    assert "Secret" not in response.content.decode()
    assert not Budget.objects.exists()


def test_when_all_is_planned_the_form_says_so(as_alice, household):
    make_budget(household, category="Other")

    page = as_alice.get("/budgets/add/").content.decode()

    assert "Every category has a limit already" in page


def test_a_change_counts_from_this_month_on(as_alice, household):
    budget = make_budget(household, "500", from_month=date(2026, 9, 1))

    form = as_alice.get(url("update", budget)).content.decode()
    response = as_alice.post(url("update", budget), {"amount": "800"})

    assert 'name="amount" value="500.00"' in form
    assert "Counts from November 2026 on. Earlier months keep what they had." in form
    assert response.status_code == 303
    assert limits(budget) == [(date(2026, 9, 1), Decimal("500")), (NOVEMBER, Decimal("800"))]


def test_a_month_that_is_over_is_never_rewritten(as_alice, household):
    budget = make_budget(household, "500", from_month=date(2026, 8, 1))

    as_alice.post(url("update", budget, "?period=2026-09"), {"amount": "800"})

    assert limits(budget) == [(date(2026, 8, 1), Decimal("500")), (NOVEMBER, Decimal("800"))]


def test_a_coming_month_can_be_planned(as_alice, household):
    budget = make_budget(household, "500")

    as_alice.post(url("update", budget, "?period=2027-01"), {"amount": "800"})
    form = as_alice.get(url("update", budget)).content.decode()

    assert limits(budget)[-1] == (date(2027, 1, 1), Decimal("800"))
    assert "Counts from November 2026 on, and replaces what was planned from January 2027 on." in form


def test_a_refused_change_is_shown_again(as_alice, household):
    budget = make_budget(household, "500")

    response = as_alice.post(url("update", budget), {"amount": "lots"}, headers=HTMX)

    assert response.status_code == 422
    assert response.content.decode().startswith('<div class="card narrow" id="budgets-form">')
    assert 'value="lots"' in response.content.decode()
    assert limits(budget) == [(date(2026, 1, 1), Decimal("500"))]


def test_a_budget_is_stopped(as_alice, household):
    budget = make_budget(household, "500")

    response = as_alice.post(url("stop", budget))

    assert response.status_code == 303
    assert limits(budget) == [(date(2026, 1, 1), Decimal("500")), (NOVEMBER, None)]


def test_removing_asks_first_and_leaves_the_entries(as_alice, household):
    budget = make_budget(household, "500")
    entry = make_transaction(household, "20")

    question = as_alice.get(url("delete", budget)).content.decode()
    assert Budget.objects.exists()
    response = as_alice.post(url("delete", budget))

    assert "Remove the budget for Groceries, and what was planned in earlier months too?" in question
    assert response.status_code == 303
    assert not Budget.objects.exists()
    assert not BudgetLimit.objects.exists()
    entry.refresh_from_db()
    assert entry.category == the_category(household, "Groceries", "expense")


@pytest.mark.parametrize("name", ["update", "stop", "delete"])
def test_bob_cannot_touch_alices_budget(as_bob, household, name):
    budget = make_budget(household, "500")

    response = as_bob.post(url(name, budget), {"amount": "1"})

    assert response.status_code == 404
    assert limits(budget) == [(date(2026, 1, 1), Decimal("500"))]


@pytest.mark.parametrize("name", ["update", "delete"])
def test_bob_cannot_look_at_alices_budget(as_bob, household, name):
    assert as_bob.get(url(name, make_budget(household))).status_code == 404


def test_bob_sees_none_of_alices_budgets(as_bob, household):
    make_budget(household, category="Secret")

    assert "Secret" not in as_bob.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["update", "stop", "delete"])
def test_a_viewer_changes_nothing(as_viewer, household, name):
    budget = make_budget(household, "500")

    response = as_viewer.post(url(name, budget), {"amount": "1"})

    assert response.status_code == 403
    assert limits(budget) == [(date(2026, 1, 1), Decimal("500"))]


def test_a_viewer_looks_and_is_offered_nothing(as_viewer, household):
    budget = make_budget(household, "500")

    page = as_viewer.get(LIST).content.decode()

    assert "of ₹500.00" in page
    assert "/budgets/add/" not in page
    assert url("update", budget) not in page
    assert as_viewer.get("/budgets/add/").status_code == 403
    assert as_viewer.get(url("update", budget)).status_code == 403


def test_a_category_of_income_is_refused(as_alice, household):
    salary = make_category(household, "Salary", kind="income")

    response = as_alice.post("/budgets/add/", {"category": salary.pk, "amount": "500"})

    assert response.status_code == 422
    assert "is no category of your spending any more" in response.content.decode()
    assert not Budget.objects.exists()


def test_cadence_and_roll_over_are_kept(as_alice, household):
    sent = {"category": make_category(household).pk, "amount": "500", "cadence": "weekly", "roll_over": "both"}

    as_alice.post("/budgets/add/", sent)

    limit = BudgetLimit.objects.get()
    assert (limit.amount, limit.cadence, limit.roll_over) == (Decimal("500"), "weekly", "both")
    form = as_alice.get(url("update", limit.budget)).content.decode()
    assert '<option value="weekly" selected>' in form
    assert '<option value="both" selected>' in form


@pytest.mark.parametrize("field", ["cadence", "roll_over"])
def test_a_rule_that_is_not_known_is_refused(as_alice, household, field):
    sent = {"category": make_category(household).pk, "amount": "500", field: "hourly"}

    response = as_alice.post("/budgets/add/", sent)

    assert response.status_code == 422
    assert not Budget.objects.exists()
