"""Excel's binary workbooks, as banks give them that never changed to .xlsx. Sums are worked out by hand."""

import struct
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transactions.importers import compound, fronts, lengths, read
from transactions.importers.base import StatementError
from transactions.tests.binary_sheets import END, number, record, sheet_of_a_program, text
from transactions.tests.reading import FILES, amounts, days, problems, sample, skipped
from transactions.tests.test_formats_properties import checked

SAVINGS = (FILES / "xls/savings_of_1997.xls").read_bytes()
STREAM = compound.stream(SAVINGS, ["Workbook"]) or b""
SAMPLES = sorted((FILES / "xls").glob("*19*.xls"))


def refusal(content: bytes, name: str = "bank.xls") -> str:
    with pytest.raises(StatementError) as raised:
        read(content, filename=name)
    return str(raised.value)


def test_days_are_days_and_debit_and_credit_are_two_columns_below_what_the_bank_says_of_itself():
    statement = sample("xls/savings_of_1997.xls")

    assert days(statement) == ["2026-11-02", "2026-11-03", "2026-11-05", "2026-11-05"]
    assert [f"{line.amount:.2f}" for line in statement.lines] == ["-450.50", "85000.00", "-5000.00", "-0.30"]
    assert [line.description for line in statement.lines][1:] == [
        "NEFT CR-ACME PAYROLL",
        "ATW-CASH WITHDRAWAL",
        "POS CAFÉ MÜLLER ₹",
    ]
    assert statement.lines[0].words == "UPI-SWIGGY-ORDER 4411 0000630712345678901"
    assert (statement.format, statement.currency, statement.account) == ("xls", "INR", "50100012345678")
    assert f"{statement.opening_balance:.2f} {statement.closing_balance:.2f}" == "25000.00 104549.20"
    assert [number for number, _sentence in skipped(statement)] == [14, 15]


def test_texts_stay_texts_and_days_count_from_1904_where_the_workbook_does():
    statement = sample("xls/texts_and_days_from_1904.xls")

    assert days(statement) == ["2026-11-03", "2026-11-04", "2026-11-05"]
    assert amounts(statement) == ["-1234.56", "80.00", "-0.40"]
    assert [line.description for line in statement.lines] == ["Bäckerei Öfferl", "Stadtwerke", "Spesen"]
    assert problems(statement) == []


def test_a_sheet_without_a_file_of_office_around_it_is_read():
    cells = [text(1, 0, "2026-11-03"), text(1, 1, "Shop"), number(1, 2, -12.5)]

    statement = read(sheet_of_a_program(*cells), filename="bank.xls")

    assert (days(statement), amounts(statement)) == (["2026-11-03"], ["-12.5"])


def test_a_zero_within_a_text_is_left_out():
    cells = [text(1, 0, "2026-11-03"), text(1, 1, "Sh\0op"), number(1, 2, -12.5)]

    line = read(sheet_of_a_program(*cells), filename="bank.xls").lines[0]

    assert (line.description, line.raw) == ("Shop", "2026-11-03\tShop\t-12.5")


def test_the_name_does_not_matter():
    assert len(read(SAVINGS, filename="bank.csv").lines) == 4


def test_a_workbook_with_a_password_is_refused_in_words():
    begin = 4 + STREAM[2]
    sealed = STREAM[:begin] + record(0x2F, b"\1\0" + bytes(52)) + STREAM[begin:]
    name = "Workbook".encode("utf-16-le")
    package = "EncryptedPackage".encode("utf-16-le")
    place = SAVINGS.index(name)
    modern = SAVINGS[:place] + package.ljust(64, b"\0") + struct.pack("<H", 34) + SAVINGS[place + 66 :]

    assert "protected with a password" in refusal(sealed)
    assert "protected with a password" in refusal(modern, "bank.xlsx")


def test_another_document_of_office_is_refused_in_words():
    letter = SAVINGS.replace("Workbook".encode("utf-16-le"), "WordText".encode("utf-16-le"))

    assert "a document of Office, not a statement" in refusal(letter)


