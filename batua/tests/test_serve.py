"""`make run`, with real processes: it serves, stops whole, and recovers from what kills one of its parts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from django.conf import settings

from batua.embedded_postgres.server import Embedded

PATIENCE = 240.0  # seconds; the first start migrates an empty database, and the machine may be busy
LOGIN = "/accounts/login/"
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


class Run:
    """One `make run`, without the install step, on a folder of its own and a free port."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self.database = Embedded(var / "pg")
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment = {**kept, "BATUA_VAR": str(var), "PORT": str(port), "PG_FSYNC": "0"}
        self.words = (var / f"run-{time.monotonic_ns()}.log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "batua.local.serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=self.words,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self) -> str:
        self.words.seek(0)
        return self.words.read()

    def answers(self) -> bool:
        """Whether the login page comes; looking up the session behind the cookie asks the database."""
        address = f"http://127.0.0.1:{self.port}{LOGIN}"
        try:
            return requests.get(address, cookies={"sessionid": "a" * 32}, timeout=PATIENCE).status_code == 200
        except requests.ConnectionError:
            return False

    def until_ready(self) -> "Run":
        wait_until(lambda: "Batua is ready" in self.said() or self.process.poll() is not None)
        assert self.answers(), self.said()
        return self

    def port_is_free(self) -> bool:
        with socket.socket() as attempt:
            return attempt.connect_ex(("127.0.0.1", self.port)) != 0

    def app_processes(self) -> list[int]:
        """Pids of the development server, the reloader first."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                arguments = path.read_bytes().split(b"\0")
            except OSError:
                continue
            if b"batua.local.app" in arguments and f"127.0.0.1:{self.port}".encode() in arguments:
                found.append(int(path.parent.name))
        return sorted(found)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("var")
    yield folder
    Embedded(folder / "pg").stop()


@pytest.fixture
def start(var) -> Iterator[Callable[..., Run]]:
    runs = []

    def begin(port: int | None = None) -> Run:
        runs.append(Run(var, port or free_port()))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.stop()
        run.words.close()


def test_it_serves_until_ctrl_c_and_leaves_nothing_behind(start):
    run = start().until_ready()
    assert f"http://localhost:{run.port}" in run.said()

    assert run.stop() == 0

    assert run.port_is_free()
    assert run.app_processes() == []
    assert run.database.postmaster() is None


def test_each_request_is_logged_once(start):
    run = start().until_ready()
    run.stop()

    assert run.said().count(f"GET {LOGIN}") == 1


def test_a_killed_app_is_started_again(start):
    run = start().until_ready()

    for pid in run.app_processes():
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: run.said().count("Batua is ready") == 2)
    assert run.answers()


def test_a_killed_database_is_awake_at_the_next_request(start):
    run = start().until_ready()

    killed = run.database.postmaster()
    os.kill(killed, signal.SIGKILL)

    assert run.answers()
    assert run.database.postmaster() not in {None, killed}
    assert run.stop() == 0
    assert run.database.postmaster() is None


def test_a_killed_supervisor_leaves_no_orphan_on_the_port(start):
    run = start().until_ready()

    run.process.kill()

    wait_until(run.port_is_free)
    wait_until(lambda: run.app_processes() == [])
    again = start(run.port).until_ready()
    assert again.stop() == 0
    assert again.database.postmaster() is None


def test_a_second_run_on_the_same_port_says_what_to_do_and_harms_nothing(start):
    run = start().until_ready()

    second = start(run.port)

    assert second.process.wait(timeout=PATIENCE) == 1
    assert f"make run PORT={run.port + 1}" in second.said()
    assert len(second.said().strip().splitlines()) == 1
    assert run.answers()


def test_a_second_run_on_another_port_shares_the_database(start):
    run = start().until_ready()
    second = start().until_ready()

    assert second.stop() == 0

    assert run.answers()
