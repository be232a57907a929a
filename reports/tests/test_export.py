"""The export page and its files: what was shown is what is written, and nothing of it runs."""

import csv
import io
import os
import subprocess
import sys
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import Job
from batua.local.packages import Need
from reports import export_form, export_preview
from transactions.tests.factories import make_category, make_transaction, make_wallet

PAGE, FILE = "/export/", "/export/download/"


@pytest.fixture
def books(household):
    make_transaction(household, "250", on=date(2026, 11, 3), note="Tea", comment="with milk")
    make_transaction(household, "-20.50", on=date(2026, 11, 4), note="=1+1")
    make_transaction(household, "90000", kind="income", category="Salary", on=date(2026, 11, 1), note="Pay day")
    savings = make_wallet(household, "Savings")
    make_transaction(household, "400", kind="transfer", to_wallet=savings, on=date(2026, 11, 5))
    make_transaction(household, "7", on=date(2026, 10, 31), note="Last month")
    return household


def content(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(response).decode("utf-8-sig"), newline="")))


def text_of(response) -> str:
    pages = PdfReader(io.BytesIO(content(response))).pages
    return "\n".join(page.extract_text() for page in pages)


def test_the_page_says_what_will_be_written(as_alice, books):
    page = as_alice.get(PAGE)

    preview = page.context["preview"]
    assert (preview.file_name, preview.entries) == ("alices-household_2026-11_2026-11-25.csv", "4 entries")
    assert [row[5].text for row in preview.rows] == ["Pay day", "Tea", "'=1+1", ""]
    assert "90,000" in preview.income
    assert "229" in preview.spending
    assert "'=1+1" in page.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(
    "query", [{}, {"period": "all-time"}, {"kind": "expense"}, {"text": "tea"}, {"period": "2026-10"}]
)
def test_the_file_is_what_the_preview_shows(as_alice, books, query):
    preview = as_alice.get(PAGE, query).context["preview"]
    link = as_alice.get(PAGE, query).context["download_url"]

    head, *rows = rows_of(as_alice.get(link))
    assert [[cell.text for cell in row] for row in preview.rows] == rows
    assert [cell.text for cell in preview.head] == head


def test_only_the_first_rows_are_shown_and_the_rest_is_counted(as_alice, household):
    for number in range(12):
        make_transaction(household, number + 1)

    preview = as_alice.get(PAGE).context["preview"]
    assert (len(preview.rows), preview.not_shown) == (10, "and 2 more")


def test_nothing_to_write_is_said(as_alice, household):
    page = as_alice.get(PAGE)

    assert "No entry fits this period" in page.content.decode()
    assert rows_of(as_alice.get(FILE)) == [list(export_preview.ledger.HEAD)]


def test_the_file_is_named_for_people_of_every_script(as_alice, books):
    books.name = "चाय/../Haus\r\nX"
    books.save()

    header = as_alice.get(FILE, {"period": "last-3-months"})["Content-Disposition"]
    name = "haus-x_2026-09_2026-11_2026-11-25.csv"
    assert header.startswith(f"attachment; filename=\"{name}\"; filename*=UTF-8''%E0%A4%9A")
    assert header.endswith(name)
    assert header.isascii()
    assert "\n" not in header


@pytest.mark.parametrize(("query", "begins"), [({"bom": "on"}, b"\xef\xbb\xbfdate,kind"), ({}, b"date,kind")])
def test_the_mark_for_spreadsheets_is_a_choice(as_alice, books, query, begins):
    response = as_alice.get(FILE, query)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert content(response).startswith(begins)


def test_csv_comes_in_pieces_of_which_the_first_is_the_head(as_alice, books):
    pieces = iter(as_alice.get(FILE).streaming_content)

    assert next(pieces).startswith(b"date,kind,amount")
    assert b"".join(pieces).count(b"\r\n") == 4


def test_a_csv_of_everything_begins_before_any_entry_or_name_is_read(as_alice, books):
    as_alice.get(FILE, {"period": "all-time"})

    with CaptureQueriesContext(connection) as asked:
        pieces = iter(as_alice.get(FILE, {"period": "all-time"}).streaming_content)
        head = next(pieces)

    assert head.startswith(b"date,kind")
    assert not [query["sql"] for query in asked if '"transactions_' in query["sql"]]
    assert any("accounts_securityevent" in query["sql"] for query in asked)


def test_an_excel_file_has_numbers_days_and_texts(as_alice, books):
    sheet = load_workbook(io.BytesIO(content(as_alice.get(FILE, {"format": "xlsx"})))).active

    assert sheet.freeze_panes == "A2"
    assert sheet["A3"].value == datetime(2026, 11, 3)  # noqa: DTZ001 -- Excel knows no zones
    assert [sheet[f"C{row}"].value for row in range(2, 6)] == [90000, 250, -20.5, 400]
    assert sheet["C2"].data_type == "n"
    assert (sheet["F4"].value, sheet["F4"].data_type) == ("=1+1", "s")
    assert sheet["I5"].value == "Savings"


