"""What several tests of statements begin with."""

import json
import os
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from transactions.importers import records
from transactions.imports import shelved, staging, uploads
from transactions.models import Transaction
from transactions.tests.factories import make_transaction
from transactions.tests.long_files import KINDS, at, sent


@pytest.fixture
def _long(monkeypatch):
    """Few lines are many, so that portions end between them."""
    monkeypatch.setattr(uploads, "LONG", 3)
    monkeypatch.setattr(records, "LONG", 3)
    monkeypatch.setattr(staging, "PORTION", 5)
    monkeypatch.setattr(shelved, "PORTION", 4)


@pytest.fixture
def staged(_long, as_alice, household, run_jobs):
    """Sends a long file in and has it read."""

    def read(content: str) -> None:
        assert sent(as_alice, content).status_code == 303
        run_jobs()

    return read


@pytest.fixture
def kinds(staged, household) -> None:
    make_transaction(household, on=date(2026, 11, 3), amount="3.50", note="By hand")
    staged(KINDS)


@pytest.fixture
def imported(as_alice, household, run_jobs):
    """Presses the button, and returns what was written."""

    def press(**values) -> list[tuple]:
        before = set(Transaction.objects.values_list("pk", flat=True))
        assert as_alice.post(at("import-commit"), values).status_code == 303
        run_jobs()
        new = Transaction.objects.of(household).exclude(pk__in=before).order_by("date", "pk")
        return list(new.values_list("note", "kind", "amount", "category__name"))

    return press


@pytest.fixture
def run(household, tmp_path):
    """Runs the command on a file for Alice's wallet; its answer as a program has it, and what it said beside that."""

    def run(content: bytes, *options: str, wallet: str = "Cash", name: str = "bank.csv", stdin=None):
        path, said, beside = tmp_path / name, StringIO(), StringIO()
        path.write_bytes(content)
        with open(os.devnull) as nobody:
            call_command(
                "import_statement",
                str(path),
                *("--member", "alice@example.org", "--wallet", wallet, "--json", *options),
                stdin=stdin or nobody,
                stdout=said,
                stderr=beside,
            )
        return json.loads(said.getvalue()), beside.getvalue()

    return run
