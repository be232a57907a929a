"""`manage.py demo`: a household with three years of believable entries, to look around in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from batua.demo import books
from transactions.models import Transaction


class Command(BaseCommand):
    help = "Make the demo household, or make it anew. Only while DEBUG is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=books.EMAIL, help="who signs in (default: %(default)s)")
        parser.add_argument("--password", default=books.PASSWORD, help="with which password (default: %(default)s)")

    def handle(self, *_arguments: str, email: str, password: str, **_options: Any) -> None:
        try:
            household = books.renew(today=timezone.localdate(None, books.ZONE), email=email, password=password)
        except books.DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        entries = Transaction.objects.of(household).count()
        self.stdout.write(f"{household.name}: {entries} entries. Sign in as {email} with the password: {password}")
