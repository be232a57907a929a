"""Whole databases to files and back, with PostgreSQL's own programs, under `manage.py pg`, `backup` and `drill`.

A database is given as an entry of DATABASES. Passwords travel in the environment, where `ps` does not show them.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from batua.embedded_postgres.server import binaries

PATTERN = "batua-*.dump"
_PARTS = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
# Of what stands in OPTIONS, these are libpq's; the others are Django's.
_OPTIONS = {"service", "target_session_attrs", "sslmode", "sslrootcert", "sslcert", "sslkey"}


class DumpError(RuntimeError):
    """A dump was not written or not read back; the text says why."""


def newest(folder: Path) -> Path | None:
    """The latest finished dump of a folder."""
    return max(every(folder), key=lambda file: file.stat().st_mtime, default=None)


def every(folder: Path) -> list[Path]:
    """All finished dumps of a folder, oldest first: their names begin with the time."""
    return sorted(folder.glob(PATTERN)) if folder.is_dir() else []


def write(database: Mapping[str, Any], file: Path, *, snapshot: str = "") -> None:
    """Dumps to a file, which is there once it is whole; ``snapshot`` is a moment to dump. Raises DumpError."""
    unfinished = file.with_name(f"{file.name}.part")
    seen = ["--snapshot", snapshot] if snapshot else []
    _begin(unfinished)
    try:
        _run(database, "pg_dump", "--format", "custom", "--file", str(unfinished), *seen)
    except DumpError:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.rename(file)


def _begin(file: Path) -> None:
    """An empty file that nobody else may read: a folder that was made by others may be open to all."""
    try:
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise DumpError(str(error)) from error


def one_more(folder: Path, *, now: datetime, keep: int) -> Path:
    """Dumps our own database into a folder, named by the time in UTC; the newest ``keep`` stay (0: all). DumpError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"batua-{now:%Y%m%dT%H%M%SZ}.dump"
    write(settings.DATABASES["default"], file)
    for old in every(folder)[:-keep] if keep else []:
        old.unlink()
    return file


def read(database: Mapping[str, Any], file: Path) -> None:
    """Reads a dump back into an empty database: all of it or nothing. Raises DumpError."""
    _run(database, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", str(file))


@contextmanager
def connected(database: Mapping[str, Any]) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A connection beside Django's. Raises DumpError."""
    try:
        with psycopg.connect(_address(database, "password"), autocommit=True, connect_timeout=10) as connection:
            yield connection
    except psycopg.Error as error:
        raise DumpError(str(error).strip()) from error


@contextmanager
def snapshot(database: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, tuple[int, int]]]]:
    """A moment that a dump can be made of while it is open, and the prints of all tables at that moment."""
    with connected(database) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield name, prints(connection)


def prints(connection: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, tuple[int, int]]:
    """Table → its number of rows and the sum of their hashes: equal rows in any order give an equal print."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    query = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(each::text, 0)::numeric), 0) FROM {} each")
    found = {}
    for (table,) in tables:
        number, total = connection.execute(query.format(sql.Identifier(table))).fetchone() or (0, 0)
        found[str(table)] = (int(number), int(total))
    return found


@contextmanager
def scratch(database: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """An empty database beside another, dropped at the end."""
    title = sql.Identifier(name)
    with connected(database) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(title))
        try:
            yield {**database, "NAME": name}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(title))


def _run(database: Mapping[str, Any], program: str, *arguments: str) -> None:
    command = [str(binaries() / program), "--dbname", _address(database), "--no-password", *arguments]
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}
    environment.pop("PGOPTIONS", None)  # the server's limit for a query is none for a dump
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise DumpError(f"{program}: {ran.stderr.strip()[-2000:]}")


def _address(database: Mapping[str, Any], *also: str) -> str:
    given = {
        name: str(database[key])
        for name, key in _PARTS.items()
        if database.get(key) and (name != "password" or name in also)
    }
    options = {name: str(value) for name, value in database.get("OPTIONS", {}).items() if name in _OPTIONS}
    return str(make_conninfo(**given, **options))
