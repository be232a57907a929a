"""Times and queries of pages: over one kept connection, in turns, so that a busy moment strikes all alike."""

import http.client
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from batua.benchmarks import pages, server
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.pages import Page

WARM_UP = 5


class PageError(RuntimeError):
    """A page that is to be measured does not answer as it should."""


@dataclass(frozen=True)
class Reading:
    """One page of one ledger; milliseconds, and the SQL queries that it takes."""

    page: Page
    entries: int
    queries: int
    median: float
    p95: float


def readings(ledgers: Sequence[Ledger], *, port: int, rounds: int) -> list[Reading]:
    """Every page of every ledger, measured ``rounds`` times in turns."""
    todo = [(ledger, page) for ledger in ledgers for page in pages.of(ledger)]
    cookies = {ledger.entries: _signed_in(ledger) for ledger in ledgers}
    times: list[list[float]] = [[] for _ in todo]
    with _kept_connection(port) as line:
        for number in range(WARM_UP + rounds):
            for position, (ledger, page) in enumerate(todo):
                taken = _fetch(line, page, cookies[ledger.entries])
                if number >= WARM_UP:
                    times[position].append(taken)
    return [_reading(page, ledger, taken) for (ledger, page), taken in zip(todo, times, strict=True)]


def _reading(page: Page, ledger: Ledger, times: list[float]) -> Reading:
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Reading(page, ledger.entries, _queries(page, ledger), statistics.median(times), p95)


@contextmanager
def _kept_connection(port: int) -> Iterator[http.client.HTTPConnection]:
    line = http.client.HTTPConnection(server.HOST, port, timeout=60)
    try:
        yield line
    finally:
        line.close()


def _fetch(line: http.client.HTTPConnection, page: Page, cookie: str) -> float:
    started = time.perf_counter()
    line.request("GET", page.path, headers={"Cookie": cookie})
    response = line.getresponse()
    response.read()
    taken = (time.perf_counter() - started) * 1000
    if response.status != 200:
        raise PageError(f"{page.name} ({page.path}) answers {response.status}")
    return taken


def _signed_in(ledger: Ledger) -> str:
    """The cookie of a session of the ledger's owner."""
    session = SessionStore()
    session[SESSION_KEY] = str(ledger.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = ledger.user.get_session_auth_hash()
    session["seen"] = int(time.time())
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _queries(page: Page, ledger: Ledger) -> int:
    """Counted in this process, on the same database; the first call fills the caches."""
    client = Client(headers={"host": "localhost"})
    client.force_login(ledger.user)
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path)
    return len(captured)
