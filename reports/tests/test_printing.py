"""A long PDF: cut into pieces, drawn in the background, joined; watched, stopped, and nobody else's."""

import io
import os
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from pypdf import PdfReader

from accounts import jobs
from accounts.models import Job
from batua import periods
from reports import drawing, export_form, pdf, printing, sheet
from reports.reader import Reader
from transactions import ledger
from transactions.ledger import ExportLine
from transactions.tests.factories import make_category, make_transaction

PREPARE = "/export/prepare/"


def lines_on(*days: date) -> list[ExportLine]:
    return [ExportLine(day, "expense", 1, "INR", "Tea", "", "", "Cash", "", "", UUID(int=0)) for day in days]


def sizes(monkeypatch, *days: date, rows: int = 10, month_start: int = 1, sums: int = 0) -> list[int]:
    monkeypatch.setattr(printing, "ROWS", rows)
    monkeypatch.setattr(printing, "PROGRAMS", 2)
    monkeypatch.setattr(printing, "SUMS", sums)
    return [len(piece) for piece in printing.cut(lines_on(*days), len(days), month_start=month_start)]


def test_pieces_are_as_many_for_each_program_and_alike(monkeypatch):
    same = [date(2026, 11, 3)] * 45

    # 45 lines at 10 a piece and two programs: six pieces, three for each.
    assert sizes(monkeypatch, *same) == [7, 7, 7, 8, 8, 8]
    assert sizes(monkeypatch, *same[:1]) == [0, 1]


def test_the_last_piece_is_shorter_for_it_has_the_sums(monkeypatch):
    assert sizes(monkeypatch, *[date(2026, 11, 3)] * 45, rows=25, sums=5) == [25, 20]


@pytest.mark.parametrize(("month_start", "first"), [(1, 48), (15, 52)])
def test_a_piece_ends_with_a_month_where_one_is_near(monkeypatch, month_start, first):
    days = [date(2026, 10, 14)] * 40 + [date(2026, 10, 31)] * 8 + [date(2026, 11, 3)] * 4 + [date(2026, 11, 15)] * 48

    assert sizes(monkeypatch, *days, rows=50, month_start=month_start) == [first, 100 - first]


def test_a_piece_ends_with_a_day_where_no_month_is_near(monkeypatch):
    days = [date(2026, 11, 3)] * 47 + [date(2026, 11, 4)] * 53

    assert sizes(monkeypatch, *days, rows=50) == [47, 53]


@pytest.fixture
def small(monkeypatch):
    """PDFs of more than three lines are long, and a piece has five."""
    kind = export_form.Format("pdf", "PDF", "", "file-check", "application/pdf", most=50, at_once=3)
    monkeypatch.setitem(export_form.FORMATS, "pdf", kind)
    monkeypatch.setattr(printing, "ROWS", 5)
    monkeypatch.setattr(printing, "SUMS", 0)


@pytest.fixture
def books(household):
    for number in range(3):
        make_transaction(household, 10 + number, on=date(2026, 10, 20 + number), note=f"Tea {number}")
    make_transaction(household, "900", kind="income", category="Salary", on=date(2026, 11, 2), note="<b>चाय</b>")
    make_transaction(household, "5", on=date(2026, 11, 3))
    make_transaction(household, "6", on=date(2026, 11, 4))
    return household


def test_a_long_pdf_is_prepared_watched_and_fetched(as_alice, as_bob, books, small, run_jobs):
    page = as_alice.get("/export/?period=last-3-months&format=pdf").content.decode()
    assert "Prepare PDF" in page
    assert 'action="/export/prepare/?period=last-3-months&amp;format=pdf"' in page

    asked = as_alice.post(f"{PREPARE}?period=last-3-months&format=pdf")
    job = Job.objects.get()
    assert (asked.status_code, asked["Location"]) == (303, f"/jobs/{job.pk}/")
    assert job.title.startswith("PDF of Sept")
    assert job.title in as_alice.get("/jobs/").content.decode()

    run_jobs()

    job.refresh_from_db()
    assert (job.state, job.file_name) == ("done", "alices-household_2026-09_2026-11_2026-11-25.pdf")
    assert as_bob.get(f"/jobs/{job.pk}/file/").status_code == 404
    check(PdfReader(io.BytesIO(as_alice.get(f"/jobs/{job.pk}/file/").getvalue())))


