"""What is no statement is refused in words that say what it is, and what to do."""

import io
import zipfile
from datetime import date

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import problems, read


def zipped(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return written.getvalue()


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
        (b"%PDF-1.7\n", "Look on the bank's page for a download as CSV, OFX, QIF, CAMT or Excel."),
        (b"\0\0\0\x18ftypheic\0\0\0\0" + b"\0" * 40, "This is a photo (HEIC), not a statement."),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40, "This is a picture (WebP), not a statement."),
        (b"II*\0\x08\0\0\0" + b"\0" * 40, "This is a picture (TIFF), not a statement."),
        (b"ID3\x03\0\0\0" + b"\0" * 40, "This is a sound (MP3), not a statement."),
        (b"{\\rtf1\\ansi Hello}", "This is a text document (RTF), not a statement."),
        (b"\x1f\x8b\x08\0", "This is a compressed file (GZIP), not a statement. Unpack it"),
        (b"Rar!\x1a\x07", "This is an archive (RAR), not a statement. Unpack it"),
        (b"SQLite format 3\0", "This is a database, not a statement. Open it in its program, choose “Export”"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "This is a list of contacts, not a statement."),
        (b"BEGIN:VCALENDAR\n", "This is a calendar, not a statement."),
        (
            b"From: bank@example.org\nMIME-Version: 1.0\n\nHi",
            "This is an e-mail, not a statement. Save what is attached",
        ),
        (zipped("word/document.xml", "[Content_Types].xml"), "This is a Word document, not a statement."),
        (zipped("Index/Document.iwa", "preview.jpg"), "This is a document of Numbers or Pages, not a statement."),
        (zipped("a.jpg", "b.png"), "Unpack it, and choose the statement that is in it."),
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


def test_lines_above_a_statement_that_look_like_a_mail_are_none():
    statement = read("From: 01/03/2026\nTo: 31/03/2026\n\nDate,Payee,Amount\n2026-03-01,Tram,-3.20\n")

    assert [line.description for line in statement.lines] == ["Tram"]


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
