"""The calendar in a browser: days are reached with keys, opened in place, and change with their entries."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Household
from batua.tests.browser.conftest import PHONE
from transactions.models import Transaction
from transactions.tests.factories import make_transaction


@pytest.fixture
def books(household: Household) -> Household:
    make_transaction(household, "5000", kind="income", category="Salary", on=date(2026, 11, 3), note="Pay")
    make_transaction(household, "1500.50", on=date(2026, 11, 3), note="Big shop")
    make_transaction(household, "40", on=date(2026, 10, 31), note="October's")
    return household


def day(page: Page, iso: str) -> Locator:
    return page.locator(f"#day-{iso}")


def panel(page: Page) -> Locator:
    return page.locator("#reports-day")


def month(page: Page) -> Locator:
    return page.locator(".calendar__title")


def test_arrows_walk_the_days_and_enter_opens_one(alices_page, books):
    alices_page.goto("/calendar/2026/11/10/")
    day(alices_page, "2026-11-10").focus()
    for key, iso in [
        ("ArrowUp", "2026-11-03"),
        ("ArrowRight", "2026-11-04"),
        ("ArrowLeft", "2026-11-03"),
        ("End", "2026-11-08"),
        ("Home", "2026-11-02"),
        ("ArrowDown", "2026-11-09"),
        ("ArrowUp", "2026-11-02"),
        ("ArrowRight", "2026-11-03"),
    ]:
        alices_page.keyboard.press(key)
        expect(day(alices_page, iso)).to_be_focused()
    assert alices_page.locator(".month [data-date][tabindex='0']").count() == 1

    alices_page.keyboard.press("Enter")

    expect(panel(alices_page)).to_contain_text("Big shop")
    expect(alices_page).to_have_url("/calendar/2026/11/3/")
    expect(day(alices_page, "2026-11-03")).to_be_focused()
    expect(day(alices_page, "2026-11-03")).to_have_attribute("aria-expanded", "true")


def test_keys_lead_into_the_months_beside(alices_page, books):
    alices_page.goto("/calendar/2026/10/31/")
    day(alices_page, "2026-10-31").focus()

    # September has no 31st.
    alices_page.keyboard.press("PageUp")
    expect(month(alices_page)).to_have_text("September 2026")
    expect(day(alices_page, "2026-09-30")).to_be_focused()
    # Past the corner that shows October's first days.
    for iso in ("2026-10-07", "2026-10-14"):
        alices_page.keyboard.press("ArrowDown")
        expect(day(alices_page, iso)).to_be_focused()
    expect(month(alices_page)).to_have_text("October 2026")
    alices_page.keyboard.press("PageDown")
    expect(day(alices_page, "2026-11-14")).to_be_focused()
    expect(month(alices_page)).to_have_text("November 2026")


def test_an_entry_of_the_day_is_added_in_place(alices_page, books):
    alices_page.goto("/calendar/2026/11/13/")
    expect(panel(alices_page)).to_contain_text("Nothing on this day.")
    alices_page.get_by_role("link", name="Add an entry on this day").click()
    expect(alices_page.get_by_role("textbox", name="Day")).to_have_value("2026-11-13")
    alices_page.get_by_label("Amount").fill("55")
    alices_page.get_by_label("What for").fill("Tea")
    alices_page.get_by_role("button", name="Save entry").click()

    expect(day(alices_page, "2026-11-13")).to_contain_text("55.00")
    expect(panel(alices_page).locator(".entry")).to_have_count(1)
    expect(alices_page.locator(".summary")).to_contain_text("1,555.50")
    expect(alices_page.get_by_role("link", name="Add an entry on this day")).to_be_focused()
    assert Transaction.objects.get(note="Tea").date == date(2026, 11, 13)


def test_an_entry_is_changed_in_its_day(alices_page, books):
    alices_page.goto("/calendar/2026/11/3/")
    panel(alices_page).get_by_role("link", name="Big shop").click()
    alices_page.get_by_label("Amount").fill("1000")
    alices_page.get_by_role("button", name="Save entry").click()

    expect(day(alices_page, "2026-11-03")).to_contain_text("4,000.00")
    expect(panel(alices_page).locator(".entry__main").filter(has_text="Big shop")).to_be_focused()
    assert Transaction.objects.get(note="Big shop").amount == Decimal(1000)


def test_what_was_begun_is_not_lost_to_another_day(alices_page, books):
    alices_page.goto("/calendar/2026/11/13/")
    alices_page.get_by_role("link", name="Add an entry on this day").click()
    alices_page.get_by_label("Amount").fill("55")
    day(alices_page, "2026-11-03").click()

    expect(alices_page.locator("#toasts")).to_contain_text("Save or cancel the open entry first.")
    expect(alices_page.get_by_label("Amount")).to_have_value("55")
    expect(alices_page).to_have_url("/calendar/2026/11/13/")


def test_months_are_stepped_through_and_back_returns(alices_page, books):
    alices_page.goto("/calendar/2026/11/")
    previous = alices_page.get_by_role("link", name="Previous month, October 2026")
    previous.click()
    expect(month(alices_page)).to_have_text("October 2026")
    expect(alices_page).to_have_url("/calendar/2026/10/")
    expect(alices_page.get_by_role("link", name="Previous month, September 2026")).to_be_focused()

    alices_page.get_by_label("Month", exact=True).select_option("February")
    alices_page.get_by_label("Year").fill("2028")
    alices_page.get_by_role("button", name="Go").click()
    expect(month(alices_page)).to_have_text("February 2028")
    expect(alices_page).to_have_url("/calendar/2028/2/")

    alices_page.get_by_role("link", name="Today").click()
    expect(month(alices_page)).to_have_text("November 2026")
    expect(panel(alices_page)).to_contain_text("25 November")
    alices_page.go_back()
    expect(month(alices_page)).to_have_text("February 2028")
    alices_page.go_back()
    expect(month(alices_page)).to_have_text("October 2026")
    expect(day(alices_page, "2026-10-31")).to_contain_text("40.00")


def test_a_phone_lists_the_days_that_have_entries(alices_page, books):
    width, height = PHONE
    alices_page.set_viewport_size({"width": width, "height": height})
    alices_page.goto("/calendar/2026/11/25/")
    listed = alices_page.locator(".calendar__entry")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("2 entries")
    expect(listed).to_contain_text("3,499.50")
    expect(alices_page.locator(".month__line").first).not_to_be_in_viewport()

    listed.click()

    expect(panel(alices_page)).to_contain_text("Big shop")
    expect(panel(alices_page).locator(".card__title")).to_be_in_viewport()
    day(alices_page, "2026-11-04").click()
    expect(panel(alices_page)).to_contain_text("Nothing on this day.")


def test_a_desk_has_no_second_list(alices_page, books):
    alices_page.goto("/calendar/2026/11/")

    expect(alices_page.locator(".calendar__list")).to_be_hidden()
    expect(day(alices_page, "2026-11-03").locator(".month__line").first).to_be_visible()
