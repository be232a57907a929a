"""Passkeys and second factors as a person meets them, with the virtual authenticator of Chromium."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, expect

from batua.tests.browser.conftest import PHONE, Complaints
from batua.tests.browser.test_sessions import sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(page: Page, settings, live_server) -> Iterator[CDPSession]:
    """A passkey store in the browser, for the address that the test's server has."""
    settings.SITE_URL = live_server.url
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield devtools
    devtools.detach()


def read(page: Page, complaints: Complaints) -> None:
    """The page keeps the rules of accessibility and does not scroll sideways on a phone."""
    complaints.is_listening = False
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    complaints.is_listening = True


def leave(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"\d/$"))


@pytest.mark.usefixtures("authenticator", "household")
def test_a_passkey_is_added_and_signs_in_alone(page: Page, alice, complaints: Complaints):
    page.goto("/accounts/login/?next=/profile/")
    sign_in(page)
    page.get_by_role("link", name="See factors").click()
    expect(page.get_by_role("link", name="Add a passkey")).to_be_visible()
    read(page, complaints)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_visible()
    read(page, complaints)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()

    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    read(page, complaints)
    page.goto("/accounts/factors/webauthn/")
    expect(page.get_by_text("signs in alone")).to_be_visible()
    read(page, complaints)
    page.get_by_role("link", name="Change Laptop").click()
    page.get_by_label("Name").fill("Old laptop")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Old laptop")).to_be_visible()

    leave(page)
    page.goto("/accounts/login/?next=/budgets/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/budgets/"))


@pytest.mark.usefixtures("authenticator", "household")
def test_a_passkey_is_the_second_step_after_the_password_and_proves_who_asks(page: Page, alice, complaints: Complaints):
    page.goto("/accounts/login/?next=/accounts/factors/webauthn/add/")
    sign_in(page)
    page.get_by_text("Sign in with it alone").click()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    leave(page)

    page.goto("/accounts/login/")
    sign_in(page)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    read(page, complaints)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/dashboard/"))

    page.goto("/accounts/factors/webauthn/reauthenticate/?next=/backup/")
    read(page, complaints)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/backup/"))


@pytest.mark.usefixtures("authenticator")
def test_a_passkey_that_is_not_there_is_said_in_words(page: Page, alice):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert").filter(has_text="The browser gave no passkey")).to_be_visible()


@pytest.mark.usefixtures("household")
def test_an_app_is_set_up_by_its_picture_and_asked_for(page: Page, alice, complaints: Complaints):
    page.goto("/accounts/login/?next=/accounts/factors/totp/activate/")
    sign_in(page)
    expect(page.get_by_role("img", name=re.compile("The key as a picture"))).to_be_visible()
    read(page, complaints)
    page.get_by_text("The camera does not work?").click()
    secret = page.locator(".qr__key").inner_text()
    step = int(time.time()) // 30
    page.get_by_label("Code that the app shows now").fill(format_hotp_value(hotp_value(secret, step)))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    leave(page)

    page.goto("/accounts/login/")
    sign_in(page)
    expect(page.get_by_label("Code")).to_be_visible()
    read(page, complaints)
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, step + 1)))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard/"))
    assert Authenticator.objects.filter(type="totp").exists()
