"""`manage.py benchmark`: how fast the pages are, and whether they stay so as the books grow."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from batua.benchmarks import bulk, crowd, ledgers, measuring, report, server

DATABASE = "batua_benchmark"


class Command(BaseCommand):
    help = "Measures the pages on the production server, against an empty one, in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--entries", type=int, nargs="+", default=[1_000, 100_000], metavar="N", help="entries of each household"
        )
        parser.add_argument("--rounds", type=int, default=60, help="how often each page is fetched")
        parser.add_argument("--pages", action="store_true", help="only the pages: no large jobs, no crowd")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = sorted(set(options["entries"]))
        if sizes[0] < 1 or options["rounds"] < 1:
            raise CommandError("Entries and rounds are at least 1.")
        settings.DEBUG = False  # else each query is kept, here as nowhere else
        settings.ROOT_URLCONF = "batua.benchmarks.addresses"
        try:
            with _own_database():
                made = [self._made(size) for size in sizes]
                ledgers.settle()
                with server.running(connection.settings_dict) as running:
                    self._say(f"Fetching each page {options['rounds']} times")
                    outcome = self._outcome(made, running, rounds=options["rounds"], with_jobs=not options["pages"])
        except (server.ServerError, measuring.PageError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(outcome), indent=2))
        else:
            self.stdout.write(report.table(outcome))

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


@contextmanager
def _own_database() -> Iterator[None]:
    """A fresh, migrated database beside the configured one; dropped at the end, one left over is replaced."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)
