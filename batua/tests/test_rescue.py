"""Backups can be had back, and the books move to another server whole; with real servers and real dumps."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from batua import dumps
from batua.dumps import DumpError
from batua.embedded_postgres.server import Embedded
from batua.env import database_at, without_password
from batua.rescue import moving, proof
from batua.tasks import back_up
from transactions.tests.factories import make_transaction

NIGHT = datetime(2026, 11, 25, 3, 15, tzinfo=UTC)


@pytest.fixture
def books(transactional_db, household):
    """Committed, so that others than the test's own connection see them."""
    make_transaction(household, 250, note="Chai")
    make_transaction(household, 90000, kind="income", category="Salary")
    return household


@pytest.fixture
def other(tmp_path) -> Iterator[dict[str, object]]:
    """The operator's own server, as far as Batua can tell."""
    server = Embedded(tmp_path / "pg", fsync=False)
    server.start()
    yield database_at(f"postgresql://batua@/batua?host={server.socket_dir}")
    server.stop()


def test_everything_moves_to_another_server_and_a_second_time_is_refused(books, other):
    rows = moving.move(settings.DATABASES["default"], other)

    with dumps.connected(other) as there:
        assert there.execute("SELECT note FROM transactions_transaction ORDER BY id").fetchall() == [("Chai",), ("",)]
        assert sum(number for number, _hash in dumps.prints(there).values()) == rows > 100
    with pytest.raises(DumpError, match="has to be an empty database"):
        moving.move(settings.DATABASES["default"], other)


def test_nothing_moves_while_batua_is_in_use(db):
    connection.ensure_connection()

    with pytest.raises(CommandError, match="Batua is in use: stop it first"):
        call_command("pg", "move", "postgresql://batua@localhost/batua")


@pytest.mark.parametrize("address", ["mysql://localhost/batua", "postgresql://localhost"])
def test_an_address_that_is_none_is_shown_how_it_should_look(address):
    with pytest.raises(RuntimeError, match="must look like postgresql://"):
        database_at(address)


def test_a_password_is_not_shown():
    assert without_password("postgresql://me:s3cret@db/batua") == "postgresql://me:…@db/batua"


def test_a_drill_has_everything_back_and_leaves_no_database_behind(books, capsys):
    call_command("drill")

    assert "Restored, and everything is there." in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'batua\\_drill\\_%%'")
        assert cursor.fetchone() == (0,)


def test_what_a_copy_lacks_is_told(books, tmp_path):
    database = settings.DATABASES["default"]
    file = dumps.one_more(tmp_path, now=NIGHT, keep=0)
    with dumps.snapshot(database) as (_moment, original), dumps.scratch(database, f"copy_{os.getpid()}") as copy:
        dumps.read(copy, file)
        with dumps.connected(copy) as there:
            there.execute("ALTER TABLE transactions_monthtotal DISABLE TRIGGER ALL")
            there.execute("DELETE FROM transactions_monthtotal WHERE kind = 'income'")
            there.execute("DROP TABLE batua_cache")

        told = proof.problems(copy, original)

    assert told[0].startswith("batua_cache: ")
    assert told[0].endswith("no such table in the copy.")
    assert told[1:] == [
        "transactions_monthtotal: 2 rows here, 1 rows in the copy.",
        # The month's, its wallet's and its year's.
        "3 totals differ from the entries.",
    ]


def test_backups_are_named_by_their_time_and_the_oldest_go(db, tmp_path):
    for day in (23, 24, 25):
        dumps.one_more(tmp_path, now=NIGHT.replace(day=day), keep=2)

    assert [file.name for file in dumps.every(tmp_path)] == [
        "batua-20261124T031500Z.dump",
        "batua-20261125T031500Z.dump",
    ]
    newest = tmp_path / "batua-20261125T031500Z.dump"
    assert newest.read_bytes().startswith(b"PGDMP")
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600


def test_each_night_makes_a_backup_where_that_is_wished(db, settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_KEEP = tmp_path, 0
    back_up(int(NIGHT.timestamp()))
    assert dumps.every(tmp_path) == []

    settings.BACKUP_KEEP = 14
    back_up(int(NIGHT.timestamp()))
    assert [file.name for file in dumps.every(tmp_path)] == ["batua-20261125T031500Z.dump"]


def test_a_file_that_is_no_dump_fails_the_drill(db, tmp_path):
    (tmp_path / "photo.dump").write_bytes(b"\xff\xd8\xff\xe0")

    with pytest.raises(CommandError, match="cannot be had back"):
        call_command("drill", str(tmp_path / "photo.dump"))


def test_a_dump_that_cannot_be_written_leaves_nothing(db, tmp_path):
    nowhere = {**settings.DATABASES["default"], "NAME": "no_such_database"}

    with pytest.raises(DumpError, match="no_such_database"):
        dumps.write(nowhere, tmp_path / "batua-1.dump")

    assert list(tmp_path.iterdir()) == []
