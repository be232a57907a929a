"""The main journey: sign up, confirm by the mail, log in, record, correct, delete, import, and the sums agree."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from batua import periods
from batua.tests.browser.conftest import enter
from conftest import TODAY
from transactions import ledger
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction

STATEMENT = (
    "Date,Description,Amount\n"
    "2026-11-03,Coffee House,-4.50\n"
    "2026-11-03,Coffee House,-4.50\n"
    "2026-11-05,Salary November,90000.00\n"
    "2026-11-07,Rent,-25000.25\n"
)


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text(STATEMENT)
    return path


def sign_up(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("Password again").fill(password)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def confirm(page: Page) -> None:
    path = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert path is not None
    page.goto(path[1])
    page.get_by_role("button", name="confirm").click()


def add(page: Page, amount: str, note: str) -> None:
    page.get_by_role("link", name="Add entry").click()
    page.get_by_label("Amount").fill(amount)
    page.get_by_label("What for").fill(note)


def import_file(page: Page, path: Path) -> None:
    page.goto("/transactions/import/")
    page.get_by_label("Statement").set_input_files(path)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url(re.compile(r"/(import|jobs)/\d+/"), wait_until="load")


def shown(page: Page, name: str) -> Decimal:
    """The figure of the dashboard's card with this name."""
    text = page.locator(".figure", has=page.get_by_role("heading", name=name, exact=True)).locator(".amount").first
    return Decimal(re.sub(r"[^\d.−]", "", text.inner_text()).replace("−", "-"))


def record_correct_and_delete(page: Page) -> None:
    page.goto("/transactions/")
    add(page, "120+35.50", "Swiggy dinner")
    expect(page.locator(".suggestion")).to_contain_text("because of swiggy", ignore_case=True)
    page.get_by_role("button", name="Save entry").click()
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator("#transactions-summary")).to_contain_text("155.50")
    entry = Transaction.objects.select_related("category").get()
    assert (entry.amount, entry.category.name, entry.date) == (Decimal("155.50"), "Eating out", TODAY)

    page.locator(".entry__main").click()
    page.get_by_label("Amount").fill("160")
    page.get_by_role("button", name="Save entry").click()
    expect(page.locator("#transactions-summary")).to_contain_text("160.00")
    assert Transaction.objects.get().amount == 160

    page.locator(".entry").hover()
    page.locator(".entry [data-delete]").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete entry").click()
    expect(page.locator(".entry")).to_have_count(0)
    assert not Transaction.objects.exists()


def test_from_nothing_to_a_first_month(page, statement):
    sign_up(page, "asha@example.org", "a long enough secret")
    confirm(page)
    page.get_by_label("E-mail").fill("asha@example.org")
    page.get_by_label("Password").fill("a long enough secret")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard/"))

    record_correct_and_delete(page)

    import_file(page, statement)
    page.get_by_role("button", name="Import 4 lines").click()
    expect(page.get_by_role("heading", name="4 lines imported")).to_be_visible()
    household = Wallet.objects.first().household
    totals = ledger.totals(household, periods.resolve("this-month", today=TODAY))
    assert (totals.income, totals.spending) == (Decimal(90000), Decimal("25009.25"))

    page.goto("/dashboard/?period=this-month")
    assert shown(page, "Income") == totals.income
    assert shown(page, "Spending") == totals.spending
    assert shown(page, "Balance") == Decimal("64990.75")

    import_file(page, statement)
    expect(page.locator(".summary")).to_contain_text("4 known")
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)
    assert Transaction.objects.count() == 4


def test_a_double_click_makes_one_entry(alices_page):
    alices_page.goto("/transactions/")
    add(alices_page, "12", "Tea")

    alices_page.get_by_role("button", name="Save entry").dblclick()

    expect(alices_page.locator(".entry")).to_have_count(1)
    assert Transaction.objects.count() == 1


def test_what_is_typed_wrong_is_said_beside_the_field(alices_page):
    alices_page.goto("/transactions/")
    add(alices_page, "12,3x", "Tea")
    alices_page.get_by_role("button", name="Save entry").click()

    field = alices_page.locator(".field[data-invalid]", has=alices_page.get_by_label("Amount"))
    expect(field.locator(".field__error")).to_be_visible()
    expect(alices_page.get_by_label("Amount")).to_have_value("12,3x")
    expect(alices_page.get_by_label("What for")).to_have_value("Tea")
    assert not Transaction.objects.exists()


def test_a_choice_by_hand_wins_over_the_suggestion(alices_page, household):
    make_category(household, "Treats", keywords=["swiggy"])
    gifts = make_category(household, "Gifts")
    alices_page.goto("/transactions/")
    add(alices_page, "50", "Swiggy")
    expect(alices_page.locator(".suggestion")).to_contain_text("Treats")

    alices_page.get_by_label("Category", exact=True).select_option("Gifts")
    alices_page.get_by_role("button", name="Save entry").click()

    expect(alices_page.locator(".entry")).to_have_count(1)
    assert Transaction.objects.get().category == gifts


def test_a_filter_stays_in_the_address_and_back_leads_back(alices_page, household):
    make_transaction(household, "5", note="Chai")
    make_transaction(household, "7", note="Bread")
    alices_page.goto("/transactions/")

    alices_page.get_by_role("searchbox").fill("chai")
    expect(alices_page.locator(".entry")).to_have_count(1)
    expect(alices_page).to_have_url(re.compile("text=chai"))
    alices_page.reload()
    expect(alices_page.locator(".entry")).to_have_count(1)

    alices_page.locator(".entry__main").click()
    alices_page.get_by_role("link", name="Wallets").first.click()
    alices_page.go_back()
    expect(alices_page).to_have_url(re.compile("text=chai"))


@pytest.mark.usefixtures("_a_browsers_settings", "household")
def test_all_of_it_works_without_scripts(browser, browser_context_args, alice, live_server, statement):
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    enter(context, alice, live_server.url)
    page = context.new_page()

    page.goto("/transactions/")
    add(page, "12.50", "Tea")
    page.get_by_role("button", name="Save entry").click()
    expect(page.locator(".entry")).to_have_count(1)

    page.locator(".entry__main").click()
    page.get_by_label("Amount").fill("13")
    page.get_by_role("button", name="Save entry").click()
    expect(page.locator("#transactions-summary")).to_contain_text("13.00")

    page.locator(".entry__main").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete entry").click()
    assert not Transaction.objects.exists()

    import_file(page, statement)
    page.get_by_role("button", name="Import 4 lines").click()
    expect(page.get_by_role("heading", name="4 lines imported")).to_be_visible()
    assert Transaction.objects.count() == 4
    context.close()
