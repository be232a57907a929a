"""Proves that the kept month totals are what the entries add up to, and rebuilds what is not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transactions import totals


class Command(BaseCommand):
    help = "Compare the kept month totals with the entries; exit 1 on a difference. --fix rebuilds them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="rebuild the totals of every household that differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = totals.differences()
        for row in found:
            self.stdout.write(
                f"household {row.household}, {row.month:%Y-%m}, {row.kind}, category {row.category}, "
                f"wallet {row.wallet} → {row.to_wallet}: kept {row.kept} of {row.kept_entries} entries, "
                f"the entries say {row.counted} of {row.counted_entries}"
            )
        if not found:
            self.stdout.write("All month totals equal their entries.")
        elif options["fix"]:
            households = sorted({row.household for row in found})
            totals.rebuild(households=households)
            self.stdout.write(f"Rebuilt the totals of {len(households)} household(s).")
        else:
            raise CommandError(f"{len(found)} month totals differ. Run again with --fix to rebuild them.")
