"""Whether a copy of the database is Batua's books: all migrations, all totals right, every table as in the original."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from batua import dumps
from transactions import totals

Prints = Mapping[str, tuple[int, int]]


def problems(database: Mapping[str, Any], original: Prints | None = None) -> list[str]:
    """What is wrong with a copy, in sentences; nothing when all is right. Raises DumpError."""
    with dumps.connected(database) as connection:
        found = dumps.prints(connection)
    differing = (
        []
        if original is None
        else sorted({name for name in {*found, *original} if found.get(name) != original.get(name)})
    )
    said = [f"{name}: {_told(original, name)} here, {_told(found, name)} in the copy." for name in differing]
    # Django's code reads its default connection, of which each thread has its own.
    with ThreadPoolExecutor(1) as beside:
        return said + beside.submit(_in_the_copy, {**database, "OPTIONS": {}}).result()


def _told(prints: Prints | None, name: str) -> str:
    rows = (prints or {}).get(name)
    return "no such table" if rows is None else f"{rows[0]} rows"


def _in_the_copy(database: Mapping[str, Any]) -> list[str]:
    copy = ConnectionHandler({"default": dict(database)})["default"]
    connections["default"] = copy
    try:
        executor = MigrationExecutor(copy)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return [f"{len(missing)} migrations have to run on it; its totals were not looked at."]
        wrong = totals.differences()
        return [f"{len(wrong)} totals differ from the entries."] if wrong else []
    finally:
        copy.close()
