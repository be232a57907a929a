"""Proves that the kept totals are what the entries add up to, and rebuilds what is not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transactions import totals


class Command(BaseCommand):
    help = "Compare totals of months, years and wallets with the entries; exit 1 on a difference. --fix rebuilds them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="rebuild the totals of every household that differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = totals.differences()
        for row in found:
            self.stdout.write(str(row))
        households = sorted({row.household for row in found})
        if not households:
            self.stdout.write("All totals equal their entries.")
        elif options["fix"]:
            totals.rebuild(households=households)
            self.stdout.write(f"Rebuilt the totals of {len(households)} household(s).")
        else:
            raise CommandError(f"{len(found)} totals differ. Run again with --fix to rebuild them.")
