"""A token's whole life: made behind the password, copied, used by a program, revoked."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect


@pytest.fixture
def long_open(page: Page, context, alice, household, live_server) -> Page:
    """Alice's browser, some time after she signed in."""
    client = Client()
    client.force_login(alice)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_a_token_is_made_used_and_revoked(long_open: Page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    long_open.goto("/profile/tokens/")
    long_open.get_by_label("What is it for?").fill("Backup on the NAS")
    long_open.get_by_role("button", name="Make token").click()
    long_open.get_by_label("Password").fill("correct horse battery")
    long_open.locator("main").get_by_role("button").first.click()

    field = long_open.get_by_label(re.compile("Nobody can show it again"))
    token = field.input_value()
    assert token.startswith("batua_pat_")
    long_open.get_by_role("button", name="Copy").click()
    expect(long_open.get_by_role("button", name="Copied")).to_be_visible()
    assert long_open.evaluate("navigator.clipboard.readText()") == token

    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/users/me").json()["name"] == "Alice"

    long_open.goto("/profile/tokens/")
    expect(field).to_have_count(0)
    expect(long_open.get_by_text("never used")).to_have_count(0)
    long_open.get_by_role("button", name="Revoke Backup on the NAS").click()
    expect(long_open.get_by_text("“Backup on the NAS” is revoked.")).to_be_visible()
    expect(long_open.get_by_text("No token yet")).to_be_visible()
    assert program.get("/api/users/me").status_code == 401
