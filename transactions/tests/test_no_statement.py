from datetime import date

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import problems, read


def test_a_file_without_transactions_was_read_all_the_same():
    statement = read("BANK EXPORT;;;\nRekening;Datum;Bedrag;\n")

    assert statement.lines == ()
    assert problems(statement) == ["The file was read; it holds no transactions."]
    assert statement.date_order is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\xff\xfe", "The file is empty."),
        (b" \r\n\t \n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "This is a picture (PNG), not a statement."),
        (b"PK\x03\x04" + b"\0" * 40, "This ZIP archive or spreadsheet is broken"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40, "This ZIP archive or spreadsheet is broken"),
        (b"%PDF-1.7\n", "This is a PDF document, not a statement."),
        (b"\x00\x01\x02\x03" * 40, "This file is not text."),
        (b"Dear bank,\nplease send my statement.\n", "No line of this file has both a date and an amount"),
        (b"<html><body>Please log in</body></html>", "This is a web page, not a statement"),
        (b"<!doctype HTML>\n<html lang='en'>", "This is a web page, not a statement"),
        (b"\n\nOFXHEADER:100\nDATA:OFXSGML\n", "This is an OFX file, but it contains no statement"),
        (b"!Type:Bank\n^\n", "This is a QIF file, but it contains no transactions"),
        (b'<?xml version="1.0"?>\n<Document></Document>', "This XML file is not a statement of ISO 20022"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(content, sentence):
    with pytest.raises(StatementError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


def test_a_file_over_the_limit_is_refused_in_words():
    with pytest.raises(StatementError, match="larger than 10 MB"):
        read(b"x" * (50 * 1024 * 1024))


def test_a_file_of_too_many_lines_is_refused_in_words():
    with pytest.raises(StatementError, match="more than 200000 lines"):
        read("a,b\n" * 200_001)


def test_a_statement_error_names_its_line():
    error = StatementError("'12,3x' is not an amount", line=14)

    assert str(error) == "Line 14: '12,3x' is not an amount"
    assert (error.line, str(error.problem)) == (14, "'12,3x' is not an amount")


def test_the_text_of_a_line_is_kept_exactly():
    statement = read('Date,Payee,Amount\r\n2026-03-01,"Tram  ""7""", -3.20 \r\n')

    assert statement.lines[0].raw == '2026-03-01,"Tram  ""7""", -3.20 '
    assert statement.lines[0].date == date(2026, 3, 1)
