"""Long files: read without keeping them in memory, to the very same statement."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transactions import importers
from transactions.importers import grouping, records, spool
from transactions.importers.base import Ours, Split, StatementLine, Status
from transactions.importers.spool import Spool, packed, unpacked

STATEMENTS = Path(__file__).parent / "statements"
FILES = sorted(path for path in STATEMENTS.rglob("*") if path.is_file())

# Reads a file of so many entries in a process of its own, and prints what memory that took at most, in kB.
MEASURE = """
import resource, sys
from transactions import importers
from transactions.importers import records
from transactions.tests.long_entries import made
name, count = sys.argv[1], int(sys.argv[2])
records.LONG = 1000
read = importers.read(made(name, count), filename=name)
assert sum(1 for line in read.lines) == count
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
# Kept whole, 20,000 more entries of any of these would take 10 to 85 MB more.
AS_LONG_AS_YOU_LIKE = [
    "bank.csv",
    "bank.ofx",
    "bank.xml",
    "bank.qif",
    "bank.sta",
    "mint.csv",
    "budget.yfull",
    "bank.xlsx",
]


@pytest.fixture
def _on_disk(monkeypatch):
    """Of all that is read little is kept in memory."""
    monkeypatch.setattr(records, "LONG", 0)
    monkeypatch.setattr(spool, "_BLOCK", 2)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_alike_whether_it_is_kept_in_memory_or_not(path, request):
    at_hand = importers.read(path.read_bytes(), filename=path.name)

    request.getfixturevalue("_on_disk")
    at_length = importers.read(path.read_bytes(), filename=path.name)

    assert isinstance(at_length.lines, Spool) or len(at_hand.lines) < 3
    assert list(at_length.lines) == list(at_hand.lines)
    assert replace(at_length, lines=()) == replace(at_hand, lines=())


def test_a_line_is_taken_out_as_it_was_put_in():
    line = StatementLine(
        number=7,
        date=date(2026, 3, 1),
        amount=Decimal("-3.20"),
        description="Café",
        raw='a;"b\nc"',
        also=("x", "y"),
        words="Café x y",
        bank_id="1",
        currency="EUR",
        balance=Decimal("0.00"),
        status=Status.PENDING,
        account="Giro",
        category="Food",
        splits=(Split(Decimal(-3), "A", "n", "t"),),
        transfer="Cash",
        ours=Ours("expense", "n", "c", "b", "u"),
    )

    assert unpacked(json.loads(json.dumps(packed(line)))) == line


@pytest.mark.parametrize("block", [7, 1000])
def test_a_spool_is_walked_again_and_its_last_line_may_change(monkeypatch, block):
    monkeypatch.setattr(records, "LONG", 0)
    monkeypatch.setattr(spool, "_BLOCK", block)
    line = StatementLine(number=0, date=date(2026, 3, 1), amount=Decimal(1), description="", raw="")
    lines = Spool()
    for number in range(3500):
        lines.append(line._replace(number=number))
    lines[-1] = line._replace(number=9)

    assert not lines.is_at_hand
    assert [each.number for each in lines] == [*range(3499), 9]
    assert (len(lines), lines[2000].number, lines[-1].number, lines[-2].number) == (3500, 2000, 9, 3498)
    assert [each.number for each in lines[999:1002]] == [999, 1000, 1001]


def test_lines_of_a_short_file_stay_in_memory():
    lines = Spool()
    lines.extend([StatementLine(0, date(2026, 3, 1), Decimal(1), "", "")] * 20_000)

    assert lines.is_at_hand
    assert isinstance(lines.settled(), tuple)


@pytest.mark.parametrize("name", AS_LONG_AS_YOU_LIKE)
def test_five_times_the_entries_take_hardly_more_memory(name):
    def taken(count: int) -> int:
        command = [sys.executable, "-c", MEASURE, name, str(count)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        return int(done.stdout)

    assert taken(25_000) < taken(5_000) + 12_000


def test_rows_of_a_group_are_found_wherever_they_stand():
    items = [(key, place) for place, key in enumerate("aabacbdda")]

    found = list(grouping.together(items, lambda item: item[0]))

    assert ["".join(key for key, _place in group) for group in found] == ["aaaa", "bb", "c", "dd"]
    assert [place for _key, place in found[0]] == [0, 1, 3, 8]


def test_of_groups_that_stand_together_only_one_is_kept():
    seen: list[int] = []

    def items():
        for number in range(10):
            seen.append(number)
            yield number

    groups = grouping.together(grouping.Again(items), lambda number: number // 2)
    next(groups)

    # Once through all, and then no farther than it takes to see that the first group ended.
    assert seen == [*range(10), 0, 1, 2]
