"""What a thumb needs: targets of the size WCAG 2.2 asks for, which axe leaves out unless it is told, and no sideways
scrolling at the door either."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from batua.tests.browser.conftest import PHONE, Complaints
from batua.tests.browser.test_accessible import CLOSED, OPEN, path_of
from conftest import TODAY
from transactions.tests.factories import make_transaction

TARGETS = {"runOnly": ["wcag22aa"], "rules": {"target-size": {"enabled": True}}}

# Three buttons of 10 pixels that touch each other.
CROWD = """() => {
  const row = document.querySelector("main").appendChild(document.createElement("div"));
  for (let number = 0; number < 3; number++) {
    const button = row.appendChild(document.createElement("button"));
    Object.assign(button.style, { width: "10px", height: "10px", padding: 0, border: 0, minBlockSize: 0 });
    button.textContent = "x";
  }
}"""


def too_small(page: Page, paths: list[str]) -> list[str]:
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    found = []
    for path in paths:
        page.goto(path)
        for violation in Axe().run(page, options=TARGETS).response["violations"]:
            found += [f"{path}: {node['html'][:90]}" for node in violation["nodes"]]
    return found


def test_targets_that_crowd_each_other_are_found(page: Page, complaints: Complaints):
    """Without this, a rule that is not run would look like pages that are in order."""
    complaints.is_listening = False
    page.goto("/accounts/login/")
    page.evaluate(CROWD)

    violations = Axe().run(page, options=TARGETS).response["violations"]
    assert [violation["id"] for violation in violations] == ["target-size"]


def test_every_target_at_the_door_is_large_enough(page: Page, complaints: Complaints):
    complaints.is_listening = False

    assert too_small(page, [path for _name, path in OPEN]) == []


def test_every_target_in_the_books_is_large_enough(alices_page: Page, household, complaints: Complaints):
    make_transaction(household, "1234.50", note="Shop", on=TODAY)
    complaints.is_listening = False

    assert too_small(alices_page, [path_of(name, household) for name in CLOSED]) == []


def test_no_page_at_the_door_scrolls_sideways(page: Page, complaints: Complaints):
    complaints.is_listening = False  # a spent link answers 404
    too_wide = []
    for name, path in OPEN:
        page.goto(path)
        for width in (320, 375, 768):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                too_wide.append((name, width))

    assert too_wide == []
