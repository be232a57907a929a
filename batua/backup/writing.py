"""Writes the backup of a household: one snapshot of the database, row by row."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection, transaction

import batua
from accounts.models import Household
from batua.backup.tables import FORMAT, MANIFEST, SCHEMA, TABLES, VERSION, Table
from batua.backup.values import Keys

_AT_ONCE = 2_000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(*, household: Household, file: IO[bytes], made_at: datetime) -> dict[str, Any]:
    """Writes the archive of the household into ``file`` and returns its manifest.

    The rows are those of one moment, whatever is written meanwhile; inside a transaction, that one says which moment.
    """
    keys = Keys()
    with _snapshot(), ZipFile(file, "w", ZIP_DEFLATED) as archive:
        name = Household.objects.values_list("name", flat=True).get(pk=household.pk)
        members = {table.file: _write_table(archive, table, household, keys, made_at) for table in TABLES}
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "schema": SCHEMA,
            "application": batua.VERSION,
            "made_at": made_at.astimezone(UTC).isoformat(),
            "household": name,
            "members": members,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        archive.writestr(_member(MANIFEST, made_at), text.encode())
    return manifest


@contextmanager
def _snapshot() -> Iterator[None]:
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(
    archive: ZipFile, table: Table, household: Household, keys: Keys, made_at: datetime
) -> dict[str, object]:
    digest, rows, size = hashlib.sha256(), 0, 0
    with archive.open(_member(table.file, made_at), "w") as member:
        for line in _lines(table, household, keys):
            member.write(line)
            digest.update(line)
            rows, size = rows + 1, size + len(line)
    return {"rows": rows, "bytes": size, "sha256": digest.hexdigest()}


def _lines(table: Table, household: Household, keys: Keys) -> Iterator[bytes]:
    own = keys.open(table.name)
    found = table.model._base_manager.filter(**{table.path: household.pk}).order_by("pk")
    rows = found.values_list("pk", *(column.lookup for column in table.columns))
    for number, (key, *row) in enumerate(rows.iterator(chunk_size=_AT_ONCE), start=1):
        own.append(key)
        written: dict[str, Any] = {"id": number}
        for column, value in zip(table.columns, row, strict=True):
            written[column.name] = None if value is None else column.codec.write(value, keys)
        yield f"{_encode(written)}\n".encode()


def _member(name: str, made_at: datetime) -> ZipInfo:
    member = ZipInfo(name, made_at.astimezone(UTC).timetuple()[:6])
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
