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
from transactions.importers import records
from transactions.importers.base import Ours, Split, StatementLine, Status
from transactions.importers.spool import Spool, packed, unpacked

STATEMENTS = Path(__file__).parent / "statements"

# Reads files of so many lines, each in its own process, and prints what memory it took at most, in kB.
MEASURE = """
import resource, sys
from transactions import importers
count = int(sys.argv[1])
line = "2026-{}-{:02},POS {} Shop {},-{}.{:02},\\n"
lines = (line.format(10 + n % 3, 1 + n % 28, n, n % 97, n % 900 + 1, n % 100) for n in range(count))
content = ("Date,Description,Amount,Balance\\n" + "".join(lines)).encode()
read = importers.read(content, filename="bank.csv")
assert sum(1 for line in read.lines) == count
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize(
    "path",
    [*sorted(STATEMENTS.glob("*.csv")), *sorted((STATEMENTS / "apps").glob("*.csv"))],
    ids=lambda path: path.name,
)
def test_a_table_is_read_alike_whether_it_is_kept_in_memory_or_not(path, monkeypatch):
    at_hand = importers.read(path.read_bytes(), filename=path.name)

    monkeypatch.setattr(records, "LONG", 0)
    at_length = importers.read(path.read_bytes(), filename=path.name)

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


def test_a_spool_is_walked_again_and_its_last_line_may_change():
    line = StatementLine(number=0, date=date(2026, 3, 1), amount=Decimal(1), description="", raw="")
    spool = Spool()
    for number in range(3500):
        spool.append(line._replace(number=number))
    spool[-1] = line._replace(number=9)

    assert [each.number for each in spool] == [*range(3499), 9]
    assert (len(spool), spool[2000].number, spool[-1].number, spool[-2].number) == (3500, 2000, 9, 3498)
    assert [each.number for each in spool[999:1002]] == [999, 1000, 1001]


def test_five_times_the_lines_take_hardly_more_memory():
    def taken(lines: int) -> int:
        done = subprocess.run([sys.executable, "-c", MEASURE, str(lines)], capture_output=True, check=True, text=True)
        return int(done.stdout)

    # Kept whole, 20,000 lines more would take some 30 MB more.
    assert taken(25_000) < taken(5_000) + 15_000