def check(made: PdfReader) -> None:
    """The pieces are one file: numbered on, marked, with the sums at the end."""
    first, last = (page.extract_text() for page in made.pages)
    assert all(f"Tea {number}" in first for number in range(3))
    assert "6 entries" in first
    assert "1 / 2" in first
    assert "<b>चाय</b>" in last
    assert "2 / 2" in last
    for words in ("Categories", "Salary", "Cash flow", "₹900.00"):
        assert words not in first or words == "₹900.00"
        assert words in last
    entries, months, *rest = made.outline[1]
    assert entries.title == "Entries"
    assert [(each.title, made.get_destination_page_number(each)) for each in months] == [
        ("October 2026", 0),
        ("November 2026", 1),
    ]
    assert [each.title for each in rest] == ["Categories", "Cash flow by month"]
    assert made.metadata.title.startswith("Alice's household · Sept")
    assert made.metadata.author == "Alice's household"
    assert made.trailer["/Root"]["/Lang"] == "en"


def test_what_is_asked_later_or_by_an_old_address_is_offered_to_prepare(as_alice, books, small):
    response = as_alice.get("/export/download/?period=all-time&format=pdf")

    assert (response.status_code, response["Location"]) == (302, "/export/?period=all-time&format=pdf")


def test_a_viewer_may_prepare_it(as_viewer, books, small):
    assert as_viewer.post(f"{PREPARE}?period=all-time&format=pdf").status_code == 303


@pytest.mark.parametrize("query", ["format=csv", "format=pdf&category=999999", "format=pdf&period=never"])
def test_what_cannot_be_prepared_is_refused(as_alice, books, small, query):
    assert as_alice.post(f"{PREPARE}?{query}").status_code == 400
    assert not Job.objects.exists()


def test_a_category_that_went_away_ends_the_job_in_words(as_alice, books, small, run_jobs):
    gone = make_category(books, "Gone")
    as_alice.post(f"{PREPARE}?period=all-time&format=pdf&category={gone.pk}")
    gone.delete()

    run_jobs()

    job = Job.objects.get()
    assert (job.state, "may have been removed" in job.problem) == ("failed", True)


@pytest.fixture
def sheets(household, today):
    """Two empty ones, of a piece each."""
    reader = Reader("INR", "en-IN", today, 1, may_write=False)
    period = periods.month(date(2026, 11, 1))
    head = sheet.head(household, period, ledger.Totals("INR", *[Decimal(0)] * 4), 0, reader=reader, filters="")
    return [replace(head, place=place) for place in ("first", "later")]


def draw(folder, sheets, *, seen=lambda done: None) -> None:
    with pdf.Program(folder, copies=2) as program:
        drawn = printing.Drawn(program, seen=seen)
        drawn.tell(sheets)
        drawn.watch()


def is_running(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_stopped_job_leaves_no_program_behind(tmp_path, monkeypatch):
    wait = "import os, time; os.fork(); time.sleep(60)"
    monkeypatch.setattr(pdf, "DRAWING", (sys.executable, "-c", wait))
    begun = []
    begin = pdf.Program.__enter__
    monkeypatch.setattr(pdf.Program, "__enter__", lambda self: begun.append(self.process.pid) or begin(self))

    def stop(done: int) -> None:
        assert is_running(begun[0])
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        draw(tmp_path, [], seen=stop)
    until = time.monotonic() + 5
    while is_running(begun[0]) and time.monotonic() < until:
        time.sleep(0.01)  # what has no parent any more is buried by the system
    assert not is_running(begun[0])


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path, sheets):
    (tmp_path / "style.css").mkdir()

    with pytest.raises(pdf.DrawingError, match=r"(?s)IsADirectoryError.*Page 0000\d was not drawn"):
        draw(tmp_path, sheets)


class EndingMeanwhile:
    """A program that has ended, of which the system tells how only when it is asked again."""

    name = "00001"

    def __init__(self) -> None:
        self._asked = iter([None, 1])
        # What has ended at once, so that nobody waits.
        self.sentinel, far = os.pipe()
        os.close(far)

    @property
    def exitcode(self) -> int | None:
        return next(self._asked)


def test_how_a_program_ended_is_seen_however_late_the_system_tells_it():
    running = drawing._still_running([EndingMeanwhile()])
    assert len(running) == 1

    with pytest.raises(SystemExit, match="Page 00001 was not drawn: its program ended with 1"):
        drawing._still_running(running)


def test_a_program_that_is_killed_is_told(tmp_path, monkeypatch, sheets):
    monkeypatch.setattr(pdf, "DRAWING", (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"))

    with pytest.raises(pdf.DrawingError, match="ended with -9"):
        draw(tmp_path, sheets)
