"""Every page keeps the rules of accessibility that axe knows, light and dark, and none scrolls sideways."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Household, User
from batua.tests.browser.conftest import DESKTOP, PHONE, Complaints, enter
from batua.tests.rows_with_keys import KEYED, MAKERS
from batua.tests.test_urls import ALL, PUBLIC
from budgets.tests.factories import make_budget
from conftest import TODAY
from transactions.tests.factories import make_transaction

# Not pages: they answer a script, take only a POST, send on at once, or are parts of a page.
NO_PAGES = {
    "accounts:guess",
    "accounts:household",
    "accounts:job-cancel",
    "accounts:job-file",
    "accounts:keep-alive",
    "accounts:send-verification",
    "accounts:session-end",
    "accounts:session-end-program",
    "accounts:sessions-end-others",
    "accounts:switch",
    "accounts:token-revoke",
    "accounts:webhook-renew",
    "accounts:webhook-send-again",
    "accounts:webhook-test",
    "account_confirm_login_code",
    "account_logout",
    "account_set_password",
    "account_reauthenticate",
    "backup:download",
    "mfa_authenticate",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "budgets:alerts",
    "budgets:stop",
    "household-start",
    "reports:export-download",
    "reports:export-prepare",
    "reports:report-month",
    "reports:report-year",
    "transactions:sums",
    "transactions:suggest",
    "transactions:import-choose",
    "transactions:import-discard",
    "transactions:import-commit",
    "transactions:import-read",
    "transactions:wallet-archive",
    "transactions:wallet-reopen",
    "transactions:category-archive",
    "transactions:category-reopen",
}
OURS = [(name, path) for name, path in ALL if not name.startswith(("admin:", "api:")) and name not in NO_PAGES]
OPEN = [(name, path) for name, path in OURS if name in PUBLIC]
CLOSED = [name for name, _path in OURS if name not in PUBLIC]
BREAKS_OF_LAYOUT = [320, 375, 768]
# Named, because axe leaves out what WCAG 2.2 added (the size of targets) unless it is told to look.
# What is in order is not described: that takes longer than to find what is not.
FOUND = {"resultTypes": ["violations"]}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **FOUND}
# The theme changes colours and nothing else, and each whole reading of a large page takes seconds: in light only.
IN_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **FOUND}
# Half a megabyte, which is handed to a page once.
AXE, HERE_ALREADY = Axe().axe_script, Axe(axe_script="null")
RULES_IN = {"light": RULES, "dark": IN_COLOUR}
# Three buttons of 10 pixels that touch each other.
CROWD = """() => {
  const row = document.querySelector("main").appendChild(document.createElement("div"));
  for (let number = 0; number < 3; number++) {
    const button = row.appendChild(document.createElement("button"));
    Object.assign(button.style, { width: "10px", height: "10px", padding: 0, border: 0, minBlockSize: 0 });
    button.textContent = "x";
  }
}"""


@pytest.fixture(scope="module")
def one_context(browser: Browser, browser_context_args: dict[str, object]) -> Iterator[BrowserContext]:
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def context(one_context: BrowserContext) -> BrowserContext:
    """One for all pages, which are looked at and left: styles and scripts are fetched once."""
    one_context.clear_cookies()
    return one_context


@pytest.fixture
def books(household: Household) -> Household:
    """Entries of each kind, a budget that is over, long words and large amounts."""
    for days in range(12):
        make_transaction(household, "1234.50", on=TODAY - timedelta(days=days), note=f"Shop {days}")
    make_transaction(household, "-200", note="Money back", on=TODAY)
    make_transaction(
        household, "12345678.90", kind="income", category="Salary", note="चाय and Donaudampfschiffahrt" * 3
    )
    make_budget(household, "1000", category="Rent")
    return household


@pytest.fixture
def look(complaints: Complaints) -> Callable[[Page, str], None]:
    """Opens a page at both widths and in both themes, and has axe read each."""

    def open_and_read(page: Page, path: str) -> None:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        # axe tries inline styles, which the page's policy refuses aloud.
        complaints.is_listening = False
        read(page, path)

    return open_and_read


def read(page: Page, path: str) -> None:
    page.evaluate(AXE)
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = HERE_ALREADY.run(page, options=RULES_IN[scheme])
            assert found.violations_count == 0, f"{path} at {width}, {scheme}:\n{found.generate_report()}"


def path_of(name: str, household: Household) -> str:
    if name in KEYED:
        return reverse(name, args=[MAKERS[name](household)])
    return dict(ALL)[name]


@pytest.mark.parametrize(("name", "path"), OPEN, ids=[name for name, _path in OPEN])
def test_a_page_for_strangers(page, look, name, path):
    look(page, path)


@pytest.mark.parametrize("name", CLOSED)
def test_a_page_of_the_books(alices_page, look, books, name):
    look(alices_page, path_of(name, books))


@pytest.mark.parametrize("name", ["reports:dashboard", "transactions:list", "budgets:list", "transactions:imports"])
def test_a_page_of_a_household_without_entries(alices_page, look, name):
    look(alices_page, reverse(name))


def test_a_form_with_everything_wrong(alices_page, complaints):
    alices_page.goto(reverse("transactions:list"))
    alices_page.get_by_role("link", name="Add entry").click()
    alices_page.get_by_label("Amount").fill("12,3x")
    alices_page.get_by_role("textbox", name="Day").fill("2062-01-01")
    alices_page.get_by_role("button", name="Save entry").click()
    expect(alices_page.locator(".field__error").first).to_be_visible()
    complaints.is_listening = False

    read(alices_page, "a form with everything wrong")


def test_an_open_dialog(alices_page, books, complaints):
    alices_page.goto(reverse("transactions:list"))
    alices_page.locator(".entry").first.hover()
    alices_page.locator("[data-delete]").first.click()
    expect(alices_page.get_by_role("dialog")).to_be_visible()
    complaints.is_listening = False

    read(alices_page, "an open dialog")


def test_targets_that_crowd_each_other_are_found(page, complaints):
    """Without this, a rule that is not run would look like pages that are in order."""
    complaints.is_listening = False
    page.goto(reverse("account_login"))
    page.evaluate(CROWD)

    found = Axe().run(page, options=RULES)
    assert [violation["id"] for violation in found.response["violations"]] == ["target-size"]


@pytest.mark.parametrize("path", ["/no-such-page/", "/transactions/4711/edit/"])
def test_a_page_that_is_not_there(alices_page, look, path):
    look(alices_page, path)


def test_a_page_that_is_not_for_viewers(page, look, context: BrowserContext, viewer: User, live_server):
    enter(context, viewer, live_server.url)
    look(page, reverse("transactions:import"))


def test_the_style_guide(page, look, settings):
    settings.ROOT_URLCONF = "batua.tests.browser.local_urls"
    look(page, "/styleguide/")


def test_the_way_in_to_the_support_desk(page, look):
    look(page, "/admin/")


def test_no_page_of_the_books_scrolls_sideways(alices_page, books):
    assert too_wide(alices_page, [path_of(name, books) for name in CLOSED]) == []


def test_no_page_at_the_door_scrolls_sideways(page, complaints):
    complaints.is_listening = False  # a spent link answers 404

    assert too_wide(page, [path for _name, path in OPEN]) == []


def too_wide(page: Page, paths: list[str]) -> list[tuple[str, int]]:
    found = []
    for path in paths:
        page.goto(path)
        for width in BREAKS_OF_LAYOUT:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append((path, width))
    return found