@pytest.mark.parametrize("content", [SAVINGS[:40], SAVINGS[:600], SAVINGS[:-600], STREAM[:300]])
def test_a_workbook_that_is_cut_is_refused_in_words(content):
    assert "cannot be read to its end" in refusal(content)


def test_sectors_that_follow_each_other_in_a_ring_end():
    (first,) = struct.unpack_from("<I", SAVINGS, 76)
    table = 512 + first * 512
    ring = SAVINGS[:table] + struct.pack("<I", 0) * 128 + SAVINGS[table + 512 :]

    assert "cannot be read to its end" in refusal(ring)


def test_cells_far_to_the_right_take_no_memory_and_each_sheet_is_read_once():
    cells = [text(1, 0, "2026-11-03"), text(1, 1, "Shop"), number(1, 2, -12.5)]
    far = [number(row, 255, 1.0) for row in range(60_000)]
    started = time.process_time()

    assert amounts(read(sheet_of_a_program(*cells, *far), filename="bank.xls")) == ["-12.5"]
    assert amounts(read(many_names_of_a_sheet(*far), filename="bank.xls")) == ["-12.5"]
    assert time.process_time() - started < 5


def many_names_of_a_sheet(*more: bytes) -> bytes:
    """A workbook of Excel 97 with many names, all of them of one sheet."""
    (begin, sheet), count = (record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1997, 0, 0)) for kind in (5, 16)), 500
    start = len(begin) + 13 * count + len(END)
    names = record(0x85, struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"S") * count
    texts = [
        record(0x204, struct.pack("<HHHHB", 0, place, 0, len(cell), 0) + cell)
        for place, cell in enumerate([b"2026-11-03", b"Shop"])
    ]
    return b"".join([begin, names, END, sheet, *texts, number(0, 2, -12.5), *more, END])


def test_long_workbooks_are_counted_by_their_rows_and_shown_by_their_first():
    rows = [
        cell
        for row in range(1, 3001)
        for cell in (text(row, 0, "2026-11-03"), text(row, 1, f"Shop {row}"), number(row, 2, -row))
    ]
    long = sheet_of_a_program(*rows)

    front = fronts.of(long, filename="bank.xls", size=6000)

    assert lengths.of(long, filename="bank.xls") == 3001
    assert len(front) < 7000
    shown = read(front, filename="bank.xls").lines
    assert 50 < len(shown) < 200
    assert shown == read(long, filename="bank.xls").lines[: len(shown)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A workbook without the file around it, a few pieces of it overwritten, cut out or doubled."""
    path = draw(st.sampled_from(SAMPLES))
    content = compound.stream(path.read_bytes(), ["Workbook"]) or b""
    for _times in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        middle = draw(st.one_of(st.binary(max_size=6), st.just(content[start:end] * 2)))
        content = content[:start] + middle + content[end:]
    return content


@st.composite
def forged(draw: st.DrawFn) -> bytes:
    """Records of a workbook in any order, some with other contents."""
    kinds = st.sampled_from([0x06, 0x207, 0xFD, 0xFC, 0x3C, 0xBD, 0x27E, 0x203, 0x204, 0x85, 0xE0, 0x41E, 0x42, 0x22])
    records = draw(st.lists(st.builds(record, kinds, st.binary(max_size=30)), max_size=20))
    return STREAM[: 4 + STREAM[2]] + b"".join(records) + draw(st.sampled_from([END, STREAM[4 + STREAM[2] :]]))


@settings(deadline=None, max_examples=300)
@given(content=st.one_of(damaged(), forged()), size=st.integers(0, 9000))
def test_a_damaged_or_forged_workbook_gives_a_statement_or_a_sentence(content, size):
    for each in (content, fronts.of(content, filename="bank.xls", size=size)):
        with suppress(StatementError):
            checked(read(each, filename="bank.xls"))
    assert lengths.of(content, filename="bank.xls") >= 0
