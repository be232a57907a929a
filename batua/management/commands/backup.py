"""`manage.py backup`: everything into one file of BACKUP_DIR, on any database."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from batua import dumps
from batua.dumps import DumpError


class Command(BaseCommand):
    help = "Dump the whole database into a folder; pg_restore and `manage.py drill` read the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=settings.BACKUP_DIR, metavar="FOLDER", help="instead of BACKUP_DIR"
        )
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="delete all but the newest N; 0: none")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = dumps.one_more(options["to"], now=datetime.now(UTC), keep=options["keep"])
        except (DumpError, OSError) as error:
            raise CommandError(f"No backup was written. {error}") from error
        self.stdout.write(
            f"Written: {file} ({file.stat().st_size / 1024**2:.1f} MB). Try it with `manage.py drill {file}`."
        )
