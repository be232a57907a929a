"""Databases for the measurement alone, beside the configured one: made for it, dropped after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.utils import load_backend

NAME = "batua_benchmark"


@contextmanager
def own() -> Iterator[None]:
    """A fresh, migrated database as the usual one; one left over is replaced."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


@contextmanager
def twin(suffix: str) -> Iterator[Any]:
    """A second one with the rows that the own one has at this moment; its connection, see ``usual``."""
    connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    settings = connection.creation.get_test_db_clone_settings(suffix)
    # A pool belongs to an alias, and the usual one's leads to the other database.
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    second = load_backend(settings["ENGINE"]).DatabaseWrapper({**settings, "OPTIONS": options}, suffix)
    connections[suffix] = second
    try:
        yield second
    finally:
        second.close()
        del connections[suffix]
        connection.creation.destroy_test_db(verbosity=0, suffix=suffix)


@contextmanager
def usual(wrapper: Any) -> Iterator[None]:
    """While the block runs, this connection is the one that every model uses in this thread."""
    before = connections["default"]
    connections["default"] = wrapper
    try:
        yield
    finally:
        connections["default"] = before
