"""What a member says about a file is followed, said back, remembered; and refused in words where it makes no sense."""

from dataclasses import replace

import pytest

from transactions import importers
from transactions.importers.base import NOTHING_PROVEN, Choices, Column, Reading, StatementError
from transactions.importers.overrules import ROLES
from transactions.importers.text import ENCODINGS
from transactions.tests.reading import amounts, days, read, remarks, sample
from transactions.tests.test_corpus import READ, SHARED

TWO_AMOUNTS = "Datum;Text;Betrag;Gebühr;Notiz\n01.03.2026;Café;-5,00;1,00;warm\n02.03.2026;Zug;-7,50;2,00;kalt\n"


def test_what_was_decided_is_said():
    reading = read(TWO_AMOUNTS).reading

    assert (reading.encoding, reading.delimiter, reading.decimal_mark) == ("utf-8", ";", ",")
    assert (reading.header_row, reading.header) == (1, ("Datum", "Text", "Betrag", "Gebühr", "Notiz"))
    assert (reading.date_order, reading.is_inverted, reading.app) == ("dmy", False, "")
    assert reading.columns == (
        Column("date", 0, "Datum"),
        Column("amount", 2, "Betrag"),
        Column("fee", 3, "Gebühr"),
        Column("text", 1, "Text"),
        Column("note", 4, "Notiz"),
    )


def test_without_a_header_the_columns_have_places_and_no_names():
    reading = read("2026-03-01,Tram,-3.20\n2026-03-02,Bus,-2.10\n").reading

    assert (reading.header_row, reading.header) == (None, ("", "", ""))
    assert [(column.role, column.place, column.name) for column in reading.columns] == [
        ("date", 0, ""),
        ("amount", 2, ""),
        ("text", 1, ""),
    ]


def test_another_column_is_the_amount():
    statement = read(TWO_AMOUNTS, columns={"amount": 3})

    assert amounts(statement) == ["1.00", "2.00"]
    assert statement.reading.place("amount") == 3


def test_one_column_for_both_ways_becomes_one_for_each():
    text = "Date,Text,In,Amount,Rest\n2026-03-01,Tram,,3.20,96.80\n2026-03-02,Pay,50.00,,146.80\n"

    assert amounts(read(text, columns={"debit": 3, "credit": 2})) == ["-3.20", "50.00"]


def test_an_unknown_table_is_read_by_the_members_columns():
    text = "Wann;Was;Eins;Zwei\n01.03.2026;Tram;3,20;4,40\n02.03.2026;Bus;2,10;1,10\n"

    with pytest.raises(StatementError, match="Several columns of this file hold amounts"):
        read(text)
    statement = read(text, columns={"amount": 2, "text": 1}, is_inverted=True)

    assert amounts(statement) == ["-3.20", "-2.10"]
    assert [line.description for line in statement.lines] == ["Tram", "Bus"]


def test_another_text_comes_first_and_a_second_one_beside_it():
    statement = read(TWO_AMOUNTS, columns={"text": 4, "note": 1})

    assert [(line.description, line.also) for line in statement.lines] == [("warm", ("Café",)), ("kalt", ("Zug",))]


def test_a_line_stays_the_same_line_however_its_file_is_read():
    found = read(TWO_AMOUNTS)
    overruled = read(TWO_AMOUNTS, columns={"text": 4, "category": 1, "fee": None, "date": 0}, header_row=1)

    assert [line.words for line in overruled.lines] == [line.words for line in found.lines] == ["Café warm", "Zug kalt"]


def test_a_category_and_an_account_are_named():
    statement = read(TWO_AMOUNTS, columns={"category": 4, "account": 1})

    assert [(line.category, line.account) for line in statement.lines] == [("warm", "Café"), ("kalt", "Zug")]


def test_another_day_counts():
    text = "Booked,Value date,Text,Amount\n2026-03-01,2026-03-31,Tram,-3.20\n"

    assert days(read(text, columns={"date": 1})) == ["2026-03-31"]


