"""A token's whole life: made behind the password, copied, used by a program, revoked."""

import re

from django.test import Client
from playwright.sync_api import Page, expect


def test_a_token_is_made_used_and_revoked(alices_page: Page, household, context, tmp_path):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    alices_page.goto("/profile/")
    alices_page.get_by_role("link", name="Personal tokens").click()
    alices_page.get_by_label("What is it for?").fill("Backup on the NAS")
    alices_page.get_by_role("button", name="Make token").click()
    alices_page.get_by_label("Password").fill("correct horse battery")
    alices_page.locator("main").get_by_role("button").first.click()

    field = alices_page.get_by_label(re.compile("Nobody can show it again"))
    token = field.input_value()
    assert token.startswith("batua_pat_")
    alices_page.get_by_role("button", name="Copy").click()
    expect(alices_page.get_by_role("button", name="Copied")).to_be_visible()
    assert alices_page.evaluate("navigator.clipboard.readText()") == token

    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/users/me").json()["name"] == "Alice"

    alices_page.goto("/profile/tokens/")
    expect(field).to_have_count(0)
    expect(alices_page.get_by_text("never used")).to_have_count(0)
    alices_page.get_by_role("button", name="Revoke Backup on the NAS").click()
    expect(alices_page.get_by_text("“Backup on the NAS” is revoked.")).to_be_visible()
    expect(alices_page.get_by_text("No token yet")).to_be_visible()
    assert program.get("/api/users/me").status_code == 401
