"""The charts in a browser: what is drawn is what was saved, and a mark leads to the entries it stands for."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Household
from batua.tests.browser.conftest import PHONE, enter
from transactions.tests.factories import make_transaction, make_wallet


@pytest.fixture
def books(household: Household) -> Household:
    """A salary, spending on three days of which one is a refund, a transfer, and a month before."""
    make_transaction(household, "90000", kind="income", category="Salary", on=date(2026, 11, 1), note="Work")
    make_transaction(household, "1200.50", on=date(2026, 11, 2), note="Café Uber")
    make_transaction(household, "600", category="Fuel", on=date(2026, 11, 2), note="Café Uber Eats")
    make_transaction(household, "300", on=date(2026, 11, 20), note="cafe uber")
    make_transaction(household, "-100", category="Toys", on=date(2026, 11, 21), note="Returned")
    make_transaction(household, "5000", kind="transfer", to_wallet=make_wallet(household), on=date(2026, 11, 3))
    make_transaction(household, "2000", on=date(2026, 10, 5), note="October")
    return household


def card(page: Page, name: str) -> Locator:
    return page.locator(f"#reports-{name}")


def mark(page: Page, name: str, words: str) -> Locator:
    return card(page, name).locator(f'.chart__mark[aria-label^="{words}"]')


def height(bar: Locator) -> float:
    return float(bar.get_attribute("height") or 0)


def spending(page: Page) -> Decimal:
    """What the strip above the entries says."""
    item = page.locator("#transactions-summary .summary__item", has_text="Spending").locator(".amount")
    return Decimal(re.sub(r"[^\d.]", "", item.inner_text()))


def test_bars_are_as_high_as_what_was_spent(alices_page, books):
    alices_page.goto("/charts/")

    second = mark(alices_page, "spending", "2 Nov").locator("rect:not(.chart__area)")
    twentieth = mark(alices_page, "spending", "20 Nov").locator("rect:not(.chart__area)")
    # 1800.50 and 300; the refund of 100 goes down from zero.
    assert height(second) / height(twentieth) == pytest.approx(1800.5 / 300, rel=0.001)
    back = mark(alices_page, "spending", "21 Nov").locator("rect:not(.chart__area)")
    assert float(back.get_attribute("y")) == pytest.approx(
        float(twentieth.get_attribute("y")) + height(twentieth), abs=0.02
    )


@pytest.mark.parametrize(
    ("name", "words", "amount"),
    [
        ("cash-flow", "2 Nov", "1800.50"),
        ("months", "October 2026", "2000"),
        ("spending", "20 Nov", "300"),
        ("categories", "Groceries", "1500.50"),
        ("pace", "20 Nov", "2100.50"),
        ("wallets", "2 Nov", "1800.50"),
    ],
)
def test_a_mark_says_its_value_and_leads_to_its_entries(alices_page, books, name, words, amount):
    alices_page.goto("/charts/")
    found = mark(alices_page, name, words)
    if name != "wallets":
        assert f"{Decimal(amount):,.2f}" in (found.get_attribute("aria-label") or "")

    alices_page.goto(found.get_attribute("href"))

    expect(alices_page.locator("#transactions-summary")).to_be_visible()
    assert spending(alices_page) == Decimal(amount)


def test_a_payee_leads_to_its_own_entries(alices_page, books):
    alices_page.goto("/charts/")
    row = card(alices_page, "payees").get_by_role("row", name="Café Uber ").first
    expect(row).to_contain_text("1,500.50")

    row.get_by_role("link").click()

    expect(alices_page.locator(".entry")).to_have_count(2)
    expect(alices_page.locator("#transactions-summary")).to_contain_text("1,500.50")


def test_a_mark_shows_its_value_to_a_pointer_and_to_the_keyboard(alices_page, books):
    alices_page.goto("/charts/")
    tip = alices_page.locator(".chart-tip")

    mark(alices_page, "categories", "Groceries").locator("text").hover()
    expect(tip).to_have_text(re.compile(r"Groceries\s+₹1,500.50 · 71.%"))

    mark(alices_page, "pace", "1 Nov").focus()
    alices_page.keyboard.press("ArrowRight")
    expect(tip).to_have_text(re.compile(r"2 Nov\s+November 2026 ₹1,800.50"))
    expect(mark(alices_page, "pace", "2 Nov")).to_be_focused()
    alices_page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_period_and_the_choices_change_the_charts_and_the_address(alices_page, books):
    alices_page.goto("/charts/")

    alices_page.get_by_role("link", name="12 months").click()
    expect(card(alices_page, "months").locator(".chart__mark")).to_have_count(12)
    expect(alices_page).to_have_url(re.compile(r"months=12"))
    alices_page.get_by_role("link", name="Last month").click()
    expect(alices_page).to_have_url(re.compile(r"period=last-month.*months=12"))
    expect(mark(alices_page, "spending", "5 Oct")).to_have_attribute("aria-label", "5 Oct, ₹2,000.00")


def test_a_table_opens_below_its_chart(alices_page, books):
    alices_page.goto("/charts/")
    pace = card(alices_page, "pace")

    pace.get_by_text("Show as table").click()

    expect(pace.get_by_role("row", name="20 Nov")).to_contain_text("₹2,100.50")


def test_others_open_on_a_phone(alices_page, household):
    for number in range(1, 15):
        make_transaction(household, number * 10, category=f"Category {number:02}", on=date(2026, 11, 2))
    width, height = PHONE
    alices_page.set_viewport_size({"width": width, "height": height})
    alices_page.goto("/charts/")
    categories = card(alices_page, "categories")
    expect(categories.get_by_text("Category 01")).to_be_hidden()

    categories.get_by_text("Show them").click()

    expect(categories.get_by_text("Category 01")).to_be_visible()


@pytest.mark.usefixtures("_a_browsers_settings")
def test_everything_is_there_without_scripts(browser, browser_context_args, books, alice, live_server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    enter(context, alice, live_server.url)
    page = context.new_page()
    page.goto("/charts/?period=this-year")

    expect(card(page, "categories").locator(".chart__mark title").first).to_contain_text("Groceries")
    card(page, "payees").get_by_role("link", name="Add up the payees of this period").click()
    expect(page.get_by_role("row", name="October")).to_be_visible()
    context.close()
