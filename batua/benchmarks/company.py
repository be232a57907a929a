"""One household alone, and the same among many others: every page of both in turns, so a busy moment strikes both."""

import datetime
import http.client
import statistics
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from batua.benchmarks import databases, disk, ledgers, measuring, neighbours, pages, server
from batua.benchmarks.disk import Relation
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.neighbours import USUAL, Books
from batua.benchmarks.pages import Page
from transactions.models import Transaction

FIRST_VISITS = 5  # of each page, each by a household that nobody asked for before
INSERT = "INSERT, its triggers and its commit"


@dataclass(frozen=True)
class Place:
    """The household in one of the databases, that database's connection, and a line to its server."""

    ledger: Ledger
    wrapper: Any
    line: http.client.HTTPConnection
    cookie: str
    todo: Sequence[Page]


@dataclass(frozen=True)
class Comparison:
    """Milliseconds of one page: alone, among others, and of first visits by some of the others."""

    name: str
    alone: Sequence[float]
    among: Sequence[float]
    first: Sequence[float] = ()

    @property
    def ratio(self) -> float:
        return statistics.median(self.among) / statistics.median(self.alone)


@dataclass(frozen=True)
class Company:
    """All that was measured; ``seconds`` of writing the entries, megabytes of the server's largest process."""

    households: int
    entries: int
    seconds: float
    comparisons: Sequence[Comparison]
    relations: Sequence[Relation]
    database: int
    buffers: str
    was_dropped: bool
    memory: int


def measured(households: int, *, rounds: int, today: datetime.date, say: Callable[[str], object]) -> Company:
    """Makes both databases, of which nothing is left afterwards, and measures one beside the other."""
    with databases.own(), ExitStack() as parts:
        alone = ledgers.furnish(USUAL, today=today)
        crowded = parts.enter_context(databases.twin("crowd"))
        neighbours.fill([neighbours.of(alone)], today=today)
        ledgers.settle()
        with databases.usual(crowded):
            say(f"Making {households:,} households")
            others, entries, seconds = _neighbourhood(alone, households)
        wrappers = connections["default"], crowded
        running = [parts.enter_context(server.running(wrapper.settings_dict)) for wrapper in wrappers]
        places = [
            _place(alone, wrapper, parts.enter_context(measuring.kept_connection(each.port)))
            for wrapper, each in zip(wrappers, running, strict=True)
        ]
        say(f"Fetching each page {rounds} times from both")
        times = _in_turns(places, rounds)
        with databases.usual(crowded):
            say("First visits")
            first, was_dropped = _first_visits(places[1], others)
            relations, size, buffers = disk.largest(), disk.size(), disk.buffers()
        comparisons = [Comparison(name, *both, first.get(name, ())) for name, both in times.items()]
        return Company(
            households, entries, seconds, comparisons, relations, size, buffers, was_dropped, running[1].memory()
        )


def _neighbourhood(ledger: Ledger, households: int) -> tuple[list[Books], int, float]:
    """The household's neighbours, the number of all entries, and the seconds that writing them took."""
    others = neighbours.settle(households - 1, ledger)
    started = time.perf_counter()
    entries = neighbours.fill([*others[::2], neighbours.of(ledger), *others[1::2]], today=ledger.today)
    seconds = time.perf_counter() - started
    ledgers.settle()
    return others, entries, seconds


def _place(ledger: Ledger, wrapper: Any, line: http.client.HTTPConnection) -> Place:
    with databases.usual(wrapper):
        todo = [*pages.of(ledger), pages.adding(ledger)]
        return Place(ledger, wrapper, line, measuring.signed_in(ledger), todo)


def _in_turns(places: Sequence[Place], rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    """The times at both places, by the page's name; those of the warming up do not count."""
    times: dict[str, tuple[list[float], list[float]]] = {
        name: ([], []) for name in [*(page.name for page in places[0].todo), INSERT]
    }
    for _round in range(measuring.WARM_UP + rounds):
        for number, name in enumerate(times):
            for place, taken in zip(places, times[name], strict=True):
                with databases.usual(place.wrapper):
                    taken.append(_inserted(place) if name == INSERT else _done(place, place.todo[number]))
    return {name: (both[0][measuring.WARM_UP :], both[1][measuring.WARM_UP :]) for name, both in times.items()}


def _done(place: Place, page: Page) -> float:
    return measuring.done(place.line, page, place.cookie)


def _inserted(place: Place) -> float:
    """Milliseconds of one more entry like the newest."""
    newest = Transaction.objects.of(place.ledger.household).newest_first().values_list("pk", flat=True)[0]
    columns = "household_id, wallet_id, kind, currency, amount, date, category_id, note, comment, bank_text"
    sql = f"""INSERT INTO transactions_transaction ({columns}, uuid)
              SELECT {columns}, %s FROM transactions_transaction WHERE id = %s"""  # nosec B608 # constants
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(sql, [uuid.uuid4(), newest])
        return (time.perf_counter() - started) * 1000


def _first_visits(place: Place, others: Sequence[Books]) -> tuple[dict[str, list[float]], bool]:
    """Pages as households meet them whose rows are in no memory, and whether the system's copies were dropped too."""
    seen = [page for page in place.todo if not any(step.form for step in page.steps)]
    strangers = [(measuring.signed_in(books.ledger)) for books in others if books.ledger.entries == USUAL]
    was_dropped = disk.forget()
    visits = [
        (page.name, measuring.done(place.line, page, cookie))
        for page, cookie in zip(seen * FIRST_VISITS, strangers, strict=False)
    ]
    return {page.name: [taken for name, taken in visits if name == page.name] for page in seen}, was_dropped
