"""`manage.py prune_unverified`: forget sign-ups whose address nobody ever confirmed."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Household, Membership, User


class Command(BaseCommand):
    help = "Forget sign-ups whose address was never confirmed, with the households that were made for them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30, help="how old a sign-up must be (default 30)")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        if days < 3:
            raise CommandError("--days must be 3 or more: a confirmation link works for three days.")
        forgotten = unverified(before=timezone.now() - timedelta(days=days))
        if dry_run:
            self.stdout.write(f"{forgotten.count()} unconfirmed sign-ups would be forgotten")
        else:
            self.stdout.write(f"{forget(forgotten)} unconfirmed sign-ups forgotten")


def unverified(*, before: datetime) -> QuerySet[User]:
    """People who never came in: no confirmed address, never signed in, no rights given on the shell."""
    people: QuerySet[User] = User.objects.filter(
        date_joined__lt=before, last_login=None, is_staff=False, is_superuser=False, emailaddress__isnull=False
    ).exclude(emailaddress__verified=True)
    return people


@transaction.atomic
def forget(people: QuerySet[User]) -> int:
    """Deletes them and the households that are theirs alone; says how many people it were."""
    keys = set(people.values_list("pk", flat=True))
    of_others = Membership.objects.exclude(user__in=keys).values("household")
    of_them = Membership.objects.filter(user__in=keys).values("household")
    Household.objects.filter(pk__in=of_them).exclude(pk__in=of_others).delete()
    User.objects.filter(pk__in=keys).delete()
    return len(keys)
