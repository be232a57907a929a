"""What lies on the disk: how large it is, and how to make PostgreSQL and the system read it anew."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction

LISTED = 12
SIZES = """
    SELECT relname, relkind = 'i', pg_relation_size(oid), reltuples::bigint FROM pg_class
    WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace ORDER BY 3 DESC LIMIT %s
"""
FOLDER = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"


@dataclass(frozen=True)
class Relation:
    """A table or an index, without what belongs to it."""

    name: str
    is_index: bool
    bytes: int
    rows: int


def largest() -> list[Relation]:
    """The largest tables and indexes of the database."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES, [LISTED])
        return [Relation(*row) for row in cursor.fetchall()]


def size() -> int:
    """Bytes of the whole database."""
    return int(_asked("SELECT pg_database_size(current_database())"))


def buffers() -> str:
    """What PostgreSQL keeps in memory by itself."""
    return _asked("SELECT current_setting('shared_buffers')")


def forget() -> bool:
    """Pushes the rows out of PostgreSQL's memory and, where its files may be opened, out of the system's: then True."""
    with connection.cursor() as cursor, suppress(DatabaseError), transaction.atomic():
        cursor.execute("CHECKPOINT")  # only pages that are written can be dropped; the operator's right
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL enable_seqscan = off")  # an index is read through the memory, a whole table beside it
        cursor.execute("SELECT count(*) FROM transactions_transaction")
    return _drop_copies()


def _drop_copies() -> bool:
    try:
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute(FOLDER)
            folder, number = cursor.fetchone()
        for path in (Path(folder) / "base" / str(number)).iterdir():
            _drop(path)
    except (DatabaseError, OSError, AttributeError):  # another machine's, another user's, another system's
        return False
    return True


def _drop(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


def _asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])
