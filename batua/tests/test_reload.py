"""A reload waits for the new workers: slow ones are waited for, and one that cannot start takes no place."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from django.conf import settings

from batua.server.patient import is_listening
from batua.tests import stack

APPLICATION = """
import time
{start}

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"{version}"]
"""


@dataclass(frozen=True)
class Release:
    """A server of a small application, whose file a new release overwrites."""

    folder: Path
    process: Popen[bytes]
    port: int

    def put(self, version: str, start: str = "") -> None:
        (self.folder / "shop.py").write_text(APPLICATION.format(version=version, start=start))
        self.process.send_signal(signal.SIGHUP)

    def answer(self) -> tuple[int, str]:
        return stack.fetch(f"http://{stack.HOST}:{self.port}/")

    def answers_until(self, last: str) -> set[tuple[int, str]]:
        """All that was answered until this version did."""
        seen = set()
        stack.wait_until(lambda: seen.add(self.answer()) or (200, last) in seen, "The new release does not answer.")
        return seen

    @property
    def words(self) -> str:
        return (self.folder / "log").read_text()


@pytest.fixture
def release(tmp_path) -> Iterator[Release]:
    port = stack.free_port()
    (tmp_path / "shop.py").write_text(APPLICATION.format(version="one", start=""))
    options = f"--interface wsgi --port {port} --respawn-interval 30 --workers-kill-timeout 5 --respawn-failed-workers"
    command = [sys.executable, "-m", "batua.server.patient", *options.split(), "shop:application"]
    paths = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "PYTHONDONTWRITEBYTECODE": "1"}
    with stack.running(command, tmp_path / "log", cwd=tmp_path, env=paths) as process:
        made = Release(tmp_path, process, port)
        made.answers_until("one")
        yield made


def test_the_old_worker_answers_until_a_slow_new_one_listens(release):
    started = time.monotonic()

    release.put("two", "time.sleep(1)")
    seen = release.answers_until("two")

    assert {(200, "one"), (200, "two")} == seen
    assert 1 < time.monotonic() - started < 25  # not the whole interval


def test_a_release_that_cannot_start_takes_no_place(release):
    release.put("broken", "raise RuntimeError('no such table')")
    stack.wait_until(lambda: "the old one stays" in release.words, "The broken release is not noticed.")

    assert [release.answer() for _each in range(5)] == [(200, "one")] * 5
    assert release.process.poll() is None
    release.put("mended")
    assert release.answers_until("mended") <= {(200, "one"), (200, "mended")}


def test_a_process_that_takes_connections_is_told_from_one_that_does_not():
    with socket.create_server((stack.HOST, 0)):
        assert is_listening(os.getpid())

    assert not is_listening(2**22 + 1)
