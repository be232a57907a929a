"""What is held while the statements of an archive are read does not grow with their number."""

import tracemalloc

import pytest

from transactions.importers import records
from transactions.tests.long_entries import packed
from transactions.tests.reading import amounts, read
from transactions.tests.test_camt import written
from transactions.tests.test_camt_twice import NOTICE, entry

ENTRIES = 1000


@pytest.fixture
def short_lists(monkeypatch):
    monkeypatch.setattr(records, "LONG", ENTRIES)


def statements(count: int, start: int = 0, **message: str) -> dict[str, bytes]:
    return {
        f"{number:03}.xml": written(
            *(entry(f"REF-{number}-{each}", "5.00") for each in range(ENTRIES)), **message
        ).encode()
        for number in range(start, start + count)
    }


def most_held(archive: bytes, entries: int) -> int:
    tracemalloc.start()
    try:
        found = read(archive)
        assert len(found.lines) == entries
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_five_times_as_many_statements_holds_no_more(short_lists):
    few, many = (most_held(packed(statements(count)), count * ENTRIES) for count in (2, 10))

    assert many < 1.25 * few


def test_a_notice_behind_statements_on_the_disk_is_known_again(short_lists):
    told = written(entry("REF-0-7"), entry("REF-2-999"), entry("NEW", "9.00"), **NOTICE).encode()

    found = read(packed(statements(3) | {"z.xml": told}))

    assert len(found.lines) == 3 * ENTRIES + 1
    assert amounts(found)[-1] == "-9.00"
    assert len(found.skipped) == 2
