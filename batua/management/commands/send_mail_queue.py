"""`manage.py send_mail_queue`: sends the mails that wait, without their pauses; for after an outage."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from batua import mail_queue


class Command(BaseCommand):
    help = "Send the mails that wait now, also those that wait for their next try."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--given-up", action="store_true", help="also those that were given up in the last week")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            found = mail_queue.left()
            self.stdout.write(f"Mails that wait: {found.get('todo', 0)}. Given up: {found.get('failed', 0)}.")
            return
        tried = mail_queue.wake(given_up=options["given_up"])
        call_command("work", once=True, queue=[mail_queue.QUEUE])
        found = mail_queue.left()
        waiting, lost = found.get("todo", 0), found.get("failed", 0)
        self.stdout.write(f"Mails tried: {tried}. Still waiting: {waiting}. Given up: {lost}.")
