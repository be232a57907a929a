"""The production server on a free port of the loopback, for as long as a measurement takes."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from batua import env

HOST = "127.0.0.1"
PATIENCE = 180  # seconds until it answers; the machine may be busy


class ServerError(RuntimeError):
    """The server did not come up; the text holds its last words."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    words: Any

    def memory(self) -> int:
        """Megabytes that its largest process holds."""
        return max(_resident(pid) for pid in _family(self.process.pid)) // 1024

    def memory_together(self) -> int:
        """Megabytes that its processes hold, what they share counted in each."""
        return sum(_resident(pid) for pid in _family(self.process.pid)) // 1024

    def faults(self) -> list[str]:
        """The lines of its log that tell of errors."""
        self.words.seek(0)
        return [line.decode(errors="replace").strip() for line in self.words if b'"ERROR"' in line]


@contextmanager
def running(database: Mapping[str, Any], **more: str) -> Iterator[Server]:
    """Serves a database, given as in DATABASES, with DEBUG off; ``more`` goes into its environment."""
    port = _free_port()
    environment = _environment(database, port) | more
    if environment["STATIC_MANIFEST"] == "1":
        _collect_static_files(environment)
    command = [sys.executable, "-m", "batua.server", "batua.benchmarks.app:application"]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=words
        )
        try:
            _wait_until_it_answers(process, port, words)
            yield Server(port, process, words)
        finally:
            process.terminate()
            process.wait(timeout=40)


def _environment(database: Mapping[str, Any], port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": _address(database),
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "batua.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "JWT_KEY": settings.JWT_KEY,
        "SITE_URL": f"http://{HOST}:{port}",
        "ALLOWED_HOSTS": HOST,
        "RESEND_API_KEY": "unused",
        "LOG_FORMAT": "json",
        "PORT": str(port),
        "WEB_HOST": HOST,
        "METRICS_DIR": str(Path(tempfile.gettempdir()) / f"batua-benchmark-{port}"),
        "STATIC_MANIFEST": "1" if env.flag("STATIC_MANIFEST", default=True) else "0",
    }


def _address(database: Mapping[str, Any]) -> str:
    """The DATABASE_URL of an entry of DATABASES."""
    user, password, name = (quote(str(database.get(key) or ""), safe="") for key in ("USER", "PASSWORD", "NAME"))
    port = f":{database['PORT']}" if database.get("PORT") else ""
    options = {"host": database["HOST"], **database.get("OPTIONS", {})}
    return f"postgresql://{user}{':' if password else ''}{password}@{port}/{name}?{urlencode(options)}"


def _collect_static_files(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, words: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    words.seek(0)
    raise ServerError(f"the production server did not start: {words.read().decode(errors='replace')[-2000:]}")


def _family(pid: int) -> list[int]:
    """The process and its children, as Linux lists them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
