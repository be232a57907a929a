"""Without a mouse: every step has a key, and after each swap the focus stands where one would go on."""

from decimal import Decimal

from playwright.sync_api import Page, expect

from conftest import TODAY
from transactions.models import Transaction
from transactions.tests.factories import make_transaction


def focus_is_lost(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement === null || document.activeElement === document.body"))


def test_an_entry_is_added_with_keys_alone(alices_page):
    alices_page.goto("/transactions/")
    alices_page.keyboard.press("n")
    expect(alices_page.get_by_label("Amount")).to_be_focused()

    alices_page.keyboard.type("45.50")
    alices_page.get_by_label("What for").focus()
    alices_page.keyboard.type("Chai")
    alices_page.keyboard.press("Enter")

    expect(alices_page.locator(".entry")).to_have_count(1)
    expect(alices_page.get_by_role("link", name="Add entry")).to_be_focused()
    assert Transaction.objects.get().amount == Decimal("45.50")


def test_tab_leads_through_the_form_to_its_button(alices_page):
    alices_page.goto("/transactions/")
    alices_page.keyboard.press("n")
    expect(alices_page.get_by_label("Amount")).to_be_focused()

    save = alices_page.get_by_role("button", name="Save entry")
    for _step in range(20):
        alices_page.keyboard.press("Tab")
        if save.evaluate("button => button === document.activeElement"):
            break

    expect(save).to_be_focused()


def test_a_refused_form_puts_the_focus_at_its_first_error(alices_page):
    alices_page.goto("/transactions/")
    alices_page.keyboard.press("n")
    expect(alices_page.get_by_label("Amount")).to_be_focused()
    alices_page.keyboard.type("12,3x")
    alices_page.keyboard.press("Enter")

    expect(alices_page.locator(".field__error")).to_be_visible()
    expect(alices_page.get_by_label("Amount")).to_be_focused()


def test_arrows_walk_the_rows_and_escape_gives_a_row_back(alices_page, household):
    make_transaction(household, "5", note="Older", on=TODAY)
    make_transaction(household, "7", note="Newer", on=TODAY)
    alices_page.goto("/transactions/")
    rows = alices_page.locator(".entry__main")
    rows.first.focus()
    alices_page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()

    alices_page.keyboard.press("e")
    expect(alices_page.get_by_label("Amount")).to_have_value("5.00")
    expect(alices_page.get_by_label("Amount")).to_be_focused()
    alices_page.keyboard.press("Escape")

    expect(rows.nth(1)).to_be_focused()


def test_after_a_row_is_saved_the_focus_is_on_it(alices_page, household):
    make_transaction(household, "5", note="Older", on=TODAY)
    make_transaction(household, "7", note="Newer", on=TODAY)
    alices_page.goto("/transactions/")
    alices_page.locator(".entry__main").nth(1).focus()
    alices_page.keyboard.press("Enter")
    alices_page.get_by_label("Amount").fill("6")
    alices_page.keyboard.press("Enter")

    expect(alices_page.locator("#transactions-summary")).to_contain_text("13.00")
    expect(alices_page.locator(".entry__main").nth(1)).to_be_focused()


def test_a_row_is_deleted_with_keys_and_the_focus_stays_in_the_list(alices_page, household):
    make_transaction(household, "5", note="Older", on=TODAY)
    make_transaction(household, "7", note="Newer", on=TODAY)
    alices_page.goto("/transactions/")
    alices_page.locator(".entry__main").first.focus()
    alices_page.keyboard.press("x")
    dialog = alices_page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Delete entry").press("Enter")

    expect(alices_page.locator(".entry")).to_have_count(1)
    expect(alices_page.locator(".entry__main")).to_be_focused()
    assert Transaction.objects.get().note == "Older"


def test_a_question_answered_with_escape_changes_nothing(alices_page, household):
    make_transaction(household, "5", on=TODAY)
    alices_page.goto("/transactions/")
    alices_page.locator(".entry__main").focus()
    alices_page.keyboard.press("x")
    expect(alices_page.get_by_role("dialog")).to_be_visible()
    alices_page.keyboard.press("Escape")

    expect(alices_page.get_by_role("dialog")).to_have_count(0)
    assert not focus_is_lost(alices_page)
    assert Transaction.objects.count() == 1


def test_the_first_tab_offers_to_skip_to_the_content(alices_page):
    alices_page.goto("/transactions/")
    alices_page.keyboard.press("Tab")
    expect(alices_page.get_by_role("link", name="Skip to content")).to_be_focused()
    alices_page.keyboard.press("Enter")

    expect(alices_page.locator("#main")).to_be_focused()
