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
        self.address = f"http://127.0.0.1:{port}"
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
        try:
            found = requests.get(f"{self.address}{LOGIN}", cookies={"sessionid": "a" * 32}, timeout=PATIENCE)
        except requests.ConnectionError:
            return False
        return found.status_code == 200

    def until_ready(self) -> "Run":
        wait_until(lambda: "Batua is ready" in self.said() or self.process.poll() is not None)
        assert self.answers(), self.said()
        return self

    def is_whole(self) -> bool:
        return self.process.poll() is None and bool(self.app_processes()) and self.answers()

    def requests_logged(self, path: str) -> int:
        return self.said().count(f"GET {path}")

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


class Runs:
    """All runs of these tests. A start takes seconds: one that a test leaves in order serves the next one too."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.begun: list[Run] = []

    def begin(self, port: int | None = None) -> Run:
        self.begun.append(Run(self.var, port or free_port()))
        return self.begun[-1]

    def ready(self) -> Run:
        """One that serves."""
        return next((run for run in self.begun if run.is_whole()), None) or self.begin().until_ready()

    def end(self) -> None:
        for run in self.begun:
            if run.process.poll() is None:
                run.stop()
            run.words.close()


@pytest.fixture(scope="module")
def runs(var) -> Iterator[Runs]:
    begun = Runs(var)
    yield begun
    begun.end()


def test_a_second_run_on_the_same_port_says_what_to_do_and_harms_nothing(runs):
    run = runs.ready()

    second = runs.begin(run.port)

    assert second.process.wait(timeout=PATIENCE) == 1
    assert f"make run PORT={run.port + 1}" in second.said()
    assert len(second.said().strip().splitlines()) == 1
    assert run.answers()


def test_a_second_run_on_another_port_shares_the_database(runs):
    run = runs.ready()
    second = runs.begin().until_ready()

    assert second.stop() == 0

    assert run.answers()


def test_each_request_is_logged_once(runs):
    run = runs.ready()
    before = run.requests_logged(LOGIN)

    assert run.answers()
    assert requests.get(f"{run.address}/then-this/", timeout=PATIENCE).status_code == 404
    wait_until(lambda: run.requests_logged("/then-this/") > 0)

    assert run.requests_logged(LOGIN) == before + 1


def test_a_killed_app_is_started_again(runs):
    run = runs.ready()
    before = run.said().count("Batua is ready")

    for pid in run.app_processes():
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: run.said().count("Batua is ready") == before + 1)
    assert run.answers()


def test_a_killed_supervisor_leaves_no_orphan_on_the_port(runs):
    run = runs.ready()

    run.process.kill()

    wait_until(run.port_is_free)
    wait_until(lambda: run.app_processes() == [])
    again = runs.begin(run.port).until_ready()
    assert again.stop() == 0
    assert again.database.postmaster() is None


def test_a_killed_database_is_awake_at_the_next_request(runs):
    run = runs.ready()

    killed = run.database.postmaster()
    os.kill(killed, signal.SIGKILL)

    assert run.answers()
    assert run.database.postmaster() not in {None, killed}
    assert run.stop() == 0
    assert run.database.postmaster() is None


def test_it_serves_until_ctrl_c_and_leaves_nothing_behind(runs):
    run = runs.ready()
    assert f"http://localhost:{run.port}" in run.said()

    assert run.stop() == 0

    assert run.port_is_free()
    assert run.app_processes() == []
    assert run.database.postmaster() is None
