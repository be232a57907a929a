import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from transactions.importers import number_formats, workbook
from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped

MARCH = [datetime.date(2026, 3, day) for day in range(1, 32)]


def written(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def forged(content: bytes, name: str, change) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, change(text) if member == name else text)
    return packed.getvalue()


def test_the_sheet_that_is_a_statement_is_read_cell_by_cell():
    statement = sample("xlsx/mixed_cells.xlsx")

    assert [(line.number, line.description) for line in statement.lines] == [
        (4, "Café Müller"),
        (5, "Salary"),
        (6, "Rent"),
        (7, "Tram"),
    ]
    assert [line.amount for line in statement.lines] == [Decimal(text) for text in ("-4.2", "1000.1", "-600", "-3")]
    assert days(statement) == ["2026-03-02", "2026-03-25", "2026-03-26", "2026-03-27"]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("100"), Decimal("492.9"))
    assert skipped(statement) == [(9, "Not a transaction.")]


def test_how_it_was_read_can_be_seen_and_overruled():
    statement = sample("xlsx/mixed_cells.xlsx")

    assert statement.format == "xlsx"
    assert [(column.role, column.name) for column in statement.reading.columns] == [
        ("date", "Date"),
        ("amount", "Amount"),
        ("balance", "Balance"),
        ("text", "Payee"),
    ]
    assert amounts(sample("xlsx/mixed_cells.xlsx", is_inverted=True))[0] == "4.2"


def test_numbers_are_what_the_spreadsheet_shows():
    statement = read(
        written(["Date", "Text", "Amount"], [MARCH[0], "a", 0.1 + 0.2], [MARCH[1], "b", -1e15], [MARCH[2], "c", 1.234])
    )

    assert amounts(statement) == ["0.3", "-1000000000000000", "1.234"]


def test_days_that_stayed_texts_decide_how_they_are_written():
    rows = [[MARCH[1], "a", 1], ["13/03/2026", "b", 2], ["04/03/2026", "c", 3]]

    assert days(read(written(["Date", "Text", "Amount"], *rows), hint_order="mdy")) == [
        "2026-03-02",
        "2026-03-13",
        "2026-03-04",
    ]


def test_groups_in_odd_places_are_groups_where_two_decimals_follow():
    statement = read(written(["Date", "Text", "Amount"], [MARCH[0], "a", "1,00.00"], [MARCH[1], "b", 250]))

    assert amounts(statement) == ["100.00", "250"]


def test_a_broken_row_is_named_and_stops_no_other():
    statement = read(written(["Date", "Text", "Amount"], [MARCH[0], "a", "12x"], ["soon", "b", 2], [MARCH[1], "c", 3]))

    assert problems(statement) == ["Line 2: “12x” is not an amount.", "Line 3: “soon” is not a date."]
    assert amounts(statement) == ["3"]


def test_a_size_that_a_sheet_claims_is_not_believed():
    content = written(["Date", "Text", "Amount"], [MARCH[0], "a", 1])
    sheet = "xl/worksheets/sheet1.xml"
    too_small = forged(content, sheet, lambda text: text.replace(b'ref="A1:C2"', b'ref="A1:A1"'))
    too_large = forged(content, sheet, lambda text: text.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))

    assert amounts(read(too_small)) == amounts(read(too_large)) == ["1"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace(b'r="2"', b'r="99999999"', 1), "more than 200000 lines"),
        (lambda text: text.replace(b"<v>1</v>", b"<v>x</v>"), "broken"),
        (lambda text: text[:200], "broken"),
        (lambda text: b'<!DOCTYPE x [<!ENTITY a "a">]>' + text, "broken"),
    ],
)
def test_forged_and_damaged_sheets_are_refused_in_words(change, sentence):
    content = written(["Date", "Text", "Amount"], [MARCH[0], "a", 1])

    with pytest.raises(StatementError) as refusal:
        read(forged(content, "xl/worksheets/sheet1.xml", change))

    assert sentence in str(refusal.value)


