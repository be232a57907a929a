"""Workbooks of LibreOffice. Sums are worked out by hand."""

import time
from datetime import date

import pytest

from transactions.importers import fronts, lengths, read
from transactions.importers.base import StatementError
from transactions.tests.open_documents import NAMES, row, sheet, texts, workbook
from transactions.tests.reading import amounts, days, problems, remarks, sample

HEADER = texts("Datum", "Empfänger", "Betrag")
SHOP = row(date(2026, 11, 3), "<text:p>Shop</text:p>", -12.5)


def refusal(content: bytes) -> str:
    with pytest.raises(StatementError) as raised:
        read(content, filename="bank.ods")
    return str(raised.value)


def test_days_amounts_and_texts_are_what_the_cells_say():
    statement = sample("ods/giro.ods")

    assert days(statement) == ["2026-11-02", "2026-11-03", "2026-11-03", "2026-11-05"]
    assert amounts(statement) == ["-1234.56", "2100", "-0.3", "-0.3"]
    assert [line.description for line in statement.lines][:3] == ["Bäckerei Öfferl", "Lohn & Söhne", "Kiosk"]
    assert statement.format == "ods"
    assert problems(statement) == []


def test_a_note_is_no_text_of_its_cell_and_breaks_and_spaces_are_spaces():
    note = "<office:annotation><text:p>private</text:p></office:annotation>"
    text = f"{note}<text:p>Corner<text:s/>shop<text:line-break/><text:span>West</text:span></text:p>"

    statement = read(workbook(sheet("A", HEADER, row(date(2026, 11, 3), text, -1.5))), filename="bank.ods")

    assert statement.lines[0].words == "Corner shop West"


def test_equal_rows_that_are_kept_as_one_are_as_many_lines():
    twice = SHOP.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="2">')

    statement = read(workbook(sheet("A", HEADER, twice, SHOP)), filename="bank.ods")

    assert [line.number for line in statement.lines] == [2, 3, 4]


def test_the_sheet_that_looks_most_like_a_statement_is_read():
    old = sheet("2025", HEADER, row(date(2025, 11, 3), "<text:p>Old</text:p>", -1.0))
    content = workbook(sheet("Notes", texts("Hello", "there")), sheet("2026", HEADER, SHOP, SHOP), old)

    statement = read(content, filename="bank.ods")

    assert amounts(statement) == ["-12.5", "-12.5"]
    assert "Only the sheet “2026” was read" in remarks(statement)[-1]


def test_rows_that_claim_to_be_there_too_often_are_refused_quickly():
    often = SHOP.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="999999999999">')
    wide = SHOP.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="9999" ')
    started = time.process_time()

    assert "more than 200000 lines" in refusal(workbook(sheet("A", HEADER, often)))
    assert "more than 200000 lines" in refusal(
        workbook(
            sheet(
                "A", HEADER, wide.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="99999">')
            )
        )
    )
    assert time.process_time() - started < 10


def test_a_row_of_too_many_elements_is_refused():
    assert "cannot be read to its end" in refusal(
        workbook(sheet("A", HEADER, row(date(2026, 11, 3), "<text:p/>" * 30_000, -1.5)))
    )


def test_a_password_another_document_and_a_damaged_one_are_refused_in_words():
    good = sheet("A", HEADER, SHOP)

    assert "protected with a password" in refusal(
        workbook(good, **{"META-INF/manifest.xml": "<a encryption-data=''/>"})
    )
    assert "Documents of this kind" in refusal(workbook(good, kind="application/vnd.oasis.opendocument.text"))
    assert "cannot be read to its end" in refusal(workbook(good.replace("</table:table-row>", "", 1)))
    assert "no sheet with cells" in refusal(workbook(sheet("A")))


def test_a_hidden_sheet_is_not_read_unless_all_are_hidden():
    old = sheet("Old", HEADER, SHOP, SHOP, SHOP).replace("<table:table ", '<table:table table:style-name="ta2" ')
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )

    both = read(workbook(old, sheet("New", HEADER, SHOP), styles=styles), filename="bank.ods")
    alone = read(workbook(old, styles=styles), filename="bank.ods")

    assert amounts(both) == ["-12.5"]
    assert remarks(both) == []
    assert amounts(alone) == ["-12.5"] * 3


def test_a_cell_that_is_no_day_or_number_costs_its_own_line_alone():
    content = workbook(
        sheet(
            "A",
            HEADER,
            SHOP,
            SHOP.replace("2026-11-03", "2026-13-03").replace("03.11.26", "soon"),
            SHOP.replace('"-12.5"', '""'),
            SHOP,
        )
    )

    statement = read(content, filename="bank.ods")

    assert [line.number for line in statement.lines] == [2, 4, 5]
    assert problems(statement) == ["Line 3: “soon” is not a date."]