@pytest.mark.parametrize("is_inverted", [True, False])
def test_signs_are_turned_round_as_the_member_says(is_inverted):
    single = read("Date,Text,Amount\n2026-03-01,Tram,3.20\n2026-03-02,Pay,-9.00\n", is_inverted=is_inverted)
    pair = read("Date,Text,Debit,Credit\n2026-03-01,Tram,3.20,\n2026-03-02,Pay,,9.00\n", is_inverted=is_inverted)

    assert amounts(single) == (["-3.20", "9.00"] if is_inverted else ["3.20", "-9.00"])
    assert amounts(pair) == (["3.20", "-9.00"] if is_inverted else ["-3.20", "9.00"])
    assert single.reading.is_inverted is is_inverted


def test_a_balance_is_turned_with_the_amounts():
    statement = read("Date,Text,Amount,Balance\n2026-03-01,A,3.00,13.00\n2026-03-02,B,4.00,17.00\n", is_inverted=True)

    assert [line.balance for line in statement.lines] == [-13, -17]
    assert (statement.opening_balance, statement.closing_balance) == (-10, -17)


def test_the_decimal_mark_settles_a_doubt():
    text = "Date;Text;Amount\n2026-03-01;Tram;1.234\n"

    assert amounts(read(text)) == ["1234"]
    assert amounts(read(text, decimal_mark=".")) == ["1.234"]
    assert read(text, decimal_mark=".").problems == ()


def test_the_delimiter_is_the_members():
    text = "Date;Text;Amount\n2026-03-01;Tram, bus;-1.50\n"

    assert read(text, delimiter=";").delimiter == ";"
    with pytest.raises(StatementError, match="No line of this file has both a date and an amount"):
        read(text, delimiter="\t")


def test_the_encoding_is_the_members():
    content = "Datum;Text;Betrag\n01.03.2026;Půjčka;-4,20\n".encode("cp1250")

    assert read(content, encoding="windows-1250").lines[0].description == "Půjčka"
    assert read(content, encoding="iso-8859-2").encoding == "iso-8859-2"


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_on_offer_is_read_or_refused_in_words(name):
    content = "Datum;Text;Betrag\n01.03.2026;Café Über;-4,20\n".encode()

    assert encoding_or_refusal(content, name) in {name, f"This file is not written in the character set {name}."}


def encoding_or_refusal(content: bytes, name: str) -> str:
    try:
        statement = read(content, encoding=name)
    except StatementError as refusal:
        return str(refusal)
    assert amounts(statement) == ["-4.20"]
    return statement.reading.encoding


def test_the_header_is_where_the_member_says():
    text = "Date,Text,Amount\nDate,Payee,Amount\n2026-03-01,Tram,-3.20\n"
    statement = read(text, header_row=2)

    assert (statement.reading.header_row, statement.reading.header) == (2, ("Date", "Payee", "Amount"))
    assert statement.skipped == ()


def test_a_file_can_be_told_to_have_no_header():
    reading = read("Date,Text,Amount\n2026-03-01,Tram,-3.20\n", header_row=0).reading

    assert (reading.header_row, reading.place("amount")) == (None, 2)


