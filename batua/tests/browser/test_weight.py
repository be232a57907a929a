"""A first visit is light: what a page brings over the wire, nothing that holds it up, nothing that moves."""

import gzip
from datetime import timedelta

import pytest

from conftest import TODAY
from transactions.tests.factories import make_transaction

HEAVIEST = 100_000  # bytes, compressed as the production server compresses
RESOURCES = "performance.getEntriesByType('resource').map(each => each.name.split('#')[0])"
BLOCKING = (
    "[...document.scripts].filter(each => each.src && !each.defer && !each.async && each.type !== 'module').length"
)
# The sum of what moved without anybody's doing; above 0.1 people notice.
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


@pytest.fixture
def books(household):
    for days in range(60):
        make_transaction(household, "1234.50", on=TODAY - timedelta(days=days), note=f"Shop {days}")
    return household


@pytest.mark.parametrize(
    "path", ["/dashboard/", "/transactions/?period=all-time", "/charts/", "/calendar/", "/budgets/"]
)
def test_a_first_visit_is_light_and_still(alices_page, books, path):
    answer = alices_page.goto(path)
    alices_page.wait_for_load_state("networkidle")

    brought = {address: alices_page.request.get(address).body() for address in alices_page.evaluate(RESOURCES)}
    weight = sum(len(gzip.compress(body)) for body in [answer.body(), *brought.values()])
    assert weight <= HEAVIEST, sorted(((len(gzip.compress(body)), address) for address, body in brought.items()))
    assert alices_page.evaluate(BLOCKING) == 0
    assert alices_page.evaluate(SHIFT) < 0.01
