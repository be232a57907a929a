"""``/api/budgets``: limits with what was spent of them, worked out each time."""

from datetime import date

import pytest

from budgets.models import Budget, BudgetLimit
from budgets.tests.factories import make_budget
from transactions.tests.factories import make_category, make_transaction

LIST = "/api/budgets/"
JSON = "application/json"


def test_a_budget_says_what_was_spent_up_to_now(as_alice, household):
    budget = make_budget(household, "8000")
    make_transaction(household, "6500.50", on=date(2026, 11, 3))
    make_transaction(household, "-80", on=date(2026, 11, 20))
    make_transaction(household, "999", on=date(2026, 10, 31))

    (said,) = as_alice.get(LIST).json()

    assert said == {
        "id": budget.pk,
        "category": "Groceries",
        "category_id": budget.category_id,
        "amount": "8000.00",
        "spent": "6420.50",
        "carried": "0.00",
        "available": "8000.00",
        "left": "1579.50",
        "currency": "INR",
        "cadence": "monthly",
        "roll_over": "none",
        "start_date": "2026-11-01",
        "end_date": "2026-11-30",
        "is_over": False,
        "pace": "on-track",
    }
    make_transaction(household, "2000", on=date(2026, 11, 25))
    (said,) = as_alice.get(LIST).json()
    assert (said["spent"], said["is_over"], said["pace"]) == ("8420.50", True, "over")


def test_another_month_has_its_own_limit_and_spending(as_alice, household):
    make_budget(household, "100", from_month=date(2026, 10, 1))
    make_transaction(household, "40", on=date(2026, 10, 5))

    october, september = (as_alice.get(f"{LIST}?period={month}").json() for month in ("last-month", "2026-09"))

    assert [(each["spent"], each["amount"]) for each in october] == [("40.00", "100.00")]
    assert september == []
    assert as_alice.get(f"{LIST}?period=this-year").json()["errors"] == {
        "period": ["A budget counts for one month. Choose a single month."]
    }


@pytest.mark.parametrize("named", ["name", "id"])
def test_a_budget_is_added_for_a_category(as_alice, household, named):
    tea = make_category(household, "Tea")
    category = {"category": "tea"} if named == "name" else {"category_id": tea.pk}

    answer = as_alice.post(LIST, {"amount": "500", "roll_over": "left"} | category, content_type=JSON)

    limit = BudgetLimit.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["amount"], answer.json()["category"], answer.json()["spent"]) == ("500.00", "Tea", "0.00")
    assert (limit.budget.household, limit.budget.category, limit.roll_over) == (household, tea, "left")
    assert limit.from_month == date(2026, 11, 1)


def test_the_same_key_adds_one_budget(as_alice, household):
    make_category(household, "Tea")
    body, headers = {"amount": "500", "category": "Tea"}, {"Idempotency-Key": "tea"}

    answers = [as_alice.post(LIST, body, content_type=JSON, headers=headers) for _turn in range(2)]

    assert (answers[0].status_code, answers[0].content) == (201, answers[1].content)
    assert BudgetLimit.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"amount": "-1", "category": "Tea"}, "amount", "A limit is never below zero. Leave the minus away."),
        ({"amount": "1.005", "category": "Tea"}, "amount", "INR has at most 2 decimals. Round the amount."),
        ({"amount": "1", "category": "Coffee"}, "category", "There is no category of spending of this name."),
        ({"amount": "1", "category": "Salary"}, "category", "There is no category of spending of this name."),
        ({"amount": "1"}, "category", "Choose a category."),
        ({"category": "Tea"}, "amount", "This is missing."),
        ({"amount": "1", "category": "Rent"}, "category", "This category has a limit already"),
    ],
)
def test_what_cannot_be_a_budget_is_refused(as_alice, household, body, field, sentence):
    make_category(household, "Tea")
    make_category(household, "Salary", kind="income")
    make_budget(household, category="Rent")

    answer = as_alice.post(LIST, body, content_type=JSON)

    assert answer.status_code == 422
    assert answer.json()["errors"][field][0].startswith(sentence)
    assert Budget.objects.count() == 1


def test_a_limit_is_changed_from_this_month_on_and_two_devices_do_not_overwrite_each_other(as_alice, household):
    budget = make_budget(household, "8000")
    path = f"{LIST}{budget.pk}"
    read = as_alice.get(path)
    make_transaction(household, "5")

    changed = as_alice.put(path, {"amount": "9000"}, content_type=JSON, headers={"If-Match": read["ETag"]})
    late = as_alice.put(path, {"amount": "7000"}, content_type=JSON, headers={"If-Match": read["ETag"]})

    assert (changed.status_code, changed.json()["amount"], changed.json()["spent"]) == (200, "9000.00", "5.00")
    assert late.status_code == 412
    assert (
        as_alice.put(path, {"amount": "1"}, content_type=JSON, headers={"If-Match": changed["ETag"]}).status_code == 200
    )
    assert as_alice.get(f"{path}?period=2026-10").json()["amount"] == "8000.00"


def test_a_budget_is_stopped_or_removed(as_alice, household):
    stopped, removed = make_budget(household), make_budget(household, category="Tea")

    answers = [as_alice.post(f"{LIST}{stopped.pk}/stop"), as_alice.delete(f"{LIST}{removed.pk}")]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert as_alice.get(LIST).json() == []
    assert [each["id"] for each in as_alice.get(f"{LIST}?period=2026-10").json()] == [stopped.pk]


def test_a_strangers_budget_is_not_there_and_a_viewer_changes_none(as_bob, as_viewer, household):
    path = f"{LIST}{make_budget(household).pk}"
    body = {"amount": "1"}

    assert as_bob.get(LIST).json() == []
    strangers = [as_bob.get(path), as_bob.put(path, body, content_type=JSON), as_bob.delete(path)]
    viewers = [as_viewer.put(path, body, content_type=JSON), as_viewer.delete(path), as_viewer.post(f"{path}/stop")]
    assert [answer.status_code for answer in strangers] == [404, 404, 404]
    assert [answer.status_code for answer in viewers] == [403, 403, 403]
    assert as_viewer.get(path).json()["amount"] == "1000.00"


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for place in range(number):
        make_budget(household, category=f"Category {place}")
        make_transaction(household, "5", category=f"Category {place}")

    with django_assert_max_num_queries(5):
        assert len(as_alice.get(LIST).json()) == number
