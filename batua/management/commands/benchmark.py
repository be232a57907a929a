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

from batua.benchmarks import ledgers, measuring, report, server

DATABASE = "batua_benchmark"


class Command(BaseCommand):
    help = "Measures the pages on the production server, against an empty one, in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--entries", type=int, nargs="+", default=[1_000, 100_000], metavar="N", help="entries of each household"
        )
        parser.add_argument("--rounds", type=int, default=60, help="how often each page is fetched")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = sorted(set(options["entries"]))
        if sizes[0] < 1 or options["rounds"] < 1:
            raise CommandError("Entries and rounds are at least 1.")
        settings.ROOT_URLCONF = "batua.benchmarks.addresses"
        try:
            with _own_database():
                made = [self._made(size) for size in sizes]
                ledgers.settle()
                with server.running(connection.settings_dict) as running:
                    self._say(f"Fetching each page {options['rounds']} times")
                    readings = measuring.readings(made, port=running.port, rounds=options["rounds"])
                    memory = running.memory()
        except (server.ServerError, measuring.PageError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"pages": report.rows(readings), "memory_mb": memory}, indent=2))
        else:
            self.stdout.write(report.table(readings, memory=memory))

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
