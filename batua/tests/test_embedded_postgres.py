"""The embedded server: it starts once, survives what kills it, and says what to do when it cannot."""

import io
import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db.utils import ConnectionHandler

from batua.embedded_postgres import processes
from batua.embedded_postgres.errors import EmbeddedError
from batua.embedded_postgres.server import Embedded


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Embedded]:
    server = Embedded(tmp_path_factory.mktemp("pg"), fsync=False)
    yield server
    server.stop()


@pytest.fixture
def server(cluster) -> Embedded:
    cluster.start()
    return cluster


def connect(server: Embedded) -> psycopg.Connection:
    return psycopg.connect(host=str(server.socket_dir), dbname="batua", user="batua", autocommit=True)


def kill(server: Embedded) -> None:
    os.kill(server.postmaster(), signal.SIGKILL)


def as_setting(server: Embedded) -> dict[str, object]:
    return {
        "ENGINE": "batua.embedded_postgres",
        "NAME": "batua",
        "USER": "batua",
        "HOST": str(server.socket_dir),
        "EMBEDDED": str(server.root),
        "EMBEDDED_FSYNC": False,
        "CONN_HEALTH_CHECKS": True,
    }


def test_a_running_server_is_not_started_again(server):
    pid = server.postmaster()

    assert server.start() is False
    assert server.postmaster() == pid


def test_six_starts_at_once_make_one_server(server):
    server.stop()

    with ThreadPoolExecutor(6) as pool:
        started = list(pool.map(lambda _: server.start(), range(6)))

    assert sorted(started) == [False] * 5 + [True]


def test_stopping_twice_is_no_fault(server):
    assert server.stop() is True
    assert server.stop() is False
    assert server.postmaster() is None


def test_a_killed_server_starts_again_at_once_and_keeps_what_was_written(server):
    with connect(server) as connection:
        connection.execute("create table coffee as select 3.20 as price")
    kill(server)

    started = server.start()

    assert started is True
    with connect(server) as connection:
        assert str(connection.execute("select price from coffee").fetchone()[0]) == "3.20"


@pytest.mark.parametrize("left", ["", f"{os.getpid()}\n/elsewhere\n", "nonsense"], ids=["empty", "reused", "broken"])
def test_a_stale_pid_file_is_cleared_away(server, left):
    server.stop()
    (server.data / "postmaster.pid").write_text(left)

    assert server.postmaster() is None
    assert server.start() is True


def test_another_programs_pid_is_never_taken_for_the_server(tmp_path):
    (tmp_path / "postmaster.pid").write_text("1\n")

    assert processes.postmaster(tmp_path) is None


def test_a_server_in_use_is_not_stopped(server):
    with connect(server):
        assert server.clients() == 1
        assert server.stop_unless_used() is False

    assert server.stop_unless_used() is True


def test_a_path_too_long_for_a_socket_moves_the_socket(tmp_path):
    server = Embedded(tmp_path / ("long" * 25), fsync=False)

    try:
        server.start()
        assert len(str(server.socket_dir)) < 60
        with connect(server) as connection:
            assert connection.execute("show fsync").fetchone() == ("off",)
    finally:
        server.stop()


def test_a_folder_with_spaces_quotes_and_accents_works(tmp_path):
    server = Embedded(tmp_path / "a b é'q", fsync=False)

    try:
        assert server.start() is True
    finally:
        assert server.stop() is True


def test_it_listens_on_no_network_address(server):
    with connect(server) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)

    assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_data_of_another_major_version_is_refused_with_its_number(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedError, match="PostgreSQL 16"):
        Embedded(tmp_path).start()


def test_a_failed_first_start_leaves_nothing_half_made(tmp_path, monkeypatch):
    monkeypatch.setattr("batua.embedded_postgres.server.LOCALE", ("--no-such-option",))

    with pytest.raises(EmbeddedError, match="no-such-option"):
        Embedded(tmp_path).start()

    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_the_engine_wakes_a_server_that_does_not_run(server, django_db_blocker):
    server.stop()
    connection = ConnectionHandler({"default": as_setting(server)})["default"]

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
    connection.close()


def test_the_engine_recovers_when_the_server_is_killed_between_two_requests(server, django_db_blocker):
    connection = ConnectionHandler({"default": as_setting(server)})["default"]
    with django_db_blocker.unblock():
        connection.ensure_connection()
        kill(server)
        connection.close_if_unusable_or_obsolete()

        with connection.cursor() as cursor:
            cursor.execute("select 2")
            assert cursor.fetchone() == (2,)
    connection.close()


def test_an_error_of_a_running_server_is_not_hidden(server, django_db_blocker):
    setting = {**as_setting(server), "NAME": "nowhere"}
    connection = ConnectionHandler({"default": setting})["default"]

    with django_db_blocker.unblock(), pytest.raises(Exception, match='"nowhere" does not exist'):
        connection.ensure_connection()


@pytest.fixture
def pg(server, settings, monkeypatch):
    """The management command, on the server of this module; returns what it wrote."""
    settings.LOCAL_MODE = True
    monkeypatch.setitem(settings.DATABASES, "default", as_setting(server))

    def run(*arguments: str) -> str:
        written = io.StringIO()
        call_command("pg", *arguments, stdout=written)
        return written.getvalue()

    return run


def test_pg_tells_what_it_did(pg, server):
    assert "runs already" in pg("start")
    assert f"pid {server.postmaster()}" in pg("status")
    assert "stopped" in pg("stop")
    assert "does not run" in pg("stop")
    with pytest.raises(CommandError, match="does not run"):
        pg("status")
    assert "started" in pg("start")


def test_pg_dump_writes_a_file_that_pg_restore_reads(pg, server, tmp_path):
    with connect(server) as connection:
        connection.execute("create table tea as select 'Assam' as name")

    pg("dump", str(tmp_path / "all.dump"))

    command = server.client_command("pg_restore", "--list", str(tmp_path / "all.dump"))
    listing = subprocess.run([command[0], *command[5:]], capture_output=True, text=True, check=True).stdout
    assert "TABLE DATA public tea" in listing


def test_pg_restore_reads_a_dump_into_an_empty_database_only(pg, server, tmp_path):
    dump = str(tmp_path / "all.dump")
    with connect(server) as connection:
        connection.execute("create table cocoa as select 'Ghana' as name")
    pg("dump", dump)

    with pytest.raises(CommandError, match="has to be empty"):
        pg("restore", dump)
    with connect(server) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
    said = pg("restore", dump)

    assert said == f"Restored: {dump}.\n"
    with connect(server) as connection:
        assert connection.execute("select name from cocoa").fetchall() == [("Ghana",)]


def test_pg_has_nothing_to_do_for_a_database_of_ones_own(settings):
    settings.LOCAL_MODE = False

    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("pg", "stop")
