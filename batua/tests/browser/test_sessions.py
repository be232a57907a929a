"""A lost session loses nothing that was typed, and a forgotten password is replaced by the mail."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from batua.tests.browser.conftest import Complaints, enter
from transactions.models import Transaction
from transactions.tests.factories import make_transaction


def test_an_entry_typed_into_a_lost_session_is_kept_and_sent_again(
    alices_page: Page, context: BrowserContext, alice: User, live_server, complaints: Complaints
):
    alices_page.goto("/transactions/")
    alices_page.get_by_role("link", name="Add entry").click()
    alices_page.get_by_label("Amount").fill("250")
    alices_page.get_by_label("What for").fill("Train")
    expect(alices_page.locator(".suggestion")).to_be_attached()
    alices_page.wait_for_load_state("networkidle")
    context.clear_cookies(name="sessionid")
    alices_page.get_by_role("button", name="Save entry").click()

    dialog = alices_page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert not Transaction.objects.exists()
    dialog.get_by_role("button", name="Back to the page").click()
    expect(alices_page.get_by_label("What for")).to_have_value("Train")

    enter(context, alice, live_server.url)
    alices_page.get_by_role("button", name="Save entry").click()
    expect(alices_page.locator(".entry")).to_have_count(1)
    assert Transaction.objects.get().note == "Train"
    # The refusal itself is the point here; anything else the browser says still fails the test.
    complaints.said[:] = [words for words in complaints.said if "Error Code 401" not in words]


@pytest.mark.usefixtures("household")
def test_a_form_of_a_whole_page_is_kept_too(alices_page: Page, context: BrowserContext, complaints: Complaints):
    alices_page.goto("/transactions/add/")
    alices_page.get_by_label("Amount").fill("250")
    alices_page.get_by_label("What for").fill("Train")
    expect(alices_page.locator(".suggestion")).to_be_attached()
    alices_page.wait_for_load_state("networkidle")
    context.clear_cookies()
    alices_page.get_by_role("button", name="Save entry").click()

    dialog = alices_page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="You are signed out")).to_be_visible()
    with context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    sign_in(opened.value)
    expect(dialog).not_to_be_visible()
    expect(alices_page.get_by_label("What for")).to_have_value("Train")
    alices_page.get_by_role("button", name="Save entry").click()
    expect(alices_page).to_have_url(re.compile(r"/transactions/$"))
    assert Transaction.objects.get().note == "Train"
    complaints.said[:] = [words for words in complaints.said if "Error Code 401" not in words]


@pytest.mark.usefixtures("household")
def test_every_tab_warns_and_staying_in_one_stays_in_all(alices_page: Page, context: BrowserContext):
    context.clock.install()
    alices_page.goto("/profile/")
    other = context.new_page()
    other.goto("/budgets/")
    bars = [tab.get_by_role("alert").filter(has_text="You will be signed out in") for tab in (alices_page, other)]

    context.clock.fast_forward("27:50")
    assert [bar.is_visible() for bar in bars] == [False, False]
    context.clock.fast_forward("00:15")
    for bar in bars:
        expect(bar).to_be_visible()
    bars[1].get_by_role("button", name="Stay signed in").click()

    for bar in bars:
        expect(bar).not_to_be_visible()


def test_after_the_end_every_tab_goes_to_the_login_and_comes_back(
    alices_page: Page, context: BrowserContext, household
):
    context.clock.install()
    alices_page.goto("/transactions/?period=this-month")
    typing = context.new_page()
    typing.goto("/transactions/add/")
    typing.get_by_label("Amount").fill("250")

    context.clock.fast_forward("30:01")

    expect(alices_page).to_have_url(re.compile(r"/accounts/login/\?next="))
    expect(typing.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert not Session.objects.exists(), "the session is over on the server too"
    sign_in(alices_page)
    expect(alices_page).to_have_url(re.compile(r"/transactions/\?period=this-month"))
    expect(typing.get_by_role("dialog")).not_to_be_visible()
    expect(typing.get_by_label("Amount")).to_have_value("250")
    typing.get_by_role("button", name="Save entry").click()
    expect(typing.locator(".entry")).to_have_count(1)


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail").fill("alice@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_fragment_of_a_lost_session_leads_to_the_login_and_back(alices_page: Page, context, household):
    make_transaction(household, "5", note="Chai")
    alices_page.goto("/transactions/?period=this-month")
    context.clear_cookies(name="sessionid")
    alices_page.locator(".entry__main").click()

    expect(alices_page).to_have_url(re.compile("/accounts/login/"))
    back = parse_qs(urlparse(alices_page.url).query)["next"]
    assert back == ["/transactions/?period=this-month"]
    sign_in(alices_page)
    expect(alices_page).to_have_url(re.compile(r"/transactions/\?period=this-month"))
    expect(alices_page.locator(".entry")).to_have_count(1)


@pytest.mark.usefixtures("household")
def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(page: Page, alice: User):
    page.goto("/accounts/login/")
    page.get_by_role("link", name=re.compile("Forgot")).click()
    page.get_by_label("E-mail").fill(alice.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    found = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert found is not None
    page.goto(found[1])
    page.get_by_label("New password", exact=True).fill("an entirely other secret")
    page.get_by_label("New password again").fill("an entirely other secret")
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()

    alice.refresh_from_db()
    assert alice.check_password("an entirely other secret")
    page.goto(found[1])
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_a_form_of_a_lost_session_is_filled_in_again(
    page: Page, context: BrowserContext, alice: User, household, live_server
):
    page.goto("/accounts/login/")
    sign_in(page)
    page.goto("/transactions/add/")
    page.get_by_label("Amount").fill("250")
    page.get_by_label("What for").fill("Train")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save entry").click()

    expect(page.get_by_text("what you typed is kept for half an hour")).to_be_visible()
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/transactions/add/$"))
    expect(page.get_by_text("look it over and press the button again")).to_be_visible()
    expect(page.get_by_label("What for")).to_have_value("Train")
    assert not Transaction.objects.exists()
    page.get_by_role("button", name="Save entry").click()
    expect(page).to_have_url(re.compile(r"/transactions/$"))
    assert Transaction.objects.get().note == "Train"
