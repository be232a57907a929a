"""``/api/reports/dashboard`` and ``/api/exports``: the page's numbers and the page's file."""

import re
from dataclasses import replace
from datetime import date

import pytest

from budgets.tests.factories import make_budget
from reports.export_form import FORMATS
from transactions.tests.factories import make_transaction, make_wallet

DASHBOARD, EXPORT = "/api/reports/dashboard", "/api/exports/transactions"


@pytest.fixture
def november(household, bobs_household):
    make_wallet(household, "Bank", opening_balance="50")
    make_budget(household, "100")
    make_transaction(household, "500", kind="income", category="Salary", on=date(2026, 11, 1), note="Pay")
    make_transaction(household, "120", on=date(2026, 11, 10), note="Rice")
    make_transaction(household, "-20", on=date(2026, 11, 12), note="Rice back")
    make_transaction(household, "30", category="Tea", on=date(2026, 10, 5), note="=Chai")
    make_transaction(bobs_household, "1000", on=date(2026, 11, 10))
    return household


def test_the_dashboard_in_numbers(as_alice, november):
    said = as_alice.get(DASHBOARD).json()

    assert (said["start_date"], said["end_date"], said["currency"]) == ("2026-11-01", "2026-11-30", "INR")
    assert (said["balance"], said["income"], said["expense"], said["net"]) == ("420.00", "500.00", "100.00", "400.00")
    assert (said["income_before"], said["expense_before"]) == ("0.00", "30.00")
    spent = [(each["start_date"], each["expense"]) for each in said["cash_flow"] if each["expense"] != "0.00"]
    assert spent == [("2026-11-10", "120.00"), ("2026-11-12", "-20.00")]
    assert [(each["category"], each["amount"], each["count"]) for each in said["spending"]] == [
        ("Groceries", "100.00", 2)
    ]
    assert [(each["category"], each["amount"], each["spent"], each["is_over"]) for each in said["budgets"]] == [
        ("Groceries", "100.00", "100.00", False)
    ]
    assert [each["note"] for each in said["latest"]] == ["Rice back", "Rice", "Pay", "=Chai"]
    assert len(said["cash_flow"]) == 30


def test_the_dashboard_of_other_periods(as_alice, november):
    october = as_alice.get(f"{DASHBOARD}?period=last-month").json()
    ever = as_alice.get(f"{DASHBOARD}?period=all-time").json()
    days = as_alice.get(f"{DASHBOARD}?start_date=2026-11-10&end_date=2026-11-11").json()

    assert (october["expense"], october["balance"], october["month"]) == ("30.00", "420.00", "2026-10-01")
    assert (ever["start_date"], ever["expense"], ever["income_before"]) == (None, "130.00", None)
    assert (days["expense"], days["income"]) == ("120.00", "0.00")
    assert as_alice.get(f"{DASHBOARD}?period=someday").status_code == 422


def test_a_household_without_entries_has_a_dashboard_of_zeros(as_alice, household):
    said = as_alice.get(DASHBOARD).json()

    assert (said["balance"], said["income"], said["cash_flow"], said["latest"]) == ("0.00", "0.00", [], [])


def test_the_file_is_the_one_of_the_page(as_alice, november):
    for query in ("period=this-month", "period=all-time&type=expense&bom=true", "start_date=2026-10-01&text=chai"):
        page = query.replace("type=", "kind=").replace("bom=true", "bom=on")
        page = page.replace("start_date=2026-10-01", "period=custom&from=2026-10-01&to=2100-12-31")
        by_page, by_api = as_alice.get(f"/export/download/?{page}"), as_alice.get(f"{EXPORT}?{query}")

        assert b"".join(by_page) == b"".join(by_api)
        assert by_page["Content-Disposition"] == by_api["Content-Disposition"]
    assert b"'=Chai" in b"".join(as_alice.get(f"{EXPORT}?period=last-month"))


def test_a_workbook_is_a_workbook(as_alice, november):
    answer = as_alice.get(f"{EXPORT}?format=xlsx")

    assert b"".join(answer)[:2] == b"PK"
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


@pytest.mark.parametrize(
    ("query", "field"), [("format=doc", "format"), ("type=gift", "type"), ("period=someday", "period")]
)
def test_an_export_that_does_not_validate_is_refused(as_alice, november, query, field):
    answer = as_alice.get(f"{EXPORT}?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_page_and_api_show_the_same_totals(as_alice, november):
    """The entries' summary, the dashboard, the budgets' page: each figure of the API stands on its page."""
    for period in ("this-month", "last-month", "all-time", "this-year"):
        summary = as_alice.get(f"/api/transactions/summary?period={period}").json()
        board = as_alice.get(f"{DASHBOARD}?period={period}").json()
        pages = [as_alice.get(path, {"period": period}).content.decode() for path in ("/transactions/", "/dashboard/")]

        assert (summary["income"], summary["expense"]) == (board["income"], board["expense"])
        for page in map(plain, pages):
            for amount in (summary["income"], summary["expense"]):
                assert f"₹{amount}".replace("₹-", "−₹") in page
    (budget,) = as_alice.get("/api/budgets/").json()
    assert f"₹{budget['spent']}" in plain(as_alice.get("/budgets/").content.decode())


def plain(page: str) -> str:
    """The page's text, the parts of an amount side by side."""
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for place in range(number):
        make_budget(household, category=f"Category {place}")
        make_transaction(household, "5", category=f"Category {place}", on=date(2026, 11, 1 + place % 25))

    with django_assert_max_num_queries(8):
        assert len(as_alice.get(DASHBOARD).json()["spending"]) == number


def test_a_pdf_that_takes_a_while_is_refused_in_words(as_alice, november, monkeypatch):
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], at_once=2))

    answer = as_alice.get(f"{EXPORT}?format=pdf&period=all-time")

    assert answer.status_code == 422
    assert answer.json()["errors"]["format"][0].startswith("This PDF takes a while.")
