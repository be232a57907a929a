"""The dashboard: every number agrees with the period that is asked for, and with the page of its entries."""

import re
from datetime import date
from decimal import Decimal

import pytest

from budgets.tests.factories import make_budget
from transactions.tests.factories import make_category, make_transaction, make_wallet

URL = "/dashboard/"
HTMX = {"HX-Request": "true"}


def words(page: str) -> str:
    """The text of a page as people see it, its spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def november(household):
    """A month with everything in it: income, spending, a refund, a transfer, and a neighbour on either side."""
    bank = make_wallet(household, "Bank", opening_balance=Decimal("1000"))
    make_transaction(household, "5000", kind="income", category="Salary", on=date(2026, 11, 1), note="Pay")
    make_transaction(household, "1500.50", category="Groceries", on=date(2026, 11, 1), note="Big shop")
    make_transaction(household, "700", category="Fuel", on=date(2026, 11, 30))
    make_transaction(household, "-200.50", category="Groceries", on=date(2026, 11, 10), note="Returned")
    make_transaction(household, "-300", category="Toys", on=date(2026, 11, 11))
    make_transaction(household, "900", kind="transfer", to_wallet=bank, on=date(2026, 11, 12))
    make_transaction(household, "4000", category="Groceries", on=date(2026, 10, 31))
    make_transaction(household, "88", category="Groceries", on=date(2026, 12, 1))


def shown(client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_three_figures(as_alice, november):
    cards = as_alice.get(URL).context["cards"]

    # 1000 + 5000 − (1500.50 + 700 − 200.50 − 300) − 4000 − 88
    assert words(cards.balance.amount) == "₹212.00"
    assert words(cards.income.amount) == "₹5,000.00"
    assert words(cards.spending.amount) == "₹1,700.00"


def test_what_is_said_about_them(as_alice, november):
    page = words(shown(as_alice))

    assert "Up ₹3,300.00 in November 2026" in page
    assert "Nothing in October" in page
    assert "58 % less than in October" in page  # 1700 instead of 4000: 57.5
    assert "You kept 66 % of what came in." in page


def test_another_period_has_its_own_figures(as_alice, november):
    cards = as_alice.get(URL, {"period": "last-month"}).context["cards"]

    assert words(cards.income.amount) == "₹0.00"
    assert words(cards.spending.amount) == "₹4,000.00"
    assert cards.spending.note == "Nothing in September"
    assert cards.kept == ""
    assert words(cards.balance.amount) == "₹212.00"


@pytest.mark.parametrize(
    "query",
    [
        "?period=this-month",
        "?period=last-month",
        "?period=this-year",
        "?period=all-time",
        "?period=custom&from=2026-11-01&to=2026-11-10",
        "?period=custom&from=2026-10-31&to=2026-12-01",
    ],
)
def test_the_figures_are_those_of_the_entries_page(as_alice, november, query):
    cards = as_alice.get(URL + query).context["cards"]
    summary = as_alice.get("/transactions/" + query).context["summary"]

    assert words(cards.income.amount) == words(summary.income)
    assert words(cards.spending.amount) == words(summary.spending)


@pytest.mark.parametrize("month_start", [1, 10, 25])
def test_the_chart_adds_up_to_the_figures(as_alice, household, november, month_start):
    household.month_start = month_start
    household.save()

    for query in ("?period=this-month", "?period=last-6-months", "?period=all-time"):
        response = as_alice.get(URL + query)
        cards = response.context["cards"]
        for figure, column in ((cards.income, "income"), (cards.spending, "spending")):
            total = sum(_number(getattr(row, column)) for row in cards.cash_flow.rows)
            assert total == _number(words(figure.amount))


def _number(text: str) -> Decimal:
    return Decimal(text.replace("₹", "").replace(",", "").replace("\N{MINUS SIGN}", "-"))


def test_each_mark_leads_to_the_entries_of_its_day(as_alice, november):
    page = shown(as_alice)

    chart = page.split('id="reports-cash-flow"')[1].split("</section>")[0]
    assert chart.count('class="chart__mark"') == 30
    assert 'href="/transactions/?period=custom&amp;from=2026-11-10&amp;to=2026-11-10"' in page
    assert "<title>10 Nov\nIncome ₹0.00\nSpending -₹200.50</title>" in page


def test_the_chart_has_a_table_of_the_same_numbers(as_alice, november):
    page = words(shown(as_alice).split('<table class="table twin__table">')[1].split("</table>")[0])

    assert "1 Nov₹5,000.00₹1,500.50" in page
    assert "2 Nov₹0.00₹0.00" in page
    assert "30 Nov₹0.00₹700.00" in page


def test_long_periods_are_drawn_by_month(as_alice, november):
    page = shown(as_alice, "?period=this-year")

    for card, title in (("cash-flow", "Cash flow by month"), ("spending", "Spending by month")):
        chart = page.split(f'id="reports-{card}"')[1].split("</section>")[0]
        assert title in chart
        assert chart.count('class="chart__mark"') == 12


def test_spending_has_its_own_chart(as_alice, november):
    card = as_alice.get(URL).context["cards"].spending_by_day

    assert [(row.name, row.spending) for row in card.rows[:2]] == [("1 Nov", "₹1,500.50"), ("2 Nov", "₹0.00")]
    assert card.chart.marks[9].title == "10 Nov\n-₹200.50"
    assert card.chart.marks[9].url == "/transactions/?period=custom&from=2026-11-10&to=2026-11-10&kind=expense"
    # 1500.50 − 200.50 − 300 up to the 25th; the 700 of the 30th have not come.
    assert card.note == "₹40.00 a day on average"


def test_categories_are_ranked_and_money_back_stands_apart(as_alice, november, household):
    card = as_alice.get(URL).context["cards"].categories

    assert [(row.name, words(row.amount), words(row.share)) for row in card.first] == [
        ("Groceries", "₹1,300.00", "65 %"),
        ("Fuel", "₹700.00", "35 %"),
    ]
    assert [(row.name, words(row.amount), row.share) for row in card.back] == [("Toys", "₹300.00", "money back")]
    assert [words(arc.title) for arc in card.ring.arcs] == [
        "Groceries ₹1,300.00 · 65 % 2 entries",
        "Fuel ₹700.00 · 35 % 1 entry",
    ]
    assert (card.sum, words(card.total)) == ("₹2,000.00", "₹1,700.00")
    assert card.first[0].url.startswith("/transactions/?period=this-month&category=")


def test_a_period_of_refunds_alone_is_drawn(as_alice, household):
    make_transaction(household, "-300", on=date(2026, 11, 11))

    page = words(shown(as_alice))

    assert "-₹300.00" in page or "\N{MINUS SIGN}₹300.00" in page
    assert "money back" in page


def test_many_categories_are_folded(as_alice, household):
    for number in range(1, 13):
        make_transaction(household, number * 10, category=f"Category {number:02}")

    card = as_alice.get(URL).context["cards"].categories

    assert [row.name for row in card.first] == [f"Category {number:02}" for number in range(12, 6, -1)]
    assert [row.name for row in card.rest] == [f"Category {number:02}" for number in range(6, 0, -1)]
    # 10 + 20 + … + 60 of 780.
    assert (card.others.name, words(card.others.amount), words(card.others.share)) == ("6 others", "₹210.00", "27 %")
    assert card.others.url.count("&category=") == 6
    assert len(card.ring.arcs) == 7


def test_four_budgets_the_most_used_up_first(as_alice, household):
    for number in range(1, 7):
        make_budget(household, "100", category=f"Category {number}")
        make_transaction(household, number * 20, category=f"Category {number}")

    card = as_alice.get(URL).context["cards"].budgets

    assert [line.category for line in card.lines] == ["Category 6", "Category 5", "Category 4", "Category 3"]
    assert [line.is_over for line in card.lines] == [True, False, False, False]
    assert card.more == "+2 more"
    assert card.url == "/budgets/?period=2026-11"


def test_the_budgets_are_those_of_the_month_shown(as_alice, household, november):
    make_budget(household, "5000", from_month=date(2026, 10, 1))

    assert "Budgets in October 2026" in shown(as_alice, "?period=last-month")
    assert "₹4,000.00 of ₹5,000.00" in shown(as_alice, "?period=last-month")
    assert "Budgets in November 2026" in shown(as_alice, "?period=this-year")


def test_the_latest_entries_come_first(as_alice, november):
    latest = as_alice.get(URL).context["cards"].latest

    assert [row.name for row in latest[:4]] == ["Groceries", "Fuel", "Cash → Bank", "Toys"]
    assert latest[0].words == "1 Dec"
    assert latest[2].words == "12 Nov"
    assert [row.words for row in latest if row.name == "Big shop"] == ["Groceries · 1 Nov"]


def test_an_empty_household_gets_its_first_steps(as_alice):
    page = shown(as_alice)

    assert "Your books are empty, and ready" in page
    for address in ("/transactions/add/", "/transactions/import/", "/budgets/"):
        assert f'href="{address}"' in page
    assert 'class="chart' not in page


def test_one_entry_is_enough_for_a_dashboard(as_alice, household):
    make_transaction(household, "40", on=date(2026, 11, 25), note="Coffee")

    page = words(shown(as_alice))

    assert "Down ₹40.00 in November 2026" in page
    assert "Coffee Groceries · Today" in page.replace("CoffeeGroceries", "Coffee Groceries")
    assert "No limits are set for this month." in page


def test_entries_of_another_time_leave_the_period_empty(as_alice, household):
    make_transaction(household, "40", on=date(2024, 1, 1))

    page = words(shown(as_alice))

    assert "Nothing was spent in this period." in page
    assert "Nothing came in and nothing was spent in this period." in page
    assert "Show as table" not in page
    assert "Unchanged in November 2026" in page


@pytest.mark.parametrize(
    "query", ["?period=fortnight", "?from=2026-02-30&to=2026-03-01", "?period=custom", "?period=%00"]
)
def test_what_is_not_a_period_is_refused(as_alice, household, query):
    assert as_alice.get(URL + query).status_code == 400


def test_htmx_gets_the_fragment(as_alice, november):
    response = as_alice.get(URL, headers=HTMX)

    assert response.content.decode().startswith('<div class="stack" id="reports-dashboard"')


def test_bob_sees_nothing_of_alices(as_bob, november, bobs_household):
    make_transaction(bobs_household, "7", note="Bobs", category=make_category(bobs_household, "Hobby"))

    page = shown(as_bob)

    assert "₹7.00" in page
    for secret in ("Groceries", "Big shop", "1,500", "212"):
        assert secret not in page


def test_a_viewer_looks_and_is_offered_nothing(as_viewer, november):
    page = shown(as_viewer)

    assert "Big shop" in page
    assert "/edit/" not in page.split('id="reports-dashboard"')[1]


def test_a_viewer_of_empty_books_is_not_sent_to_forms(as_viewer):
    page = shown(as_viewer)

    assert "These books are still empty" in page
    assert "/transactions/add/" not in page.split('id="reports-dashboard"')[1].split("</main>")[0]


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, django_assert_num_queries, number):
    for each in range(number):
        make_budget(household, "10", category=f"Category {each}")
        make_transaction(household, "5", category=f"Category {each}", on=date(2026, 11, 1 + each % 28))
    as_alice.get(URL)

    # Session, person and membership; latest entries, all sums at a glance, limits, spending of them.
    with django_assert_num_queries(7):
        page = shown(as_alice)

    assert "Category 0" in page


def test_the_page_keeps_to_attributes_and_classes(as_alice, november):
    """The policy forbids inline styles and scripts; a browser would silently drop them."""
    page = shown(as_alice)

    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
