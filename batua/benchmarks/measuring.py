"""Times and shares of what is measured: over one kept connection, in turns, so that a busy moment strikes all alike."""

import http.client
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from batua.benchmarks import pages, server, shares
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.pages import Page
from batua.benchmarks.shares import Shares

WARM_UP = 5
TOKEN = "a" * 32
ANSWERS = (200, 204)


class PageError(RuntimeError):
    """A page that is to be measured does not answer as it should."""


@dataclass(frozen=True)
class Reading:
    """One page of one ledger; milliseconds over HTTP, and where they go."""

    page: Page
    entries: int
    shares: Shares
    median: float
    p95: float


def readings(ledgers: Sequence[Ledger], *, port: int, rounds: int) -> list[Reading]:
    """Every page of every ledger, measured ``rounds`` times in turns."""
    todo = [(ledger, page) for ledger in ledgers for page in pages.of(ledger)]
    cookies = {ledger.entries: signed_in(ledger) for ledger in ledgers}
    times: list[list[float]] = [[] for _ in todo]
    with kept_connection(port) as line:
        for number in range(WARM_UP + rounds):
            for position, (ledger, page) in enumerate(todo):
                taken = done(line, page, cookies[ledger.entries])
                if number >= WARM_UP:
                    times[position].append(taken)
    return [_reading(page, ledger, taken) for (ledger, page), taken in zip(todo, times, strict=True)]


def _reading(page: Page, ledger: Ledger, times: list[float]) -> Reading:
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Reading(page, ledger.entries, shares.of(page, ledger.user), statistics.median(times), p95)


@contextmanager
def kept_connection(port: int) -> Iterator[http.client.HTTPConnection]:
    """One connection to the server, used again and again."""
    line = http.client.HTTPConnection(server.HOST, port, timeout=60)
    try:
        yield line
    finally:
        line.close()


def done(line: http.client.HTTPConnection, page: Page, cookie: str) -> float:
    """Does what a page is for; milliseconds. Raises PageError when it is answered with anything else."""
    forms = [step.form and step.form() for step in page.steps]
    started = time.perf_counter()
    for step, form in zip(page.steps, forms, strict=True):
        status = request(line, step.path, cookie, form)
        if status not in ANSWERS:
            raise PageError(f"{page.name} ({step.path}) answers {status}")
    return (time.perf_counter() - started) * 1000


def request(line: http.client.HTTPConnection, path: str, cookie: str, form: dict[str, Any] | None = None) -> int:
    """Makes one request, a POST when there is a form, and reads all of the answer; returns its status."""
    if form is None:
        line.request("GET", path, headers={"Cookie": cookie})
    else:
        headers = {
            "Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request("POST", path, body=urlencode(form), headers=headers)
    response = line.getresponse()
    response.read()
    return response.status


def signed_in(ledger: Ledger) -> str:
    """The cookie of a session of the ledger's owner."""
    session = SessionStore()
    session[SESSION_KEY] = str(ledger.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = ledger.user.get_session_auth_hash()
    session["seen"] = int(time.time())
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