def test_an_endless_cell_costs_its_line_and_is_said():
    rows = [[MARCH[0], "x" * (workbook.LONGEST_CELL + 1), 1], [MARCH[1], "x" * workbook.LONGEST_CELL, 2]]

    statement = read(written(["Date", "Text", "Amount"], *rows))

    assert amounts(statement) == ["2"]
    assert problems(statement) == [
        "Line 2: A cell of this line has more than 10000 characters, so the line was not read."
    ]


def test_an_empty_workbook_is_refused_in_words():
    with pytest.raises(StatementError, match="no sheet with cells"):
        read(written())


def test_what_a_workbook_does_not_have_cannot_be_chosen():
    content = written(["Date", "Text", "Amount"], [MARCH[0], "a", 1])

    with pytest.raises(StatementError, match="neither a character set nor a separator"):
        read(content, delimiter=";")


def test_of_several_sheets_a_hidden_one_is_never_read():
    book = openpyxl.Workbook()
    book.active.append(["Date", "Text", "Amount"])
    book.active.append([MARCH[0], "shown", 1])
    hidden = book.create_sheet()
    hidden.sheet_state = "hidden"
    for day in MARCH:
        hidden.append([day, "hidden", 2])
    packed = io.BytesIO()
    book.save(packed)

    assert amounts(read(packed.getvalue())) == ["1"]


def test_the_member_may_choose_the_decimal_mark():
    content = written(["Date", "Text", "Amount"], [MARCH[0], "a", "1.234"], [MARCH[1], "b", 2.5])

    assert amounts(read(content, decimal_mark=".")) == ["1.234", "2.5"]
    assert amounts(read(content, decimal_mark=",")) == ["1234", "2.5"]


def test_texts_in_odd_cells_are_texts():
    content = written(["Date", "Text", "Amount", "Flag"], [MARCH[0], datetime.time(9, 30), 1, True])

    assert read(content).lines[0].words == "09:30:00"


def test_amounts_that_are_texts_throughout_are_read_in_their_own_format():
    rows = [["01.03.2026", "a", "-1.234,50", "98.765,50"], ["02.03.2026", "b", "20,00", "98.785,50"]]

    statement = read(written(*[["Konto", "Zeile", "Inhaber"]] * 9, ["Datum", "Text", "Betrag", "Saldo"], *rows))

    assert amounts(statement) == ["-1234.50", "20.00"]
    assert statement.lines[1].balance == Decimal("98785.50")


def test_amounts_that_are_texts_are_read_beside_days_and_balances_that_are_none():
    rows = [[MARCH[0], "a", "-1.234,50", 98765.5], [MARCH[1], "b", "20,00", 98785.5]]

    statement = read(written(["Datum", "Text", "Betrag", "Saldo"], *rows))

    assert amounts(statement) == ["-1234.50", "20.00"]
    assert [line.balance for line in statement.lines] == [Decimal("98765.5"), Decimal("98785.5")]


def test_texts_of_another_kind_do_not_touch_numbers():
    rows = [[MARCH[0], "1.234,5", "a", -1.234], [MARCH[1], "1,234.5", "b", 2]]

    assert amounts(read(written(["Date", "Rate", "Text", "Amount"], *rows))) == ["-1.234", "2"]


def test_days_without_a_format_are_days_where_the_column_says_so():
    rows = [[46086, 46087, "a", -4.5], [46113.75, 46113, "b", 46086], ["Total", None, None, 46081.5]]

    statement = read(written(["Date", "Value date", "Text", "Amount"], *rows))

    assert days(statement) == ["2026-03-05", "2026-04-01"]
    assert amounts(statement) == ["-4.5", "46086"]


@pytest.mark.parametrize("other", [20260301, MARCH[1], "02.03.2026", 7, -46086, 1e300])
def test_numbers_beside_days_of_another_kind_are_no_days(other):
    with_serial = written(["Date", "Text", "Amount"], [46086, "a", -4.5], [other, "b", 3], [MARCH[4], "c", 1])

    assert "2026-03-05" not in days(read(with_serial))[:-1]


def test_numbers_in_a_column_of_another_name_stay_numbers():
    statement = read(written(["Date", "Reference", "Text", "Amount"], [MARCH[0], 46086, "a", -4.5]))

    assert "46086" in statement.lines[0].words


