"""Long files are checked and imported in the background, with the very verdicts and entries of short ones."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Job
from transactions.importers import records
from transactions.imports import batch_list, reading_page, shelved, staging, uploads
from transactions.imports.verdicts import Verdict
from transactions.models import ImportBatch, ImportedLine, StagedLine, StatementProfile, Transaction, Upload, Wallet
from transactions.tests.factories import make_category, make_import, make_transaction, make_wallet
from transactions.tests.long_files import MONTH, at, sent

STATEMENTS = Path(__file__).parent / "statements"
FILES = [*sorted(STATEMENTS.glob("*.csv")), *sorted((STATEMENTS / "apps").glob("*.csv"))]


def books(household) -> list[tuple]:
    fields = ("kind", "amount", "date", "category__name", "wallet__name", "to_wallet__name", "note", "bank_text")
    lines = ImportedLine.objects.of(household).values_list("wallet__name", "key", "line_number", "made_entry")
    return [sorted(Transaction.objects.of(household).values_list(*fields), key=str), sorted(lines)]


@pytest.mark.usefixtures("_long")
def test_a_member_watches_a_long_file_being_read_and_imported(as_alice, household, run_jobs):
    asked = sent(as_alice, MONTH)
    run_jobs()
    job = Job.objects.get()
    page = as_alice.get(at("import-check"))
    pressed = as_alice.post(at("import-commit"))
    run_jobs()
    done = Job.objects.latest("pk")

    assert asked.url == reverse("accounts:job", args=[job.pk])
    assert (job.state, job.leads_to) == ("done", at("import-check"))
    assert [row.note for row in page.context["check"].rows][:2] == ["Shop 1", "Shop 2"]
    assert "Import 28 lines" in page.content.decode()
    assert pressed.url == reverse("accounts:job", args=[done.pk])
    assert (done.state, done.leads_to) == (
        "done",
        reverse("transactions:import-done", args=[ImportBatch.objects.get().pk]),
    )
    assert Transaction.objects.of(household).count() == 28
    assert not StagedLine.objects.exists()
    assert StatementProfile.objects.get().name == "bank"


@pytest.mark.usefixtures("_long")
def test_a_debugging_server_reads_and_imports_it_too(as_alice, household, run_jobs, settings):
    settings.DEBUG = True
    sent(as_alice, MONTH)
    Upload.objects.update(front=None)
    run_jobs()
    page = as_alice.get(at("import-check"))
    as_alice.post(at("import-commit"))
    run_jobs()

    assert page.context["check"].sums.ticked == 28
    assert Transaction.objects.of(household).count() == 28


@pytest.mark.usefixtures("_long")
def test_the_same_long_file_again_brings_nothing_and_says_so(as_alice, household, run_jobs):
    for _time in range(2):
        sent(as_alice, MONTH)
        run_jobs()
        page = as_alice.get(at("import-check"), {"show": "known"})
        pressed = as_alice.post(at("import-commit"))
        run_jobs()

    assert Transaction.objects.of(household).count() == 28
    assert {row.verdict for row in page.context["check"].rows} == {"Known"}
    assert "Nothing in this file is new to your books." in page.content.decode()
    assert pressed.status_code == 422
    assert "No line is ticked, so there is nothing to import." in pressed.content.decode()


@pytest.mark.usefixtures("_long")
def test_lines_are_shown_by_verdict_and_page_by_page(as_alice, household, monkeypatch, run_jobs):
    monkeypatch.setattr("transactions.imports.long_page.ON_A_PAGE", 10)
    make_transaction(household, on=date(2026, 11, 3), amount=Decimal("3.50"), note="By hand")
    sent(as_alice, MONTH)
    run_jobs()

    first = as_alice.get(at("import-check")).context["check"]
    second = as_alice.get(first.next_url).context["check"]
    alike = as_alice.get(at("import-check"), {"show": "lookalike"}).context["check"]

    assert [(tab.label, tab.count) for tab in first.tabs] == [("All", "28"), ("New", "27"), ("Looks like one", "1")]
    assert [row.number for row in second.rows] == list(range(12, 22))
    assert [row.note for row in alike.rows] == ["Shop 3"]
    assert first.sums.verdicts == "27 to import · 1 to look at"


@pytest.mark.usefixtures("_long")
def test_pages_of_a_long_file_need_no_more_of_it_than_its_front(as_alice, run_jobs):
    sent(as_alice, MONTH)
    run_jobs()
    Upload.objects.update(content=b"")

    page = as_alice.get(at("import-check"))
    Upload.objects.update(content=MONTH.encode(), front=None)

    assert [row.note for row in page.context["check"].rows][:2] == ["Shop 1", "Shop 2"]
    # One that was sent in before fronts were kept.
    assert as_alice.get(at("import-check")).context["check"] == page.context["check"]


@pytest.mark.usefixtures("_long")
def test_days_that_the_file_leaves_open_are_asked_before_it_is_read(as_alice, household, run_jobs):
    asked = sent(as_alice, "Date,Text,Amount\n" + "03/04/2026,Tea,-1.00\n" * 8)
    page = as_alice.get(asked.url)

    assert asked.url == at("import-check")
    assert "Which days are right?" in page.content.decode()
    as_alice.post(at("import-read"), {"read": "1", "wallet": page.context["form"].sent["wallet"], "date_order": "mdy"})
    run_jobs()
    assert as_alice.get(asked.url).context["check"].rows[0].iso == "2026-03-04"


@pytest.mark.usefixtures("_long")
def test_what_comes_meanwhile_is_not_written_twice(as_alice, household, run_jobs):
    sent(as_alice, MONTH)
    run_jobs()
    first = at("import-commit")
    Upload.objects.update(created_by=None)  # Somebody else sent that in.
    sent(as_alice, MONTH)
    run_jobs()

    as_alice.post(at("import-commit"))
    as_alice.post(first)
    run_jobs()

    assert Transaction.objects.of(household).count() == 28
    assert sorted(ImportBatch.objects.values_list("new_count", flat=True)) == [0, 28]


@pytest.mark.usefixtures("_long")
def test_a_file_that_is_forgotten_is_told_in_a_sentence(as_alice, household, run_jobs):
    sent(as_alice, MONTH)
    Upload.objects.all().delete()
    run_jobs()

    assert Job.objects.get().problem.startswith("The file is not here any more")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_verdicts_and_entries_are_those_of_a_short_file(household, alice, monkeypatch, path):
    bank = make_wallet(household, "Bank")
    make_category(household, "Food", keywords=["coffee", "shop"])
    upload = uploads.keep(household=household, created_by=alice, file_name=path.name, content=path.read_bytes())
    found = staging.front(upload, user=alice)
    if found.preview is None:
        pytest.skip("asks the member first")
    make_lookalikes(household, bank, found.preview.lines[:2])
    found = staging.front(upload, user=alice)
    assert found.preview is not None
    short = [(each.line, each.key, each.verdict) for each in found.preview.lines]
    with transaction.atomic():
        make_import(
            household=household,
            statement=found.statement,
            wallets=found.wallets,
            created_by=alice,
            layout=found.layout,
        )
        expected = books(household)
        transaction.set_rollback(True)

    monkeypatch.setattr(records, "LONG", 3)
    monkeypatch.setattr(staging, "PORTION", 5)
    monkeypatch.setattr(shelved, "PORTION", 4)
    upload.refresh_from_db()
    staging.read(upload, reading_page.query(found), user=alice, seen=lambda *_steps: None)
    rows = [row for rows in shelved.stored(upload, Verdict) for _place, row in rows]
    staging.commit(upload, by=alice, seen=lambda *_steps: None)

    assert [(row.line, row.key, row.verdict) for row in rows] == short
    assert books(household) == expected


def make_lookalikes(household, bank: Wallet, rows) -> None:
    """Something in the books that the first lines may be about."""
    for row in rows:
        if row.verdict is Verdict.NEW and abs(row.line.amount) < 1_000_000:
            amount = abs(row.line.amount).quantize(Decimal("0.01"))
            make_transaction(household, wallet=bank, on=row.line.date, amount=amount, note="By hand")


def test_large_numbers_are_written_as_the_member_writes_them(household, alice):
    batch = ImportBatch.objects.create(household=household, file_name="b.csv", file_format="csv", new_count=25000)
    ImportBatch.objects.filter(pk=batch.pk).update(known_count=1200, skipped_count=3400)
    batch.refresh_from_db()

    told = [*batch_list.said(batch, locale="en"), *batch_list.goes_back(batch, locale="en")]

    assert "1,200 lines were here already." in told
    assert "3,400 lines were left aside." in told
    assert "It brought 25,000 entries." in told
    assert batch_list.latest(household, locale="en")[0].said == "25,000 lines imported · 1,200 known"
