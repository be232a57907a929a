"""`make run`: database, app and worker together until Ctrl-C; an app or worker that dies is started again."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from django.conf import settings

from batua.embedded_postgres.errors import EmbeddedError
from batua.env import EnvironmentFault
from batua.local import background, database, development
from batua.local.lifeline import end, end_with_parent
from batua.local.speech import give_up, say

HOST = "127.0.0.1"
QUICK = 3.0  # seconds; an app that ends sooner after its start has not recovered
QUICK_ENDS = 3
GRACE = 2.0  # seconds that a killed app's port may take to become free
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Ctrl-C, a closed terminal, or a polite kill."""


def main() -> None:
    """Serve until asked to stop; ends with a sentence when it cannot start."""
    end_with_parent()
    development.assume()
    for number in STOP_SIGNALS:
        signal.signal(number, _ask_to_stop)
    try:
        with suppress(StopAsked):
            _refuse_busy_port()  # before the database is started for nothing
            with database.running(), background.worker():
                _serve()
    except (EmbeddedError, EnvironmentFault) as error:
        give_up(str(error))


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # stopping takes a moment and must not be cut short
    raise StopAsked


def _refuse_busy_port() -> None:
    port = settings.PORT
    problem = _port_problem()
    deadline = time.monotonic() + GRACE
    while problem and time.monotonic() < deadline:
        time.sleep(0.1)
        problem = _port_problem()
    if problem:
        give_up(
            f"port {port} cannot be used ({problem}). Either Batua runs already at http://localhost:{port}, "
            f"or another program has it; to use another: make run PORT={port + 1}"
        )


def _port_problem() -> str | None:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, settings.PORT))
        except OSError as error:
            return error.strerror
    return None


def _serve() -> None:
    quick_ends = 0
    while quick_ends < QUICK_ENDS:
        _refuse_busy_port()
        started = time.monotonic()
        with _app() as app:
            _announce(app)
            code = app.wait()
        quick_ends = quick_ends + 1 if time.monotonic() - started < QUICK else 0
        say(f"The app ended by itself ({_cause(code)}); starting it again.")
    give_up("the app cannot start; the reason is above.")


@contextmanager
def _app() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "batua.local.app", f"{HOST}:{settings.PORT}"]
    app = subprocess.Popen(command, cwd=settings.BASE_DIR)
    try:
        yield app
    finally:
        end(app)


def _announce(app: subprocess.Popen[bytes]) -> None:
    while app.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, settings.PORT)) == 0:
                say(f"\nBatua is ready: http://localhost:{settings.PORT}   (Ctrl-C stops it)\n")
                return
        time.sleep(0.1)


def _cause(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


if __name__ == "__main__":
    main()