def test_amounts_that_are_texts_and_prove_no_mark_are_said_to_be_guessed():
    statement = read(written(["Date", "Text", "Amount"], [MARCH[0], "a", "-1.234"]))

    assert amounts(statement) == ["-1234"]
    assert problems(statement) == ["Nothing in the file tells thousands from decimals: “-1.234” was read as 1234."]


def test_other_sheets_that_look_like_statements_are_named():
    book = openpyxl.Workbook()
    for title, rows in (
        ("About", [["Made for", "Alice"]]),
        ("March", [["Date", "Text", "Amount"], [MARCH[1], "Tram", -3], [MARCH[2], "Tram", -3]]),
        ("April", [["Date", "Text", "Amount"], [datetime.date(2026, 4, 1), "Tram", -3]]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)

    statement = read(packed.getvalue())

    assert days(statement) == ["2026-03-02", "2026-03-03"]
    assert remarks(statement) == [
        "Only the sheet “March” was read; others look like statements, too: “April”. Save each of them as a file of its"
        " own and import it."
    ]


def money(*formats: str, header: tuple[str, ...] = ("Date", "Payee", "Amount", "Reference")) -> bytes:
    """A workbook of a row for each of these formats of its amount and its reference."""
    book = openpyxl.Workbook()
    book.active.append(header)
    for number, form in enumerate(formats, 2):
        book.active.append([MARCH[number], "Shop", -1234.5, 4_000_000 + number])
        for column in "CD":
            book.active[f"{column}{number}"].number_format = form
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_the_format_of_an_amount_says_its_currency():
    statement = read(money("#,##0.00 [$€-407]", '#,##0.00\\ "€"'))

    assert (amounts(statement), statement.currency) == (["-1234.5", "-1234.5"], "EUR")
    assert {line.currency for line in statement.lines} == {"EUR"}


def test_a_number_that_is_no_money_keeps_its_words_whatever_its_format():
    plain, shown = read(money("0")), read(money("[$₹-4009]0.00"))

    assert plain.lines[0].words == shown.lines[0].words == "Shop 4000002"
    assert (plain.currency, shown.currency) == (None, "INR")


def test_amounts_of_several_currencies_have_each_its_own():
    statement = read(money('"USD" 0.00', "[$CHF-807] 0.00", "0.00"))

    assert [line.currency for line in statement.lines] == ["USD", "CHF", None]


def test_what_the_header_says_counts_before_formats():
    statement = read(money("0.00 [$€-407]", header=("Date", "Payee", "Amount (USD)", "Reference")))

    assert statement.currency == "USD"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("#,##0.00 [$€-407]", "EUR"),
        ('_-* #,##0.00 "zł"_-', "PLN"),
        ("€#,##0.00", "EUR"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-1009]#,##0.00", "CAD"),
        ("[$kr-41D] 0", "SEK"),
        ("[$-409]d-mmm-yy", None),
        ('"$"#,##0.00', None),
        ("[$USD] 0;[Red]-[$EUR] 0", None),
        ('yyyy"年"m"月"', None),
        ("0.00E+00", None),
        ("General", None),
    ],
)
def test_a_format_shows_one_currency_or_none(form, code):
    assert number_formats.currency(form) == code


def test_a_sheet_that_calls_itself_the_workbook_is_not_kept_whole():
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + main + b'"/>'
    book = forged(
        written(["Date", "Payee", "Amount"], ["2026-03-02", "Shop", -1]),
        "[Content_Types].xml",
        lambda text: text.replace(b"<Override", types + b"<Override", 1),
    )

    with pytest.raises(StatementError, match="cannot be read to its end"):
        read(book)


def test_a_sheet_that_calls_itself_a_chart_is_not_read():
    book = forged(
        written(["Date", "Payee", "Amount"], ["2026-03-02", "Shop", -1]),
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace(b"relationships/worksheet", b"relationships/chartsheet"),
    )

    with pytest.raises(StatementError, match="no sheet with cells"):
        read(book)
