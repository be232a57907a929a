"""What all commands that mend data share: one transaction, a rehearsal that is taken back, and a security event."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit
from accounts.models import Household, SecurityEvent


class DataFix(BaseCommand):
    """Does its work in one transaction and prints what it did; ``--dry-run`` does the very same and takes it back."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="do everything, say what it was, and take it back")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        with transaction.atomic():
            sentences = self.mend(**options)
            if dry_run:
                transaction.set_rollback(True)
        for sentence in sentences:
            self.stdout.write(sentence)
        if dry_run:
            self.stdout.write("This was a dry run: nothing has changed.")

    def mend(self, *args: Any, **options: Any) -> list[str]:
        """The work itself; what it did, a sentence a line."""
        raise NotImplementedError

    def note(self, *, household: Household | None = None, user: Any = None, **facts: Any) -> None:
        """That data were mended is a security event; nobody is signed in here, so it says which command it was."""
        command = type(self).__module__.rpartition(".")[2]
        audit.record(SecurityEvent.Kind.DATA_FIXED, household=household, user=user, command=command, **facts)


def household_numbered(number: int) -> Household:
    """The household, held until the end. Raises CommandError."""
    household = Household.objects.select_for_update(no_key=True).filter(pk=number).first()
    if household is None:
        raise CommandError(f"There is no household {number}.")
    return household
