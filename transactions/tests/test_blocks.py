"""Statements as text, each entry a block of lines that name what they hold."""

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, problems, read

ABOVE = "From:\xa001/03/2026 to 31/03/2026\n\nAccount:\xa0XXXX XXXX XXXX 1234\n\n"
CAFE = (
    "Date:\xa016/03/2026\nDescription:\xa0CARD PAYMENT TO CAFE,4.20 GBP, RATE 1.00/GBP\n"
    "Amount:\xa0-4.20\nBalance:\xa0972.35\n\n"
)
GROCER = "Date:\xa013/03/2026\nDescription:\xa0CARD PAYMENT TO GROCER\nAmount:\xa0-23.45\nBalance:\xa0976.55\n"


def test_each_block_is_a_line():
    statement = read((ABOVE + CAFE + GROCER).encode("latin-1"))

    assert (days(statement), amounts(statement)) == (["2026-03-16", "2026-03-13"], ["-4.20", "-23.45"])
    assert [line.number for line in statement.lines] == [5, 10]
    assert statement.lines[0].description == "CARD PAYMENT TO CAFE,4.20 GBP, RATE 1.00/GBP"
    assert statement.lines[1].raw == GROCER.rstrip("\n")
    assert [str(line.balance) for line in statement.lines] == ["972.35", "976.55"]


def test_line_ends_and_the_blocks_beside_it_leave_an_entry_as_it_is():
    whole = read((ABOVE + CAFE + GROCER).replace("\n", "\r\n"))
    alone = read(ABOVE + GROCER)

    assert alone.lines[0].words == whole.lines[1].words == "CARD PAYMENT TO GROCER"


def test_a_text_over_two_lines_and_a_missing_part_are_read():
    statement = read(
        "Date: 13/03/2026\nDescription: PAYMENT TO\n  BOB\nAmount: -1.00\nDate: 14/03/2026\nAmount: 2.00\n"
        "Date: 15/03/2026\nDescription: NOTHING\nAmount: three\n"
    )

    assert [(str(line.amount), line.description) for line in statement.lines] == [
        ("-1.00", "PAYMENT TO BOB"),
        ("2.00", ""),
    ]
    assert problems(statement) == ["Line 7: “three” is not an amount."]


def test_blocks_with_a_side_for_each_way_are_read():
    statement = read("Date: 2026-03-13\nPaid out: 1.00\nPaid in:\n\nDate: 2026-03-14\nPaid out:\nPaid in: 2.00\n")

    assert amounts(statement) == ["-1.00", "2.00"]


def test_named_lines_above_a_table_make_no_block_of_it():
    above = "Account: 1234\nDate: 01/03/2026\nAmount: 100.00\n"

    assert amounts(read(above + "Date,Text,Amount\n13/03/2026,A: B,-1.00\n14/03/2026,C,2.00\n")) == ["-1.00", "2.00"]


def test_named_lines_without_a_day_and_an_amount_are_no_statement():
    with pytest.raises(StatementError):
        read("From: Alice\nTo: Bob\nSubject: Hello\nDate: tomorrow\n")
