"""`manage.py drill`: proves that what was backed up can be had back, in a database that goes away again."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import get_random_string

from batua import dumps
from batua.dumps import DumpError
from batua.rescue import proof


class Command(BaseCommand):
    help = (
        "Restore a dump beside the running database and look at it: migrations, month totals. Without a file, dump now "
        "and compare every table too. Nothing of the running database is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a dump; without one, a new one is made and removed")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        try:
            found = self._of_now() if file is None else self._of(file)
        except (DumpError, OSError) as error:
            raise CommandError(f"It cannot be had back. {error}") from error
        if found:
            raise CommandError("\n".join(["It is not the same:", *found]))
        self.stdout.write("Restored, and everything is there." if file is None else f"{file} can be restored.")

    def _of_now(self) -> list[str]:
        database = settings.DATABASES["default"]
        with tempfile.TemporaryDirectory(prefix="batua-drill-") as folder:
            file = Path(folder) / "now.dump"
            with dumps.snapshot(database) as (moment, original):
                dumps.write(database, file, snapshot=moment)
            return self._restored(file, original)

    def _of(self, file: Path) -> list[str]:
        return self._restored(file, None)

    def _restored(self, file: Path, original: proof.Prints | None) -> list[str]:
        name = f"batua_drill_{get_random_string(8).lower()}"
        with dumps.scratch(settings.DATABASES["default"], name) as copy:
            dumps.read(copy, file)
            return proof.problems(copy, original)
