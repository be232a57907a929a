"""Long or not is told by entries, whatever the format; what is long is read in the background, as a long table is."""

import io
import zipfile

import pytest
from django.urls import reverse

from accounts.models import Job
from transactions import importers
from transactions.importers import lengths
from transactions.imports import uploads
from transactions.models import Transaction
from transactions.tests.long_entries import made, workbook
from transactions.tests.long_files import at, sent

DAYS = 28
FORMATS = ["bank.ofx", "bank.xml", "bank.qif", "bank.sta", "budget.yfull", "books.journal"]
FORMATS += ["bank.zip", "bank.xlsx", "bank.xls"]


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_and_imported_in_the_background_when_it_is_long(
    as_alice, household, run_jobs, monkeypatch, name
):
    # So that the first look sees a part of the file only.
    monkeypatch.setattr(uploads, "FRONT", 700)
    asked = sent(as_alice, made(name, DAYS), name)
    run_jobs()
    job = Job.objects.get()
    page = as_alice.get(at("import-check"))
    as_alice.post(at("import-commit"))
    run_jobs()

    assert asked.url == reverse("accounts:job", args=[job.pk])
    assert (job.state, job.problem, job.leads_to) == ("done", "", at("import-check"))
    assert f"Import {DAYS} lines" in page.content.decode()
    assert Transaction.objects.of(household).count() == DAYS


@pytest.mark.parametrize("name", FORMATS)
def test_a_first_look_at_a_long_file_is_a_statement_of_its_first_entries(name):
    whole = importers.read(made(name, DAYS), filename=name)

    first = importers.read(uploads.front(made(name, DAYS), name, size=700), filename=name)

    assert 0 < len(first.lines) < DAYS
    assert list(first.lines) == list(whole.lines[: len(first.lines)])
    assert (first.account, first.date_order) == (whole.account, whole.date_order)
    assert not first.problems


@pytest.mark.usefixtures("_long")
def test_an_archive_is_not_long_because_its_bytes_look_like_line_ends(as_alice, household):
    noisy = io.BytesIO(workbook(2))
    with zipfile.ZipFile(noisy, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.png", b"\n" * 50_000)

    asked = sent(as_alice, noisy.getvalue(), "bank.xlsx")

    assert asked.url == at("import-check")
    assert not Job.objects.exists()
    assert len(as_alice.get(at("import-check")).context["check"].rows) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_entries_are_counted_without_reading_them(name):
    header = name in {"bank.xlsx", "bank.xls"}

    assert lengths.of(made(name, DAYS), filename=name) == DAYS + header


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entries_in_two_bytes_a_letter_are_counted_too(codec):
    assert lengths.of(made("bank.ofx", DAYS).decode().encode(codec), filename="bank.ofx") == DAYS


def test_an_entry_that_is_cut_in_two_while_it_is_counted_counts_once(monkeypatch):
    monkeypatch.setattr(lengths, "_PIECE", 7)

    assert lengths.of(made("bank.zip", DAYS), filename="bank.zip") == DAYS


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 broken", b"%PDF"])
def test_what_is_no_statement_is_not_long(content):
    assert lengths.of(content, filename="bank.csv") == 0
