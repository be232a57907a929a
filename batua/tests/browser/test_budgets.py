"""The whole story of a month's budgets: suggested, set in place, carried over, stopped, copied, and told by mail."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from batua.tests.browser.conftest import PHONE, enter
from budgets import alerts
from budgets.models import AlertReader, Budget, BudgetLimit
from budgets.tests.factories import make_budget
from conftest import TODAY
from transactions.models import Category
from transactions.tests.factories import make_transaction

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def row(page: Page, category: str) -> Locator:
    return page.locator(".budget", has_text=category)


@pytest.fixture
def books(household):
    """Groceries of three months, toys of this one."""
    for month, amount in ((8, "900"), (9, "1200"), (10, "1050")):
        make_transaction(household, amount, on=date(2026, month, 12))
    for amount in ("300", "250", "-50"):
        make_transaction(household, amount, on=date(2026, 11, 9))
    make_transaction(household, "80", category="Toys")
    return household


def test_a_month_is_planned_from_what_it_cost(alices_page, books):
    page = alices_page
    page.goto("/budgets/")
    expect(page.get_by_text("Nothing is planned for November 2026")).to_be_visible()

    page.get_by_role("link", name="Suggest limits").click()
    expect(page.get_by_text("Aug ₹900.00 · Sept ₹1,200.00 · Oct ₹1,050.00")).to_be_visible()
    assert not Budget.objects.exists()
    page.get_by_role("textbox", name="Limit for Groceries").fill("-1")
    page.get_by_role("button", name="Save these limits").click()
    expect(page.get_by_text("A limit is never below zero.")).to_be_visible()
    page.get_by_role("textbox", name="Limit for Groceries").fill("1,050")
    page.get_by_role("button", name="Save these limits").click()

    # 500 net in 25 of 30 days.
    groceries = row(page, "Groceries")
    expect(groceries).to_contain_text("₹550.00 left")
    expect(groceries).to_contain_text("On track · about ₹600 by 30 Nov")
    expect(groceries).to_contain_text("₹550.00 spent, ₹50.00 back")
    expect(page.get_by_text("₹80.00 without a budget")).to_be_visible()


def test_a_limit_is_set_in_one_click_changed_and_carried_over(alices_page, books):
    page = alices_page
    make_budget(books, "1000", from_month=OCTOBER, roll_over="both")
    page.goto("/budgets/")
    # October overspent 50.
    expect(row(page, "Groceries")).to_contain_text("₹1,000.00 planned, less ₹50.00 overspent before")

    page.get_by_role("link", name="Set a budget for Toys").click()
    expect(page.get_by_label("Category")).to_have_value(str(books_category(books, "Toys")))
    page.get_by_label("Limit", exact=True).fill("60")
    page.get_by_label("Counts for").select_option("yearly")
    page.get_by_role("button", name="Save budget").click()
    toys = row(page, "Toys")
    expect(toys).to_contain_text("Year 2026")
    expect(toys).to_contain_text("₹20.00 over")
    expect(page.locator(".banner")).to_contain_text("Toys is over its limit.")

    toys.get_by_role("link", name="Change the limit of Toys").click()
    page.get_by_label("Limit", exact=True).fill("100")
    page.get_by_role("button", name="Save budget").click()
    expect(row(page, "Toys")).to_contain_text("₹20.00 left")
    expect(page.get_by_text("over its limit")).to_have_count(0)


def test_a_stopped_limit_is_copied_back_and_october_stays(alices_page, books):
    page = alices_page
    make_budget(books, "1000", from_month=OCTOBER)
    page.goto("/budgets/")
    row(page, "Groceries").get_by_role("link", name="Change the limit of Groceries").click()
    page.get_by_role("button", name="Stop from November 2026 on").click()
    expect(page.get_by_text("Nothing is planned for November 2026")).to_be_visible()

    page.get_by_role("link", name="Month before").click()
    expect(row(page, "Groceries")).to_contain_text("₹50.00 over")
    page.get_by_role("link", name="This month").click()
    page.get_by_role("link", name="Copy last month").click()
    page.get_by_role("button", name="Save these limits").click()

    expect(row(page, "Groceries")).to_contain_text("₹500.00 left")
    kept = BudgetLimit.objects.order_by("from_month").values_list("from_month", "amount")
    assert [(month, int(amount)) for month, amount in kept] == [(OCTOBER, 1000), (NOVEMBER, 1000)]


def test_mails_are_turned_on_and_one_arrives(alices_page, books, mailoutbox):
    page = alices_page
    make_budget(books, "600")
    page.goto("/budgets/")
    page.get_by_role("button", name="Turn mails on").click()
    expect(page.get_by_role("button", name="Turn mails off")).to_be_visible()
    assert AlertReader.objects.count() == 1

    now = timezone.now().replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)
    assert (alerts.send(now=now), alerts.send(now=now)) == (1, 0)

    (mail,) = mailoutbox
    assert mail.subject == "80 % of what was planned for Groceries is spent"


def test_it_all_works_without_scripts_on_a_phone(browser, books, alice, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-IN")
    enter(context, alice, live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/budgets/")
    page.get_by_role("link", name="Suggest limits").click()
    page.get_by_role("button", name="Save these limits").click()
    expect(row(page, "Groceries")).to_contain_text("₹550.00 left")
    row(page, "Groceries").get_by_role("link", name="Change the limit of Groceries").click()
    page.get_by_label("Limit", exact=True).fill("400")
    page.get_by_role("button", name="Save budget").click()
    expect(row(page, "Groceries")).to_contain_text("₹100.00 over")
    context.close()


def books_category(household, name: str) -> int:
    return int(Category.objects.of(household).get(name=name).pk)