def test_a_header_is_found_again_by_its_names_below_another_preamble():
    names = ("Wann", "Was", "Wieviel")
    text = "Bank\nKonto 1\n\nWann;Was;Wieviel\n01.03.2026;Tram;-3,20\n"

    assert read(text, header=names, columns={"date": 0, "amount": 2}).reading.header_row == 4


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"columns": {"amount": 9}}, "The file has no column 10."),
        ({"columns": {"amount": -1}}, "The file has no column 0."),
        ({"columns": {"colour": 1}}, "No column can be read as “colour”."),
        ({"columns": {"amount": 1}}, "The column “Text” holds no amounts."),
        ({"columns": {"credit": 1}}, "The column “Text” holds no amounts."),
        ({"columns": {"date": 2}}, "The column “Betrag” holds no dates."),
        ({"columns": {"date": None}}, "Choose the column that holds the dates."),
        ({"columns": {"amount": None}}, "Choose the column that holds the amounts."),
        ({"columns": {"amount": 2, "balance": 2}}, "The column “Betrag” cannot be two things at once."),
        ({"header_row": 99}, "The file has no line 99 that could name the columns."),
        ({"header_row": -1}, "The file has no line -1 that could name the columns."),
        ({"decimal_mark": "."}, "The amounts of this file cannot be read with “.” as their decimal mark."),
        ({"decimal_mark": "x"}, "The amounts of this file cannot be read with “x” as their decimal mark."),
        ({"delimiter": "a"}, "“a” does not separate columns; comma, semicolon, tab and | can."),
        ({"delimiter": "|"}, "No line of this file has both a date and an amount"),
        ({"encoding": "klingon"}, "This file is not written in the character set klingon."),
        ({"encoding": "utf-16-le"}, "This file is not written in the character set utf-16-le."),
        ({"date_order": "mdy", "columns": {"date": 0}}, None),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(choices, sentence):
    if sentence is None:
        assert days(read(TWO_AMOUNTS, **choices))[0] == "2026-01-03"
        return
    with pytest.raises(StatementError) as refusal:
        read(TWO_AMOUNTS, **choices)

    assert sentence in str(refusal.value)


def test_an_order_that_no_day_fits_is_refused():
    with pytest.raises(StatementError, match="in the order mdy"):
        read("Date,Text,Amount\n25.03.2026,Tram,-3.20\n", date_order="mdy")


def test_a_remembered_reading_reads_the_next_file_where_the_file_itself_would_leave_a_doubt():
    january = read("Date;Text;Amount;Fee\n13.01.2026;A;1.234,50;0,00\n", is_inverted=True)
    february = read(
        "Bank\nDate;Text;Amount;Fee\n02.03.2026;A;1.234;0\n",
        **{name: getattr(repeated(january.reading), name) for name in CHOICES},
    )

    assert (days(february), amounts(february)) == (["2026-03-02"], ["-1234"])
    assert (february.ambiguous, remarks(february)) == (False, [])


CHOICES = ("date_order", "encoding", "delimiter", "header_row", "header", "columns", "decimal_mark", "is_inverted")


TABLES = [name for name in READ if name.startswith(("csv/", "apps/")) and not name.endswith(".yfull")]


@pytest.mark.parametrize("name", TABLES)
def test_what_was_decided_reads_the_same_file_in_the_same_way(name):
    if not SHARED.exists():
        pytest.skip("The collection of real bank files (../shared/statements) is not beside the project.")
    content = (SHARED / name).read_bytes()
    found = importers.read(content, filename=name)

    again = importers.read(content, filename=name, choices=repeated(found.reading))

    assert again.lines == found.lines
    # What was chosen proves nothing.
    assert replace(again.reading, proven=NOTHING_PROVEN) == replace(found.reading, proven=NOTHING_PROVEN)


def test_days_without_a_year_take_it_from_the_statements_month():
    statement = sample("card_without_years.csv")

    assert days(statement) == ["2025-12-30", "2026-01-02", "2026-01-09"]
    assert (statement.date_order, statement.ambiguous) == ("ymd", False)


def test_days_without_a_year_are_no_days_where_nothing_names_one():
    assert read("Card\nDate,Text,Amount\n03/04,Tram,-3.20\n05/04,Bus,-1.10\n").lines == ()


def repeated(reading: Reading) -> Choices:
    """The choices that read the next file of this bank as this one was read.

    The line of the header is left open, since what stands before it changes from file to file, and so are the encoding
    of a file that has no letters to tell it by, and the order of days where there were none.
    """
    used = {column.role: column.place for column in reading.columns}
    return Choices(
        date_order=reading.date_order,
        encoding=None if reading.encoding == "ascii" else reading.encoding,
        delimiter=reading.delimiter,
        header_row=0 if reading.header_row is None else None,
        header=reading.header if reading.header_row is not None else (),
        columns={role: used.get(role) for role in ROLES},
        decimal_mark=reading.decimal_mark,
        is_inverted=reading.is_inverted,
    )
