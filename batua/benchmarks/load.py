"""Many clients for some minutes: locust's, against the production server, whose memory is watched meanwhile.

The clients, the server and PostgreSQL share one machine: what the clients use up, the server does not get.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from batua.benchmarks import ledgers, neighbours, server
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.server import HOST, Server

PER_SECOND = 1  # clients that arrive in a second: each sign-in hashes a password, which is meant to be slow
GLANCE = 1.0  # seconds between two looks at the memory
LOCUSTFILE = Path(__file__).with_name("locustfile.py")
LAST_WORDS = 2_000


class LoadError(RuntimeError):
    """The clients did not get as far as a result; the text holds what locust said."""


@dataclass(frozen=True)
class Load:
    """What the clients were answered; memory is pairs of seconds and megabytes of all processes of the server."""

    clients: int
    entries: int
    seconds: float
    pages: Sequence[dict[str, Any]]
    errors: Sequence[str]
    memory: Sequence[tuple[float, int]]
    faults: Sequence[str]
    has_redis: bool


def measured(clients: int, *, seconds: int, households: int, like: Ledger, say: Callable[[str], object]) -> Load:
    """Makes the households, of which nothing is left afterwards, and lets their owners in."""
    made = neighbours.settle(max(households, clients), like)
    entries = neighbours.fill(made, today=like.today)
    ledgers.settle()
    with server.running(connection.settings_dict, TRUSTED_PROXIES="1") as running:
        say(f"{clients} clients for {seconds} s")
        outcome, memory = _visited(running, clients, seconds)
        faults = running.faults()
    return Load(
        clients=clients,
        entries=entries,
        seconds=outcome["seconds"],
        pages=outcome["pages"],
        errors=outcome["errors"],
        memory=memory,
        faults=faults,
        has_redis=bool(settings.REDIS_URL),
    )


def _visited(running: Server, clients: int, seconds: int) -> tuple[dict[str, Any], list[tuple[float, int]]]:
    """What locust says of its clients, and the memory in the meantime."""
    memory: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        outcome = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary", "-L", "ERROR"]
        command += ["--users", str(clients), "--spawn-rate", str(PER_SECOND), "--run-time", f"{seconds}s"]
        command += ["--stop-timeout", "30", "--host", f"http://{HOST}:{running.port}", "--outcome", str(outcome)]
        with (Path(folder) / "words").open("w+b") as words:
            visitors = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=words, stderr=words)
            began = time.monotonic()
            while visitors.poll() is None:
                memory.append((time.monotonic() - began, running.memory_together()))
                time.sleep(GLANCE)
            words.seek(0)
            if not outcome.exists():
                raise LoadError(words.read().decode(errors="replace")[-LAST_WORDS:])
        return json.loads(outcome.read_text()), memory
