"""How long a person waits: from a click or a key to the next picture, in a real browser on a running Batua.

    python -m batua.tests.browser.interactions http://localhost:8000

wants a Batua with its demo data. It is measured, not asserted: a busy machine would be told off for being busy.
"""

import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

ROUNDS = 5
# The browser's own account of each input: from its start until what came of it was painted.
WATCH = """() => {
  window.waits = [];
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (each.interactionId) window.waits.push(each.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""


def waits(page: Page) -> float:
    """The longest wait since the page was opened, in milliseconds; what is under a frame counts as one."""
    page.wait_for_timeout(400)
    return float(page.evaluate("Math.max(16, ...window.waits)"))


def add(page: Page) -> float:
    page.goto("/transactions/")
    page.evaluate(WATCH)
    page.get_by_role("link", name="Add entry").first.click()
    page.get_by_label("Amount").fill("12.50")
    page.get_by_label("What for").fill("Measured")
    page.get_by_role("button", name="Save entry").click()
    return waits(page)


def change(page: Page) -> float:
    page.goto("/transactions/")
    page.evaluate(WATCH)
    page.locator(".entry").first.hover()
    page.locator(".entry a").first.click()
    page.get_by_label("Amount").fill("13")
    page.get_by_role("button", name="Save entry").click()
    return waits(page)


def narrow(page: Page) -> float:
    page.goto("/transactions/?period=all-time")
    page.evaluate(WATCH)
    page.get_by_role("searchbox").first.press_sequentially("chai", delay=60)
    return waits(page)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(base_url=address)
        page.goto("/")
        page.get_by_role("button", name="Try it with demo data").first.click()
        page.wait_for_load_state("networkidle")
        for act in (add, change, narrow):
            taken = [act(page) for _round in range(ROUNDS)]
            sys.stdout.write(f"{act.__name__}: {statistics.median(taken):.0f} ms (longest {max(taken):.0f} ms)\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
