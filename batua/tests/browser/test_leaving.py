"""Leaving for good, in a browser: told what goes, offered the backup, sure twice over, and gone everywhere."""

import zipfile

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Household, User
from batua.tests.browser.test_sessions import sign_in
from transactions.models import Transaction
from transactions.tests.factories import make_transaction


@pytest.mark.usefixtures("alice")
def test_who_leaves_is_told_takes_the_books_along_and_is_gone(page: Page, context: BrowserContext, household):
    make_transaction(household, "5", note="Chai")
    page.goto("/accounts/login/")
    sign_in(page)
    other_tab = context.new_page()
    other_tab.goto("/budgets/")

    page.goto("/profile/")
    page.get_by_role("link", name="Delete account").click()
    goes = page.get_by_role("region", name="This goes, for good")
    expect(goes).to_contain_text("1 entry")
    expect(goes).to_contain_text("Nobody can bring it back")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download a backup").click()
    assert "manifest.json" in zipfile.ZipFile(download.value.path()).namelist()

    sure = page.get_by_role("region", name="Are you sure?")
    sure.get_by_label("Password").fill("not the password")
    sure.get_by_label("Type the word").fill("yes")
    sure.get_by_role("button", name="Delete my account").click()
    expect(sure).to_contain_text("This is not your password.")
    expect(sure).to_contain_text("This is another word.")
    assert User.objects.exists()

    sure.get_by_label("Password").fill("correct horse battery")
    sure.get_by_label("Type the word").fill("delete")
    sure.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Your account is deleted. Thank you for having been here.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    assert not User.objects.exists()
    assert not Household.objects.exists()
    assert not Transaction.objects.exists()
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Your account is deleted", ["alice@example.org"])
    ]
    other_tab.reload()
    expect(other_tab.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(other_tab)
    expect(other_tab.get_by_text("do not belong together")).to_be_visible()
