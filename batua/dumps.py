"""Whole databases to files and back, with PostgreSQL's own programs, under `manage.py pg`, `backup` and `drill`.

A database is given as an entry of DATABASES. Passwords travel in the environment, where `ps` does not show them.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from batua.embedded_postgres.server import binaries

PATTERN = "batua-*.dump"


class DumpError(RuntimeError):
    """A dump was not written or not read back; the text says why."""


def newest(folder: Path) -> Path | None:
    """The latest finished dump of a folder."""
    return max(every(folder), key=lambda file: file.stat().st_mtime, default=None)


def every(folder: Path) -> list[Path]:
    """All finished dumps of a folder, oldest first: their names begin with the time."""
    return sorted(folder.glob(PATTERN)) if folder.is_dir() else []


def write(database: Mapping[str, Any], file: Path) -> None:
    """Dumps to a file, which is there once it is whole. Raises DumpError."""
    unfinished = file.with_name(f"{file.name}.part")
    try:
        _run(database, "pg_dump", "--format", "custom", "--file", str(unfinished))
    except DumpError:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.rename(file)


def read(database: Mapping[str, Any], file: Path) -> None:
    """Reads a dump back into an empty database: all of it or nothing. Raises DumpError."""
    _run(database, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", str(file))


def _run(database: Mapping[str, Any], program: str, *arguments: str) -> None:
    command = [str(binaries() / program), "--dbname", _address(database), "--no-password", *arguments]
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}
    environment.pop("PGOPTIONS", None)  # the server's limit for a query is none for a dump
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise DumpError(f"{program}: {ran.stderr.strip()[-2000:]}")


def _address(database: Mapping[str, Any]) -> str:
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    given = {name: str(database[key]) for name, key in parts.items() if database.get(key)}
    return str(make_conninfo(**given, **_options(database.get("OPTIONS", {}).items())))


def _options(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Those of libpq; the others are Django's."""
    own = {"service", "target_session_attrs"}
    return {name: value for name, value in pairs if name.startswith("ssl") or name in own}
