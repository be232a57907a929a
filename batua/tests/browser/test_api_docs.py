"""The interactive description of the API, under the site's own policy: it lists, and what is tried in it works."""

from playwright.sync_api import Page, expect


def test_a_member_tries_a_change_with_their_own_session(alices_page: Page, alice, household):
    alices_page.goto("/api/docs/")
    alices_page.get_by_role("button", name="Change how I read").click()
    alices_page.get_by_role("button", name="Execute").click()

    expect(alices_page.locator(".live-responses-table")).to_contain_text('"email": "alice@example.org"')
    alice.refresh_from_db()
    assert alice.name == "Asha", "the example of the description was sent, and the CSRF token with it"
