"""Wallets, categories and budgets: added, changed and merged in place, with the sums beside them at once."""

import re
from decimal import Decimal

from playwright.sync_api import expect

from budgets.models import BudgetLimit
from budgets.tests.factories import make_budget
from conftest import TODAY
from transactions.models import Category, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet


def test_a_wallet_is_added_and_its_balance_counts(alices_page, household):
    alices_page.goto("/wallets/")
    alices_page.get_by_role("link", name="New wallet").click()
    alices_page.get_by_label("Name").fill("Savings")
    alices_page.get_by_label("Opening balance").fill("1,500.25")
    alices_page.get_by_role("button", name="Save wallet").click()

    expect(alices_page.locator("#transactions-wallets")).to_contain_text("Savings")
    expect(alices_page.locator(".summary")).to_contain_text("1,500.25")
    assert Wallet.objects.of(household).get(name="Savings").opening_balance == Decimal("1500.25")


def test_two_wallets_of_one_name_are_refused_beside_the_name(alices_page, household):
    alices_page.goto("/wallets/")
    alices_page.get_by_role("link", name="New wallet").click()
    alices_page.get_by_label("Name").fill("cash")
    alices_page.get_by_role("button", name="Save wallet").click()

    expect(alices_page.locator(".field[data-invalid] .field__error")).to_contain_text("“Cash” already")
    expect(alices_page.get_by_label("Name")).to_be_focused()
    assert Wallet.objects.of(household).count() == 1


def test_a_transfer_moves_money_and_is_neither_income_nor_spending(alices_page, household):
    make_wallet(household, "Bank", kind="bank", opening_balance=Decimal(1000))
    alices_page.goto("/transactions/")
    alices_page.get_by_role("link", name="Add entry").click()
    alices_page.get_by_label("Amount").fill("400")
    alices_page.locator(".entry-form").get_by_text("Transfer", exact=True).click()
    alices_page.get_by_label("Wallet", exact=True).select_option("Bank")
    alices_page.get_by_label("To wallet").select_option("Cash")
    alices_page.get_by_role("button", name="Save entry").click()
    expect(alices_page.locator(".entry")).to_have_count(1)

    entry = Transaction.objects.select_related("wallet", "to_wallet").get()
    assert (entry.kind, entry.wallet.name, entry.to_wallet.name, entry.amount) == ("transfer", "Bank", "Cash", 400)
    alices_page.goto("/wallets/")
    expect(alices_page.get_by_role("listitem").filter(has_text="Bank")).to_contain_text("600.00")
    expect(alices_page.get_by_role("listitem").filter(has_text="Cash")).to_contain_text("400.00")
    expect(alices_page.locator(".summary")).to_contain_text("1,000.00")


def test_a_category_is_added_and_renamed(alices_page, household):
    alices_page.goto("/categories/")
    alices_page.get_by_role("link", name="New category").click()
    alices_page.get_by_label("Name").fill("Tea")
    alices_page.get_by_role("button", name="Save category").click()
    row = alices_page.locator("[data-row]", has_text="Tea")
    expect(row).to_be_visible()

    row.locator("[data-edit]").click()
    alices_page.get_by_label("Name").fill("Hot drinks")
    alices_page.get_by_role("button", name="Save category").click()

    expect(alices_page.locator("#transactions-categories")).to_contain_text("Hot drinks")
    assert Category.objects.of(household).filter(is_other=False).get().name == "Hot drinks"


def test_merging_says_what_will_happen_and_loses_no_entry(alices_page, household):
    target = make_category(household, "Food")
    make_transaction(household, "30", category=make_category(household, "Snacks"))
    alices_page.goto("/categories/")
    alices_page.locator("[data-row]", has_text="Snacks").locator("[data-edit]").click()
    alices_page.get_by_role("link", name="Merge into another").click()
    alices_page.get_by_role("combobox").select_option("Food")
    expect(alices_page.locator("[data-sentences]")).to_contain_text("1 entry")
    alices_page.get_by_role("button", name="Merge categories").click()

    expect(alices_page.locator("[data-row]", has_text="Snacks")).to_have_count(0)
    assert Transaction.objects.get().category == target
    assert not Category.objects.of(household).filter(name="Snacks").exists()


def test_a_limit_is_set_and_its_bar_shows_what_is_used(alices_page, household):
    make_transaction(household, "250", category="Food", on=TODAY)
    alices_page.goto("/budgets/")
    alices_page.get_by_role("link", name="Set a budget", exact=True).click()
    alices_page.get_by_label("Category").select_option("Food")
    alices_page.get_by_label("Limit", exact=True).fill("1000")
    alices_page.get_by_role("button", name="Save budget").click()

    budget = alices_page.locator(".budget", has_text="Food")
    expect(budget).to_contain_text("750.00 left")
    expect(budget.locator(".budget__bar")).to_be_visible()
    assert BudgetLimit.objects.get().amount == 1000


def test_a_limit_that_is_lowered_in_place_is_over(alices_page, household):
    make_transaction(household, "250", category="Food", on=TODAY)
    make_budget(household, "1000", category="Food")
    alices_page.goto("/budgets/")
    budget = alices_page.locator(".budget", has_text="Food")
    expect(budget).not_to_have_attribute("data-over", re.compile(""))

    budget.locator(".budget__edit").click()
    alices_page.get_by_label("Limit", exact=True).fill("200")
    alices_page.get_by_role("button", name="Save budget").click()

    expect(alices_page.locator(".budget[data-over]")).to_contain_text("50.00 over")
