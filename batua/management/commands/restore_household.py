"""`manage.py restore_household`: a new household from a backup, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from batua.backup.archive import Archive, ArchiveError, open_archive
from batua.backup.restoring import Others, restore

NAME_LENGTH = 80


class Command(BaseCommand):
    help = "Make a new household from a backup; what is there stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="who owns the new household")
        parser.add_argument("--name", default="", help="a name other than the backup's")
        parser.add_argument(
            "--with-members", action="store_true", help="those of its members who have an account here are members too"
        )
        parser.add_argument("--dry-run", action="store_true", help="restore, say what came of it, and undo it")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = User.objects.with_email(options["owner"]).first()
        if owner is None:
            raise CommandError(f"Nobody here has the address {options['owner']}. The owner has to sign up first.")
        if len(options["name"]) > NAME_LENGTH:
            raise CommandError(f"A household's name has at most {NAME_LENGTH} characters.")
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                self._restore(open_archive(file), owner, options)
        except ArchiveError as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def _restore(self, archive: Archive, owner: User, options: dict[str, Any]) -> None:
        others = Others.INVITED_BACK if options["with_members"] else Others.LEFT_OUT
        with transaction.atomic():
            restored = restore(archive=archive, owner=owner, name=options["name"], others=others)
            if options["dry_run"]:
                transaction.set_rollback(True)
        counted = ", ".join(f"{member.rows} {name}" for name, member in archive.manifest.members.items())
        self.stdout.write(counted.replace(".jsonl", "").replace("_", " "))
        for email in restored.left_out:
            self.stdout.write(f"Not a member of the new household: {email}")
        if options["dry_run"]:
            self.stdout.write("The backup can be restored. Nothing was kept of this trial.")
        else:
            self.stdout.write(f"Restored: {restored.household.name}, owned by {owner.email}.")
