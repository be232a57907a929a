"""Files made to cost as much as they can: refused in words, or read, in little time and memory."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import openpyxl
import pytest

from transactions.importers import fronts, lengths, read
from transactions.importers.base import StatementError
from transactions.tests.binary_sheets import END, record, text
from transactions.tests.open_documents import row, sheet, texts, workbook
from transactions.tests.reading import amounts, problems

HEADER = texts("Datum", "Empfänger", "Betrag")
SHOP = row(date(2026, 11, 3), "<text:p>Shop</text:p>", -12.5)
HEAD = "2026-11-02 * REWE\n"
GOOD = HEAD + "    expenses:food  10.00 EUR\n    assets:giro\n"


@contextmanager
def within(seconds: float, megabytes: int = 60) -> Iterator[None]:
    """The block takes no more time of the processor, and no more memory at once."""
    tracemalloc.start()
    started = time.process_time()
    try:
        yield
        assert time.process_time() - started < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1024 * 1024
    finally:
        tracemalloc.stop()


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(StatementError) as raised:
        read(content, filename=name)
    return str(raised.value)


def rewritten(book: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with other words in one of its parts."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as found, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as made:
        for member in found.namelist():
            content = found.read(member)
            made.writestr(member, content.replace(old, new) if member == name else content)
    return changed.getvalue()


def file_of_sectors(table: list[int], *, directory: int, small: int = 0xFFFFFFFE) -> bytes:
    """A file of Office with four empty sectors of 512 bytes, and this table of chains behind them."""
    chains = struct.pack(f"<{len(table)}I", *table)
    sectors = [4 + place for place in range(len(chains) // 512)]
    header = bytearray(512)
    struct.pack_into("<8sxxxxxxxxxxxxxxxxxxxxxxH", header, 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 9)
    struct.pack_into("<I", header, 48, directory)
    struct.pack_into("<II", header, 56, 4096, small)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 76, *(sectors + [0xFFFFFFFF] * 109)[:109])
    return bytes(header) + bytes(4 * 512) + chains


def test_a_ring_of_sectors_is_no_longer_than_the_file():
    rings = [1, 0, *[0] * (109 * 128 - 2)]

    with within(2, megabytes=5):
        assert "cannot be read to its end" in refusal(file_of_sectors(rings, directory=0), "bank.xls")
        assert lengths.of(file_of_sectors(rings, directory=0), filename="bank.xls") == 0


def test_a_format_of_a_binary_workbook_is_not_looked_through_for_ever():
    formats = b"".join(
        record(0x41E, struct.pack("<HHB", 200 + place, 60_000, 0) + b"[" * 60_000) for place in range(20)
    )
    begin = record(0x809, struct.pack("<HHHH", 0x600, 0x10, 0, 0))

    with within(2):
        refusal(begin + formats + text(0, 0, "Date") + END, "bank.xls")
        refusal(begin.replace(b"\x10\x00", b"\x05\x00", 1) + formats + END, "bank.xls")


@pytest.mark.parametrize("deep", ["<a>" * 300_000, "<a>" * 300_000 + "</a>" * 300_000])
def test_a_workbook_nested_deeper_than_any_is_refused(deep):
    with within(2):
        assert "cannot be read to its end" in refusal(workbook(deep + sheet("A", HEADER, SHOP)), "bank.ods")


def test_a_workbook_in_no_known_character_set_is_refused():
    strange = rewritten(workbook(sheet("A", HEADER, SHOP)), "content.xml", b"UTF-8", b"utf-1")

    assert "cannot be read to its end" in refusal(strange, "bank.ods")


def test_a_cell_nested_deeper_than_any_is_refused():
    deep = "<text:p>" + "<text:span>" * 9_000 + "</text:span>" * 9_000 + "</text:p>"

    with within(2):
        assert "cannot be read to its end" in refusal(
            workbook(sheet("A", HEADER, row(date(2026, 11, 3), deep, -1.5))), "bank.ods"
        )


def excel() -> bytes:
    written = io.BytesIO()
    book = openpyxl.Workbook()
    for cells in (["Date", "Payee", "Amount"], ["2026-11-03", "Shop", "-1.50"]):
        book.active.append(cells)
    book.save(written)
    return written.getvalue()


def test_parts_of_a_workbook_that_are_kept_whole_have_no_millions_of_elements():
    styles = b"<cellXfs>" + b"<xf/>" * 1_500_000 + b"</cellXfs><other"

    with within(4):
        assert "cannot be read to its end" in refusal(
            rewritten(excel(), "xl/styles.xml", b"<cellXfs", styles), "bank.xlsx"
        )


LONG_TAGS = ['<a x="' + "y" * 12_000_000 + '"/>', "<!--" + "y" * 12_000_000 + "-->"]


@pytest.mark.parametrize("tag", LONG_TAGS)
def test_a_tag_of_megabytes_is_not_read_anew_with_each_piece(tag):
    changed = rewritten(excel(), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + tag.encode())

    with within(2, megabytes=120):
        assert "cannot be read to its end" in refusal(changed, "bank.xlsx")
        assert "cannot be read to its end" in refusal(workbook(tag + sheet("A", HEADER, SHOP)), "bank.ods")


def test_of_many_sheets_none_is_walked_through_for_each_other():
    rows = [row(date(2026, 11, 3), f"<text:p>Shop {number}</text:p>", -1.5 - number) for number in range(1000)]
    one = workbook(sheet("A", HEADER, SHOP), sheet("B", HEADER, *rows * 15))
    many = workbook(*(sheet(f"S{number}", HEADER, *rows) for number in range(15)), sheet("B", HEADER, SHOP))

    started = time.process_time()
    read(one, filename="bank.ods")
    middle = time.process_time()
    read(many, filename="bank.ods")

    assert time.process_time() - middle < (middle - started) * 1.5


@pytest.mark.parametrize(
    "entry",
    [
        HEAD + "    expenses:food  1 EUR " + "{" * 60_000 + "\n    assets:giro\n",
        '2026-11-02 * "' + '\\"' * 30_000 + "\n    expenses:food  1 EUR\n    assets:giro\n",
        HEAD + "    " + "a:" * 60_000 + " 1 EUR\n    assets:giro\n",
    ],
)
def test_a_long_line_of_a_journal_costs_its_own_transaction_alone(entry):
    with within(2):
        statement = read((entry + "\n" + GOOD).encode(), filename="books.journal")

    assert amounts(statement) == ["-10.00"]
    assert problems(statement) == ["Line 1: A text of this transaction is longer than 5000 characters."]


def test_a_transaction_of_more_postings_than_any_is_named_and_not_read():
    entry = HEAD + "    assets:giro  1.00 EUR\n" * 15_000 + "    equity:opening  -1.00 EUR\n" * 15_000

    with within(3):
        statement = read((entry + "\n" + GOOD).encode(), filename="books.journal")

    assert amounts(statement) == ["-10.00"]
    assert problems(statement) == ["Line 1: The transaction has more than 2000 postings."]


def test_opening_balances_of_as_many_accounts_as_can_be_are_read_quickly():
    accounts = "".join(f"    assets:a{number}  1.00 EUR\n" for number in range(999))
    entry = HEAD + accounts + "    equity:opening  -1.00 EUR\n" * 999

    with within(5):
        assert len(read((entry + "\n").encode() * 5, filename="books.journal").lines) == 999 * 5


def test_a_text_that_is_no_journal_is_not_listed_line_by_line():
    with within(10, megabytes=150):
        assert "more than 200000 transactions" in refusal((GOOD + "x\n" * 2_000_000).encode(), "books.journal")


def test_a_header_wider_than_any_table_is_not_walked_along_for_each_row():
    names = "Deposits & Withdrawals,Header,Currency,Settle Date,Description,Amount" + ",x" * 200_000
    rows = "Deposits & Withdrawals,Data,EUR,2026-11-02,Shop,-1.00\n" * 2000

    with within(8, megabytes=200):
        statement = read(f"Statement,Header,Field Name,Field Value\n{names}\n{rows}".encode(), filename="bank.csv")

    assert len(statement.lines) == 2000


def test_the_first_look_at_a_hostile_file_is_as_quick():
    deep = workbook("<a>" * 300_000)

    with within(2):
        assert fronts.of(deep, filename="bank.ods", size=600_000) == deep
        assert lengths.of(deep, filename="bank.ods") == 0
