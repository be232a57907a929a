"""A file that waits for its import lies in the database, and is fetched only by who reads it, in pieces."""

import hashlib
from contextlib import contextmanager

import pytest
from django.db import connection

from transactions.imports import uploads
from transactions.models import ImportBatch
from transactions.tests.long_files import MONTH, at, sent


@pytest.fixture
def kept(household, alice):
    def keep(content: bytes):
        return uploads.keep(household=household, created_by=alice, file_name="bank.csv", content=content)

    return keep


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])
def test_a_file_comes_back_as_it_was(kept, size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    assert uploads.content(kept(content)) == content


def test_its_digest_is_worked_out_where_it_lies(kept):
    assert uploads.digest(kept(b"Date,Amount\n")) == hashlib.sha256(b"Date,Amount\n").hexdigest()


@contextmanager
def whole_files_asked_for():
    """The queries that fetch a file as one value."""
    asked = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT") and '"transactions_upload"."content"' in sql and "sha256" not in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


@pytest.mark.usefixtures("_long", "household")
def test_the_background_never_asks_for_a_whole_file_at_once(as_alice, run_jobs):
    sent(as_alice, MONTH)
    with whole_files_asked_for() as to_read:
        run_jobs()
    as_alice.post(at("import-commit"))
    with whole_files_asked_for() as to_import:
        run_jobs()

    assert to_read + to_import == []
    assert ImportBatch.objects.get().file_sha256 == hashlib.sha256(MONTH.encode()).hexdigest()


@pytest.mark.usefixtures("_long", "household")
def test_no_page_of_a_long_file_that_was_read_asks_for_the_whole_file_at_once(as_alice, run_jobs):
    sent(as_alice, MONTH)
    run_jobs()
    check, read = at("import-check"), at("import-read")
    with whole_files_asked_for() as asked:
        page = as_alice.get(check)
        as_alice.post(read, dict(page.context["reading"].hidden))

    assert "check" in page.context
    assert asked == []