def test_a_control_character_does_not_break_excel(as_alice, household):
    make_transaction(household, "5", note="a\x08b")

    sheet = load_workbook(io.BytesIO(content(as_alice.get(FILE, {"format": "xlsx"})))).active
    assert sheet["F2"].value == "ab"


def test_a_pdf_prints_strip_lines_categories_and_pages(as_alice, books):
    response = as_alice.get(FILE, {"format": "pdf"})

    assert response["Content-Type"] == "application/pdf"
    text = text_of(response)
    for words in ("November 2026", "Alice's household", "₹90,000.00", "₹229.50", "₹89,770.50", "−₹250.00", "+₹20.50",
                  "with milk", "Cash → Savings", "Categories", "Salary", "Cash flow by day", "1 / 1"):  # fmt: skip
        assert words in text
    assert "Last month" not in text

    reader = PdfReader(io.BytesIO(content(response)))
    assert reader.metadata.title == "Alice's household · November 2026"
    [_period, inner] = reader.outline
    assert [each.title for each in inner] == ["Entries", "Categories", "Cash flow by day"]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_pdf_has_a_letter_for_each_of_every_script(as_alice, household):
    for note in ["₹5 čaj", "चाय", "தேநீர்", "お茶", "شاي", "🎉"]:
        make_transaction(household, "5", note=note)

    reader = PdfReader(io.BytesIO(content(as_alice.get(FILE, {"format": "pdf"}))))
    fonts = " ".join(
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    )
    for script in ("Noto-Sans", "Devanagari", "Tamil", "CJK", "Arabic", "Emoji"):
        assert script in fonts


def test_a_control_character_does_not_break_a_pdf(as_alice, household):
    make_transaction(household, "5", note="a\x08b", comment="& <more>")

    assert "November 2026" in text_of(as_alice.get(FILE, {"format": "pdf"}))


def test_hostile_text_is_text_and_fetches_nothing(as_alice, household):
    note = '<img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd"><script>1</script>'
    make_transaction(household, "5", note=note, category=make_category(household, "</style><b>"))

    made = content(as_alice.get(FILE, {"format": "pdf"}))
    reader = PdfReader(io.BytesIO(made))
    assert "<script>1</script>" in "".join(reader.pages[0].extract_text().split())
    assert not reader.attachments
    assert b"root:" not in made


def test_more_than_a_pdf_holds_is_said_and_csv_offered(as_alice, books, monkeypatch):
    small = export_form.Format("pdf", "PDF", "", "file-check", "application/pdf", most=3, at_once=2)
    monkeypatch.setitem(export_form.FORMATS, "pdf", small)

    page, file = (as_alice.get(path, {"format": "pdf"}) for path in (PAGE, FILE))
    job = as_alice.post("/export/prepare/?format=pdf")
    sentence = "PDF holds up to 3 entries, and these are 4. Choose fewer, or take CSV, which holds all."
    assert page.context["preview"].problem == sentence
    assert "format=csv" in page.context["preview"].instead
    assert file.status_code == 400
    assert sentence in file.content.decode()
    assert (job.status_code, Job.objects.count()) == (400, 0)


def test_a_missing_pango_is_named(as_alice, books, monkeypatch):
    monkeypatch.setattr(export_preview, "PANGO", Need(("libpango-1.0-0",), "", lambda: False))

    page, file = (as_alice.get(path, {"format": "pdf"}) for path in (PAGE, FILE))
    job = as_alice.post("/export/prepare/?format=pdf")
    assert "install libpango-1.0-0" in page.context["preview"].problem
    assert "install libpango-1.0-0" in page.content.decode()
    assert (file.status_code, job.status_code) == (400, 400)


@pytest.mark.parametrize(
    "query",
    [{"period": "1e9"}, {"period": "2026-13"}, {"period": "custom", "from": "2026-11-20", "to": "2026-11-03"},
     {"format": "exe"}, {"kind": "loan"}, {"category": "999999"}, {"wallet": "x"}],
)  # fmt: skip
@pytest.mark.parametrize("path", [PAGE, FILE])
def test_what_is_not_there_is_refused_and_never_widened(as_alice, books, path, query):
    assert as_alice.get(path, query).status_code == 400


def test_bob_gets_nothing_of_alices_and_cannot_ask_for_her_category(as_bob, books):
    category = make_category(books, "Alice's own").pk

    assert rows_of(as_bob.get(FILE, {"period": "all-time"}))[1:] == []
    assert "Tea" not in as_bob.get(PAGE, {"period": "all-time"}).content.decode()
    assert as_bob.get(FILE, {"category": category}).status_code == 400


def test_a_viewer_may_take_it_out(as_viewer, books):
    assert len(rows_of(as_viewer.get(FILE))) == 5


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_as_often_for_many_as_for_few(
    as_alice, household, number, file_format, django_assert_max_num_queries
):
    for each in range(number):
        make_transaction(household, each + 1)
    as_alice.get(PAGE)

    with django_assert_max_num_queries(9):
        as_alice.get(PAGE, {"format": file_format})


def test_weasyprint_is_imported_only_for_a_pdf():
    program = "import django, sys; django.setup(); import batua.urls; print(*{'weasyprint', 'pypdf'} & {*sys.modules})"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "batua.settings"}

    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
