"""The same books on a phone and in the dark, and the demo behind its button."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from batua.demo import history
from batua.tests.browser.conftest import PHONE
from transactions.models import Transaction


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_an_entry_is_added_on_a_phone(alices_page):
    width, height = PHONE
    alices_page.set_viewport_size({"width": width, "height": height})
    alices_page.goto("/dashboard/")
    bar = alices_page.get_by_role("navigation", name="Main, on a phone")
    bar.get_by_role("link", name="Add an entry").click()
    alices_page.get_by_label("Amount").fill("99.90")
    alices_page.get_by_label("What for").fill("Tea")
    alices_page.get_by_role("button", name="Save entry").click()

    expect(alices_page).to_have_url(re.compile("/transactions/"))
    expect(alices_page.locator(".entry")).to_have_count(1)
    assert Transaction.objects.get().amount == Decimal("99.90")


def test_the_menu_of_a_phone_leads_to_every_place(alices_page):
    width, height = PHONE
    alices_page.set_viewport_size({"width": width, "height": height})
    alices_page.goto("/dashboard/")
    bar = alices_page.get_by_role("navigation", name="Main, on a phone")
    bar.get_by_text("More", exact=True).click()
    bar.get_by_role("link", name="Categories").click()

    expect(alices_page.get_by_role("heading", name="Categories", level=1)).to_be_visible()


def test_a_theme_shows_at_once_and_stays(alices_page, alice):
    alices_page.emulate_media(color_scheme="light")
    alices_page.goto("/profile/")
    light = ground(alices_page)
    alices_page.get_by_text("Dark", exact=True).click()
    expect(alices_page.locator("html")).to_have_attribute("data-theme", "dark")
    assert ground(alices_page) != light

    alices_page.get_by_role("button", name="Save profile").click()
    expect(alices_page.get_by_text("Your profile is saved.")).to_be_visible()
    alices_page.goto("/dashboard/")
    expect(alices_page.locator("html")).to_have_attribute("data-theme", "dark")
    alice.refresh_from_db()
    assert alice.theme == "dark"


def test_without_a_choice_the_theme_is_the_devices(alices_page):
    alices_page.emulate_media(color_scheme="light")
    alices_page.goto("/dashboard/")
    light = ground(alices_page)
    alices_page.emulate_media(color_scheme="dark")

    assert ground(alices_page) != light


def test_the_demo_opens_from_the_public_page(page, settings, monkeypatch):
    settings.DEBUG = True
    settings.ROOT_URLCONF = "batua.tests.demo_urls"
    monkeypatch.setattr(history, "MONTHS", 4)
    page.goto("/")
    page.get_by_role("button", name="Try it with demo data").click()

    expect(page).to_have_url(re.compile("/dashboard/"))
    expect(page.get_by_text("These are demo books")).to_be_visible()
    assert Transaction.objects.exists()
