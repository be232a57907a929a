"""Limits that are proposed from the month before and from the average, and the ways to take them or not."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import proposals
from budgets.models import Budget, BudgetLimit
from budgets.tests.factories import make_budget, make_limit
from transactions.tests.factories import make_category, make_transaction

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (8, 9, 10, 11))
COPY, SUGGEST = "/budgets/copy/", "/budgets/suggest/"


def limits(category: str) -> list[tuple[date, Decimal | None]]:
    rows = BudgetLimit.objects.filter(budget__category__name=category).order_by("from_month")
    return list(rows.values_list("from_month", "amount"))


def fields(*proposed: proposals.Proposal, **amounts: str) -> dict[str, str]:
    """What a form sends that takes all of these."""
    sent = {f"take-{each.category}": "on" for each in proposed}
    return sent | {f"amount-{each.category}": amounts.get(each.name, f"{each.terms.amount:.2f}") for each in proposed}


def test_the_month_before_proposes_what_differs(household):
    make_budget(household, "100", category="Same", from_month=SEPTEMBER)
    changed = make_budget(household, "200", category="Changed", from_month=SEPTEMBER, roll_over="left")
    make_limit(changed, "250", from_month=NOVEMBER)
    stopped = make_budget(household, "12", category="Stopped", from_month=SEPTEMBER, cadence="yearly")
    make_limit(stopped, None, from_month=NOVEMBER)

    found = proposals.of_the_month_before(household, NOVEMBER)

    assert [(each.name, tuple(each.terms), each.now) for each in found] == [
        ("Changed", (Decimal(200), "monthly", "left"), Decimal(250)),
        ("Stopped", (Decimal(12), "yearly", "none"), None),
    ]


def test_the_average_is_that_of_three_months_rounded_up(household):
    for day, amount in (
        (date(2026, 7, 31), "1000"),
        (date(2026, 8, 31), "100"),
        (date(2026, 9, 1), "60"),
        (date(2026, 10, 31), "50"),
        (date(2026, 10, 31), "-10"),
        (date(2026, 11, 1), "5000"),
    ):
        make_transaction(household, amount, on=day)

    (found,) = proposals.of_the_average(household, NOVEMBER)

    # 100 + 60 + 40 are 200: 66.67 a month.
    assert (found.name, found.terms.amount, found.is_chosen) == ("Groceries", Decimal(67), True)
    assert found.months == ((AUGUST, 100), (SEPTEMBER, 60), (OCTOBER, 40))


def test_books_of_two_months_are_divided_by_two(household):
    make_transaction(household, "100", on=date(2026, 9, 20))
    make_transaction(household, "200", on=date(2026, 10, 20))

    (found,) = proposals.of_the_average(household, NOVEMBER)

    assert found.terms.amount == Decimal(150)


def test_new_books_and_refunds_suggest_nothing(household):
    assert proposals.of_the_average(household, NOVEMBER) == []

    make_transaction(household, "100", on=date(2026, 11, 20))
    assert proposals.of_the_average(household, NOVEMBER) == []

    make_transaction(household, "-100", on=date(2026, 10, 20))
    assert proposals.of_the_average(household, NOVEMBER) == []


def test_what_has_a_limit_is_not_ticked_and_other_cadences_are_left_alone(household):
    make_budget(household, "100", category="Rent", roll_over="both")
    make_budget(household, "30", category="Same")
    make_budget(household, "1000", category="Fees", cadence="yearly")
    make_category(household, "Old", archived_at="2026-01-01T00:00Z")
    for category in ("Rent", "Same", "Fees", "Old"):
        make_transaction(household, "90", category=category, on=date(2026, 8, 5))

    (found,) = proposals.of_the_average(household, NOVEMBER)

    assert (found.name, found.now, found.is_chosen) == ("Rent", Decimal(100), False)
    assert found.terms.roll_over == "both"


@pytest.mark.parametrize("path", [COPY, SUGGEST])
def test_looking_writes_nothing(as_alice, household, path):
    budget = make_budget(household, "100", from_month=SEPTEMBER)
    make_limit(budget, None, from_month=NOVEMBER)
    make_transaction(household, "90", on=date(2026, 10, 5))

    page = as_alice.get(path).content.decode()

    assert "Groceries" in page
    assert "Save these limits" in page
    assert limits("Groceries") == [(SEPTEMBER, Decimal(100)), (NOVEMBER, None)]


def test_a_stopped_limit_comes_back_from_last_month(as_alice, household):
    budget = make_budget(household, "100", from_month=SEPTEMBER, roll_over="left")
    make_limit(budget, None, from_month=NOVEMBER)
    proposed = proposals.of_the_month_before(household, NOVEMBER)

    response = as_alice.post(COPY, fields(*proposed))

    assert response.status_code == 303
    assert limits("Groceries") == [(SEPTEMBER, Decimal(100)), (NOVEMBER, Decimal(100))]
    assert budget.limits.get(from_month=NOVEMBER).roll_over == "left"


def test_suggestions_are_taken_as_they_were_changed_and_ticked(as_alice, household):
    for category in ("Rent", "Fuel"):
        make_transaction(household, "90", category=category, on=date(2026, 10, 5))
    rent, fuel = sorted(proposals.of_the_average(household, NOVEMBER), key=lambda each: each.name, reverse=True)
    sent = fields(rent, Rent="1,250.50") | {f"amount-{fuel.category}": "not looked at"}

    refused = as_alice.post(SUGGEST, sent)
    sent[f"amount-{fuel.category}"] = "90"
    response = as_alice.post(SUGGEST, sent, headers={"HX-Request": "true"})

    assert refused.status_code == 422
    assert response.status_code == 204
    assert "1 limit saved." in response["HX-Trigger"]
    assert limits("Rent") == [(NOVEMBER, Decimal("1250.50"))]
    assert limits("Fuel") == []


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", "Type what you want to spend at most."),
        ("-5", "A limit is never below zero. Leave the minus away."),
        ("lots", "“lots” is not an amount."),
        ("12345678901234567890", "This amount is too large"),
    ],
)
def test_a_bad_amount_is_refused_beside_its_field(as_alice, household, amount, sentence):
    make_transaction(household, "90", on=date(2026, 10, 5))
    proposed = proposals.of_the_average(household, NOVEMBER)

    response = as_alice.post(SUGGEST, fields(*proposed, Groceries=amount))

    assert response.status_code == 422
    beside = response.content.decode().split(f'id="id_amount-{proposed[0].category}_error"')[1].split("</ul>")[0]
    assert sentence in beside
    assert not Budget.objects.exists()


def test_nothing_ticked_is_said(as_alice, household):
    make_transaction(household, "90", on=date(2026, 10, 5))

    response = as_alice.post(SUGGEST, {})

    assert response.status_code == 422
    assert "No limit is ticked." in response.content.decode()
    assert not Budget.objects.exists()


def test_a_month_that_is_over_is_not_filled_afterwards(as_alice, household):
    make_transaction(household, "90", on=date(2026, 10, 5))
    proposed = proposals.of_the_average(household, NOVEMBER)

    as_alice.post(f"{SUGGEST}?period=2026-09", fields(*proposed))

    assert limits("Groceries") == [(NOVEMBER, Decimal(90))]


@pytest.mark.parametrize(("path", "words"), [(COPY, "those of the month before"), (SUGGEST, "say nothing new")])
def test_nothing_to_propose_is_said(as_alice, path, words):
    assert words in as_alice.get(path).content.decode()


@pytest.mark.parametrize("path", [COPY, SUGGEST])
def test_a_viewer_takes_nothing_and_bob_sees_nothing(as_viewer, as_bob, household, path):
    budget = make_budget(household, "100", category="Secret", from_month=SEPTEMBER)
    make_limit(budget, None, from_month=NOVEMBER)
    make_transaction(household, "90", category="Secret", on=date(2026, 10, 5))

    assert as_viewer.get(path).status_code == 403
    assert as_viewer.post(path, {f"take-{budget.category_id}": "on"}).status_code == 403
    assert "Secret" not in as_bob.get(path).content.decode()
    assert as_bob.post(path, {f"take-{budget.category_id}": "on"}).status_code == 422
    assert limits("Secret") == [(SEPTEMBER, Decimal(100)), (NOVEMBER, None)]


@pytest.mark.parametrize("path", [COPY, SUGGEST])
@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, django_assert_max_num_queries, path, number):
    for each in range(number):
        budget = make_budget(household, "10", category=f"C {each}", from_month=SEPTEMBER)
        make_limit(budget, None, from_month=NOVEMBER)
        make_transaction(household, "5", category=f"C {each}", on=date(2026, 10, 5))

    as_alice.get(path)

    with django_assert_max_num_queries(7):
        page = as_alice.get(path).content.decode()

    assert page.count('class="proposal"') == number
