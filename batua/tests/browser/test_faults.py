"""The pages nobody wants to see keep the same rules, and a broken answer says so without taking the page away."""

import re

import pytest
from playwright.sync_api import Page, expect

from batua.tests.browser.conftest import Complaints
from batua.tests.browser.test_accessible import read
from transactions.models import Transaction


@pytest.fixture
def _breaks(settings, live_server):
    settings.ROOT_URLCONF = "batua.tests.browser.fault_urls"


@pytest.mark.usefixtures("_breaks")
def test_a_page_that_breaks(page: Page, complaints: Complaints):
    complaints.is_listening = False  # a 500 is what this page is for
    page.goto("/broken/")

    expect(page.get_by_role("heading", name="Something broke on our side")).to_be_visible()
    read(page, page.url)


def test_a_filter_that_makes_no_sense(alices_page: Page, complaints: Complaints):
    alices_page.goto("/dashboard/?period=yesterdays-moon")
    complaints.is_listening = False  # axe tries inline styles, which the page's policy refuses aloud

    expect(alices_page.get_by_role("heading", level=1)).to_be_visible()
    read(alices_page, alices_page.url)


def test_a_form_without_its_token(page: Page, context, complaints: Complaints):
    page.goto("/accounts/login/")
    context.clear_cookies()
    page.get_by_label("E-mail").fill("alice@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.locator(".fault__code")).to_have_text("403")
    complaints.is_listening = False
    read(page, page.url)


def test_a_save_that_breaks_keeps_what_was_typed(alices_page: Page, complaints: Complaints):
    alices_page.goto("/transactions/")
    alices_page.get_by_role("link", name="Add entry").click()
    alices_page.get_by_label("Amount").fill("250")
    alices_page.route(re.compile("/transactions/add/"), lambda route: route.fulfill(status=500, body=""))
    complaints.is_listening = False
    alices_page.get_by_role("button", name="Save entry").click()

    expect(alices_page.locator(".toast")).to_be_visible()
    expect(alices_page.get_by_label("Amount")).to_have_value("250")
    assert not Transaction.objects.exists()


def test_a_save_without_a_network_keeps_what_was_typed(alices_page: Page, complaints: Complaints):
    alices_page.goto("/transactions/")
    alices_page.get_by_role("link", name="Add entry").click()
    alices_page.get_by_label("Amount").fill("250")
    alices_page.context.set_offline(True)
    complaints.is_listening = False
    alices_page.get_by_role("button", name="Save entry").click()

    expect(alices_page.locator(".toast")).to_be_visible()
    expect(alices_page.get_by_label("Amount")).to_have_value("250")
    alices_page.context.set_offline(False)
    alices_page.get_by_role("button", name="Save entry").click()
    expect(alices_page.locator(".entry")).to_have_count(1)
