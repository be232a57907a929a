"""Backups for tests: taken, read, bent out of shape, and a household with a row in every table."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps

from accounts.models import Household, User
from batua.backup.archive import open_archive
from batua.backup.restoring import Restored, restore
from batua.backup.tables import MANIFEST
from batua.backup.writing import write
from budgets.models import Alert, AlertReader, Budget, BudgetLimit
from transactions.models import ImportBatch, ImportedLine, StatementAccount, StatementProfile
from transactions.tests.factories import make_transaction, make_wallet, the_category, the_wallet

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def taken(household: Household) -> bytes:
    """The household's backup."""
    file = io.BytesIO()
    write(household=household, file=file, made_at=NOON)
    return file.getvalue()


def put_back(archive: bytes, owner: User, **options: Any) -> Restored:
    return restore(archive=open_archive(io.BytesIO(archive)), owner=owner, **options)


def members(archive: bytes) -> dict[str, bytes]:
    """File name → content, without the manifest."""
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name != MANIFEST}


def manifest(archive: bytes) -> dict[str, Any]:
    with ZipFile(io.BytesIO(archive)) as opened:
        found: dict[str, Any] = json.loads(opened.read(MANIFEST))
    return found


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_manifest(archive: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The archive with its manifest changed in place."""
    said = manifest(archive)
    change(said)
    return packed({**members(archive), MANIFEST: json.dumps(said).encode()})


def with_content(archive: bytes, name: str, content: bytes) -> bytes:
    """A forged archive: one file is another, and the manifest agrees with it."""
    said = manifest(archive)
    said["members"][name] = {
        "rows": content.count(b"\n"),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return packed({**members(archive), name: content, MANIFEST: json.dumps(said).encode()})


def with_row(archive: bytes, name: str, number: int, /, **values: Any) -> bytes:
    """A forged archive: in one row some values are others."""
    lines = members(archive)[name].splitlines(keepends=True)
    row = json.loads(lines[number - 1]) | values
    lines[number - 1] = json.dumps(row).encode() + b"\n"
    return with_content(archive, name, b"".join(lines))


def fill(household: Household, user: User) -> None:
    """A row in every table: splits, money back, transfers, an import whose line turned an entry and one deleted."""
    bank = make_wallet(household, "Bank", kind="bank", opening_balance=Decimal("1250.50"), position=1)
    entry = make_transaction(household, "120.25", note='चाय & "tea"\nof two', created_by=user, comment="= 1+1")
    make_transaction(household, "-20", note="Money back", created_by=user, group_id=entry.uuid)
    make_transaction(household, "90000", kind="income", category="Salary", wallet=bank, bank_text="NEFT\tACME")
    moved = make_transaction(household, "500", kind="transfer", wallet=bank, to_wallet=the_wallet(household, "Cash"))
    moved.note = "Cash drawn"
    moved.save(update_fields=["note"])
    batch = ImportBatch.objects.create(
        household=household, wallet=bank, created_by=user, file_name="nov.csv", file_format="csv", file_sha256="a" * 64
    )
    turned = {"kind": "expense", "category": entry.category_id, "wallet": bank.pk, "amount": "500.00", "version": 2}
    alone = {
        "kind": "income",
        "category": the_category(household, "Salary", "income").pk,
        "amount": "500.00",
        "date": "2026-11-13",
        "note": "Cash in",
        "comment": "",
        "bank_text": "CASH IN",
    }
    lines = [("a", entry, None), ("b", None, None), ("c", moved, turned)]
    for number, (key, of_entry, before) in enumerate(lines, start=1):
        ImportedLine.objects.create(
            household=household,
            batch=batch,
            wallet=bank,
            key=key,
            line_number=number,
            raw=f"2026-11-1{number};Tea;-12,00",
            entry=of_entry,
            turned=before,
            alone=before and alone,
            made_entry=before is None,
        )
    StatementProfile.objects.create(
        household=household, name="My bank", layout="x", wallet=bank, choices={"column-date": "0", "date_order": "dmy"}
    )
    StatementAccount.objects.create(household=household, name="DE00 1234", wallet=bank)
    budget = Budget.objects.create(household=household, category=entry.category, merged_in=["Food"])
    BudgetLimit.objects.create(budget=budget, from_month=date(2026, 10, 1), amount=Decimal("5000.5"))
    BudgetLimit.objects.create(budget=budget, from_month=date(2026, 11, 1), amount=None)
    AlertReader.objects.create(membership=household.memberships.get(user=user))
    Alert.objects.create(household=household, category=entry.category, begins=date(2026, 10, 1), threshold=80)


def counts(household: Household) -> dict[str, int]:
    """Rows of each model with a household, for "nothing half saved"."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in {"accounts", "transactions", "budgets"}
    }
