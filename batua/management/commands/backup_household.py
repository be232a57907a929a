"""`manage.py backup_household`: everything of a household in one ZIP, for a person or a nightly job."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Household, Membership, User
from batua.backup.writing import write


class Command(BaseCommand):
    help = "Write a household's backup: a ZIP that restore_household reads. Standard output without --output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--household", metavar="NAME", help="needed when the member has several")
        parser.add_argument("--member", metavar="EMAIL", help="an owner of the household")
        parser.add_argument("--output", type=Path, metavar="FILE", help="is replaced once the new backup is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        household = _household(options["household"], options["member"])
        output: Path | None = options["output"]
        if output is None:
            # A pipe cannot be wound back, which a ZIP does not need.
            write(household=household, file=sys.stdout.buffer, made_at=timezone.now())
            return
        try:
            manifest = _written(household, output)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        rows = manifest["members"]["entries.jsonl"]["rows"]
        self.stdout.write(f"Written: {output}, {rows} entries of {manifest['household']}.")


def _written(household: Household, output: Path) -> dict[str, Any]:
    """Beside the old file until it is whole: a full disk leaves the last good backup."""
    file: IO[bytes]
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            manifest = write(household=household, file=file, made_at=timezone.now())
            file.flush()
            os.fsync(file.fileno())
            beside.replace(output)
        except BaseException:
            beside.unlink()
            raise
    return manifest


def _household(name: str | None, email: str | None) -> Household:
    if not name and not email:
        raise CommandError("Say which household with --household NAME or --member EMAIL.")
    if email and not User.objects.with_email(email).exists():
        raise CommandError(f"No member has the address {email}.")
    found = Household.objects.order_by("pk")
    if email:
        found = found.filter(memberships__user__email__iexact=email, memberships__role=Membership.Role.OWNER)
    named = list(found.filter(name__iexact=name) if name else found)
    if len(named) == 1:
        return named[0]
    if named and name:
        raise CommandError(f"{len(named)} households are called {name}. Say whose with --member EMAIL.")
    # Of the member's own only: a list of all households is nobody's business.
    names = ", ".join(sorted(each.name for each in found)) if email else ""
    said = f" {email} owns: {names}." if names else ""
    raise CommandError(
        ("Say which household with --household NAME." if named else "There is no such household.") + said
    )
