"""Many clients at once: how many pages a second they get, and whether all of them get one."""

import threading
import time
from dataclasses import dataclass, field

from django.urls import reverse

from batua.benchmarks import measuring
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.server import Server

SECONDS = 5.0


@dataclass
class Crowd:
    """What so many clients got of one page within the time."""

    name: str
    clients: int
    errors: int = 0
    times: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / SECONDS

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return sorted(self.times)[int(len(self.times) * 0.95)] * 1000 if self.times else float("inf")


def crowds(ledger: Ledger, running: Server) -> list[Crowd]:
    """The empty view and the dashboard with 64 clients, the dashboard with 16 and 100 as well."""
    empty, home = reverse("benchmark-empty"), reverse("reports:dashboard")
    cookie = measuring.signed_in(ledger)
    return [
        _crowd("empty view", empty, 64, cookie, running),
        _crowd("dashboard", home, 16, cookie, running),
        _crowd("dashboard", home, 64, cookie, running),
        _crowd("dashboard", home, 100, cookie, running),
    ]


def _crowd(name: str, path: str, clients: int, cookie: str, running: Server) -> Crowd:
    crowd = Crowd(name, clients)
    until = time.perf_counter() + SECONDS
    threads = [
        threading.Thread(target=_visit, args=[crowd, path, cookie, running.port, until]) for _each in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return crowd


def _visit(crowd: Crowd, path: str, cookie: str, port: int, until: float) -> None:
    with measuring.kept_connection(port) as line:
        while time.perf_counter() < until:
            started = time.perf_counter()
            try:
                status = measuring.request(line, path, cookie)
            except OSError:
                status = 0
            if status == 200:
                crowd.times.append(time.perf_counter() - started)
            else:
                crowd.errors += 1
