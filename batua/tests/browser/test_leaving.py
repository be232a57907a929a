"""Leaving for good, in a browser: told what goes, offered the backup, sure twice over, and gone everywhere."""

import zipfile

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import Household, User
from batua.tests.browser.test_sessions import sign_in
from transactions.models import Transaction
from transactions.tests.factories import make_transaction


def press_delete(page: Page, *, password: str, word: str) -> Locator:
    """The part of the page that asks whether they are sure, once it was sent."""
    sure = page.get_by_role("region", name="Are you sure?")
    sure.get_by_label("Password").fill(password)
    sure.get_by_label("Type the word").fill(word)
    sure.get_by_role("button", name="Delete my account").click()
    return sure


def is_anything_left() -> bool:
    return any(model.objects.exists() for model in (User, Household, Transaction))


@pytest.mark.usefixtures("alice")
def test_who_leaves_is_told_takes_the_books_along_and_is_gone(page: Page, context: BrowserContext, household):
    make_transaction(household, "5", note="Chai")
    page.goto("/accounts/login/")
    sign_in(page)
    other_tab = context.new_page()
    other_tab.goto("/budgets/")

    page.goto("/profile/")
    page.get_by_role("link", name="Delete account").click()
    expect(page.get_by_role("region", name="This goes, for good")).to_contain_text("1 entry")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download a backup").click()
    assert "manifest.json" in zipfile.ZipFile(download.value.path()).namelist()

    refused = press_delete(page, password="not the password", word="yes")
    expect(refused).to_contain_text("This is not your password.")
    expect(refused).to_contain_text("This is another word.")
    assert User.objects.exists()

    press_delete(page, password="correct horse battery", word="delete")
    expect(page.get_by_text("Your account is deleted. Thank you for having been here.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    assert not is_anything_left()
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Your account is deleted", ["alice@example.org"])
    ]
    # It went there by itself.
    expect(other_tab.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(other_tab)
    expect(other_tab.get_by_text("do not belong together")).to_be_visible()
