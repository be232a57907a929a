"""How long a person waits: from a click or a key to the next picture, in a real browser on a running Batua.

    manage.py benchmark --serve 10000        (prints the three words that follow)
    python -m batua.tests.browser.interactions http://127.0.0.1:40123 owner0@neighbours.example 'the password'

Without a member it takes the demo household, which only a Batua for one machine offers. What is above 100 ms is told
with what it was and where the time went. It is measured, not asserted: a busy machine would be told off for being busy.
"""

import shutil
import statistics
import sys
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROUNDS = 10
GOAL = 100  # milliseconds
# The browser's own account of each input: from its start until what came of it was painted.
WATCH = """() => {
  window.waits = [];
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (each.interactionId) window.waits.push({
      what: each.name, on: each.target?.outerHTML?.slice(0, 80) ?? "", taken: each.duration,
      queued: each.processingStart - each.startTime, scripts: each.processingEnd - each.processingStart,
    });
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""
Wait = dict[str, Any]


def waits(page: Page) -> list[Wait]:
    """Every wait since the page was opened that took longer than a frame."""
    page.wait_for_timeout(400)
    found: list[Wait] = page.evaluate("window.waits")
    return found


def add(page: Page) -> list[Wait]:
    page.goto("/transactions/")
    page.evaluate(WATCH)
    page.get_by_role("link", name="Add entry").first.click()
    page.get_by_label("Amount").fill("12.50")
    page.get_by_label("What for").press_sequentially("Chai", delay=60)
    page.get_by_role("button", name="Save entry").click()
    return waits(page)


def edit(page: Page) -> list[Wait]:
    page.goto("/transactions/")
    page.evaluate(WATCH)
    page.locator(".entry").first.hover()
    page.locator(".entry a").first.click()
    page.get_by_label("Amount").fill("13")
    page.get_by_role("button", name="Save entry").click()
    return waits(page)


def search(page: Page) -> list[Wait]:
    page.goto("/transactions/?period=all-time")
    page.evaluate(WATCH)
    page.get_by_role("searchbox").first.press_sequentially("chai", delay=60)
    return waits(page)


def narrow(page: Page) -> list[Wait]:
    """By the list of kinds, which is a menu, and back."""
    page.goto("/transactions/?period=all-time")
    page.evaluate(WATCH)
    page.locator(".menu[data-side=start] summary").first.click()
    for choice in (1, 0):
        page.locator(".filters label:has(input[name=kind])").nth(choice).click()
        page.wait_for_timeout(300)
    return waits(page)


ACTS: tuple[Callable[[Page], list[Wait]], ...] = (add, edit, search, narrow)


def enter(page: Page, member: list[str]) -> None:
    """Signs the member in, or opens the demo household."""
    if member:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail").fill(member[0])
        page.get_by_label("Password", exact=True).fill(member[1])
        page.get_by_role("button", name="Sign in", exact=True).click()
    else:
        page.goto("/")
        page.get_by_role("button", name="Try it with demo data").first.click()
    page.wait_for_url("**/dashboard/**")


def main(address: str, *member: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(base_url=address)
        enter(page, list(member))
        for act in ACTS:
            rounds = [act(page) for _round in range(ROUNDS)]
            longest = [max((wait["taken"] for wait in found), default=16) for found in rounds]
            sys.stdout.write(f"{act.__name__}: {statistics.median(longest):.0f} ms (longest {max(longest):.0f} ms)\n")
            for wait in {each["on"]: each for found in rounds for each in found if each["taken"] > GOAL}.values():
                sys.stdout.write(
                    f"  {wait['what']} {wait['taken']:.0f} ms: {wait['queued']:.0f} before the scripts, "
                    f"{wait['scripts']:.0f} in them; {wait['on']}\n"
                )
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:] or ["http://localhost:8000"])