def test_merged_cells_headings_percents_and_times_leave_the_table_as_it_is():
    title = (
        '<table:table-row><table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>Giro'
        '</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
    )
    percent = (
        '<table:table-cell office:value-type="percentage" office:value="0.05"><text:p>5%</text:p></table:table-cell>'
    )
    clock = (
        '<table:table-cell office:value-type="time" office:time-value="PT1H"><text:p>01:00</text:p></table:table-cell>'
    )
    names = texts("Datum", "Empfänger", "Betrag", "Satz", "Uhrzeit")
    payment = SHOP.replace("</table:table-row>", f"{percent}{clock}</table:table-row>")
    names = f"<table:table-header-rows>{names}</table:table-header-rows>"
    rows = f"<table:table-row-group>{payment}</table:table-row-group>"

    statement = read(workbook(sheet("A", title, names, rows)), filename="bank.ods")

    assert [(line.number, line.description, str(line.amount)) for line in statement.lines] == [(3, "Shop", "-12.5")]
    assert problems(statement) == []


def test_long_workbooks_are_counted_by_their_rows_and_shown_by_their_first():
    rows = [row(date(2026, 11, 3), f"<text:p>Shop {number}</text:p>", -1.5 - number) for number in range(3000)]
    long = workbook(sheet("A", HEADER, *rows))

    front = fronts.of(long, filename="bank.ods", size=6000)

    assert lengths.of(long, filename="bank.ods") == 3002
    assert len(front) < 6500
    shown = read(front, filename="bank.ods").lines
    assert 10 < len(shown) < 50
    assert shown == read(long, filename="bank.ods").lines[: len(shown)]


def test_the_front_of_a_long_workbook_has_the_first_rows_of_each_sheet():
    rows = [row(date(2026, 11, 3), f"<text:p>Shop {number}</text:p>", -1.5 - number) for number in range(500)]
    grouped = f"<table:table-row-group><table:table-rows>{''.join(rows)}</table:table-rows></table:table-row-group>"
    notes = sheet("Notes", *[texts("Hello", "there")] * 500)
    long = workbook(notes, sheet("Giro", HEADER, grouped), sheet("More notes", texts("Hello")))

    front = fronts.of(long, filename="bank.ods", size=6000)

    assert len(front) < 15_000
    shown = read(front, filename="bank.ods").lines
    assert 10 < len(shown) < 50
    assert shown == read(long, filename="bank.ods").lines[: len(shown)]


def flat(*sheets: str) -> bytes:
    """A workbook that LibreOffice saved as one text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document{NAMES} office:mimetype="application/vnd.oasis'
        f'.opendocument.spreadsheet"><office:meta/><office:automatic-styles/><office:body><office:spreadsheet>'
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document>"
    ).encode()


def test_a_workbook_that_is_one_text_is_read_as_others_are():
    book = flat(sheet("Notes", texts("A", "B")), sheet("Giro", HEADER, SHOP, SHOP))

    statement = read(book, filename="bank.fods")

    assert (statement.format, amounts(statement), days(statement)) == ("ods", ["-12.5"] * 2, ["2026-11-03"] * 2)
    assert statement.lines[0].description == "Shop"


def test_a_long_workbook_that_is_one_text_shows_its_first_rows():
    book = flat(sheet("Giro", HEADER, *[SHOP] * 500))

    front = fronts.of(book, filename="bank.fods", size=10_000)

    assert lengths.of(book, filename="bank.fods") == 502
    assert 10 < len(read(front, filename="bank.fods").lines) < 100


@pytest.mark.parametrize("broken", [flat("<table:table>" * 200), flat(sheet("A", HEADER))[:900], flat("<a></b>")])
def test_a_broken_workbook_that_is_one_text_is_refused(broken):
    with pytest.raises(StatementError, match=r"cannot be read to its end|no sheet"):
        read(broken, filename="bank.fods")


def test_cells_of_money_say_their_currency():
    rows = [row(date(2026, 11, 3), "<text:p>Shop</text:p>", amount) for amount in (-12.5, 3.0)]
    book = workbook(sheet("A", HEADER, rows[0], rows[1].replace("EUR", "CHF")))

    assert [line.currency for line in read(book, filename="bank.ods").lines] == ["EUR", "CHF"]
    assert amounts(read(book, filename="bank.ods")) == ["-12.5", "3"]
