"""Tables of web pages and of Excel's old XML, under whatever name."""

from decimal import Decimal

import pytest

from transactions.importers import fronts, lengths
from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, problems, read, sample, skipped

PAGE = (
    "<table><tr><th>Date<th>Text<th>Amount</tr><tr><td>2026-03-02<td>Tram<td>-5.00</tr>"
    "<tr><td>2026-03-03<td>Kiosk<td>-2.00</tr></table>"
)


def test_the_table_of_a_page_is_read_like_any_other():
    statement = sample("xls/table_of_a_page.xls")

    assert [(line.description, str(line.amount), str(line.balance)) for line in statement.lines] == [
        ("Café Müller & Söhne Berlin", "-1234.50", "765.50"),
        ("Lohn", "2000.00", "2765.50"),
        ("Miete", "-600.00", "2165.50"),
    ]
    assert days(statement) == ["2026-03-02", "2026-03-25", "2026-03-26"]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("2000.00"), Decimal("2165.50"))
    assert (problems(statement), [text for _line, text in skipped(statement)]) == ([], ["Not a transaction."])
    assert (statement.format, statement.encoding) == ("xls", "ascii")


def test_the_old_xml_of_excel_is_read_with_its_gaps():
    statement = sample("xls/old_xml.xls")

    assert [(line.description, str(line.amount)) for line in statement.lines] == [
        ("Tram <1>", "-5.2"),
        ("Pay", "1000"),
        ("Back", "3"),
    ]
    assert days(statement) == ["2026-03-02", "2026-03-25", "2026-03-26"]


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.upper(),
        f"<!DOCTYPE html><html><body>{PAGE}</body></html>",
        f"<meta charset=utf-8>{PAGE}",
        f"<html><body><!-- İİİ <tr> --><p>Welcome{PAGE}",
        f"<?xml version='1.0'?><html xmlns='x'>{PAGE}</html>",
        PAGE.replace("</tr>", ""),
        PAGE.replace("<td>", "</td><td class='a'>").replace("Tram", "<b>Tram</b>"),
        PAGE.replace("</tr><tr>", "</tr></table><table><tr>"),
    ],
)
def test_a_page_may_be_written_in_many_ways(page):
    statement = read(page)

    assert (amounts(statement), days(statement)) == (["-5.00", "-2.00"], ["2026-03-02", "2026-03-03"])
    assert problems(statement) == []


def test_the_set_that_a_page_names_counts_where_its_letters_do_not_tell():
    page = f"<meta charset='windows-1254'>{PAGE}".replace("Tram", "Ağaç İş")

    statement = read(page.encode("windows-1254"))

    assert (statement.lines[0].description, statement.encoding) == ("Ağaç İş", "windows-1254")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><table><tr><td>User<td><input></tr></table></body></html>",
        "<html><script>var a = '<tr><td>2026-03-02<td>-5.00</tr>'</script></html>",
        "<html><!-- <tr><td>2026-03-02<td>-5.00</tr> --></html>",
        "<html>",
    ],
)
def test_a_page_without_a_statement_is_told_as_one(page):
    with pytest.raises(StatementError, match="This is a web page, not a statement"):
        read(page)


def test_an_endless_cell_costs_its_line_and_is_said():
    statement = read(PAGE.replace("Tram", "x" * 10_001))

    assert amounts(statement) == ["-2.00"]
    assert problems(statement) == [
        "Line 2: A cell of this line has more than 10000 characters, so the line was not read."
    ]


def test_a_separator_cannot_be_chosen_for_a_page():
    with pytest.raises(StatementError, match="no separator of columns"):
        read(PAGE, delimiter=";")


def test_the_front_of_a_long_page_is_its_first_rows():
    row = "<tr><td>2026-03-02<td>Tram<td>-5.00</tr>"
    page = PAGE.replace("</table>", row * 3000 + "</table>").encode()

    front = fronts.of(page, filename="bank.xls", size=2000)

    assert lengths.of(page, filename="bank.xls") == 3003
    assert 20 < len(amounts(read(front))) < 60
