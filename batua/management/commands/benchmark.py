"""`manage.py benchmark`: how fast the pages are, and whether they stay so as books and households grow."""

import json
import signal
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from batua.benchmarks import (
    bulk,
    company,
    company_report,
    crowd,
    databases,
    ledgers,
    load,
    load_report,
    measuring,
    neighbours,
    people,
    report,
    server,
)


class Command(BaseCommand):
    help = "Measures the pages on the production server, against an empty one, in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--entries", type=int, nargs="+", default=[1_000, 100_000], metavar="N", help="entries of each household"
        )
        parser.add_argument("--rounds", type=int, default=60, help="how often each page is fetched")
        parser.add_argument("--pages", action="store_true", help="only the pages: no large jobs, no crowd")
        parser.add_argument(
            "--households", type=int, default=0, metavar="N", help="instead: one household alone, and among so many"
        )
        parser.add_argument(
            "--clients", type=int, default=0, metavar="N", help="instead: so many clients, each with a household"
        )
        parser.add_argument("--seconds", type=int, default=300, help="how long the clients stay")
        parser.add_argument(
            "--serve", type=int, default=0, metavar="N", help="instead: serve a household of N entries until Ctrl-C"
        )
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if min(*options["entries"], options["rounds"]) < 1:
            raise CommandError("Entries and rounds are at least 1.")
        settings.DEBUG = False  # else each query is kept, here as nowhere else
        settings.ROOT_URLCONF = "batua.benchmarks.addresses"
        ways = (("serve", self._serve), ("clients", self._load), ("households", self._company))
        measure = next((way for name, way in ways if options[name]), self._growth)
        try:
            for_programs, for_people = measure(**options)
        except (server.ServerError, measuring.PageError, load.LoadError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(for_programs, indent=2) if options["json"] else for_people)

    def _serve(self, *, serve: int, **_options: Any) -> tuple[Any, str]:
        """A household to look at in a browser, on the production server; Ctrl-C and TERM end it alike."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        self._say(f"Making a household with {serve:,} entries")
        with databases.own():
            made = neighbours.settle(1, ledgers.furnish(1, today=timezone.localdate()), sizes=[serve])
            neighbours.fill(made, today=timezone.localdate())
            ledgers.settle()
            with server.running(connection.settings_dict) as running, suppress(KeyboardInterrupt):
                address = f"http://{server.HOST}:{running.port}"
                self.stdout.write(f"{address} {people.address('owner', 0)} {people.PASSWORD!r}")
                self.stdout.flush()
                running.process.wait()
        return [], "Stopped."

    def _growth(self, *, entries: list[int], rounds: int, pages: bool, **_options: Any) -> tuple[Any, str]:
        """Households of different sizes beside each other."""
        with databases.own():
            made = [self._made(size) for size in sorted(set(entries))]
            ledgers.settle()
            with server.running(connection.settings_dict) as running:
                self._say(f"Fetching each page {rounds} times")
                outcome = self._outcome(made, running, rounds=rounds, with_jobs=not pages)
        return report.as_json(outcome), report.table(outcome)

    def _company(self, *, households: int, rounds: int, **_options: Any) -> tuple[Any, str]:
        """One household alone and among others."""
        measured = company.measured(households, rounds=rounds, today=timezone.localdate(), say=self._say)
        return company_report.as_json(measured), company_report.text(measured)

    def _load(self, *, clients: int, households: int, seconds: int, **_options: Any) -> tuple[Any, str]:
        """Many clients, each in a household of their own."""
        with databases.own():
            self._say(f"Making {max(clients, households):,} households")
            like = ledgers.furnish(1, today=timezone.localdate())
            measured = load.measured(clients, seconds=seconds, households=households, like=like, say=self._say)
        return load_report.as_json(measured), load_report.text(measured)

    def _outcome(
        self, made: list[ledgers.Ledger], running: server.Server, *, rounds: int, with_jobs: bool
    ) -> report.Outcome:
        readings = measuring.readings(made, port=running.port, rounds=rounds)
        if not with_jobs:
            return report.Outcome(readings, [], [], running.memory())
        self._say("Many clients at once")
        crowds = crowd.crowds(made[-1], running)
        self._say("Import, export, PDF")
        feats = bulk.feats(made[-1], made[0], running)
        return report.Outcome(readings, feats, crowds, running.memory())

    def _made(self, entries: int) -> ledgers.Ledger:
        self._say(f"Making a household with {entries:,} entries")
        return ledgers.make(entries, today=timezone.localdate())

    def _say(self, text: str) -> None:
        self.stderr.write(text)
