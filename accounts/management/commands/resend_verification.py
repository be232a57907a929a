"""`manage.py resend_verification`: the mail with the link that confirms an address, once more."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from accounts import mails
from accounts.management.data_fix import DataFix
from accounts.models import SecurityEvent
from batua import letters, mail_queue

PAUSE = timedelta(hours=1)


class Command(DataFix):
    help = "Send the link that confirms an address again, to one address or to all that wait; at most once an hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("addresses", nargs="*", help="the addresses that wait for their link")
        parser.add_argument("--days", type=int, help="all who signed up in so many days and wait")

    def mend(self, *, addresses: list[str], days: int | None, **options: Any) -> list[str]:
        if bool(addresses) == (days is not None):
            raise CommandError("Name addresses, or say --days.")
        waiting = EmailAddress.objects.filter(verified=False).select_related("user").order_by("pk")
        if days is not None:
            found = list(waiting.filter(user__date_joined__gte=timezone.now() - timedelta(days=days)))
        else:
            found = [address for typed in addresses for address in waiting.filter(email__iexact=typed.strip())]
        sentences = [self._send(address) for address in found]
        return sentences or ["Nobody waits for a link there."]

    def _send(self, address: EmailAddress) -> str:
        sent = SecurityEvent.objects.filter(event=SecurityEvent.Kind.DATA_FIXED, person=address.user_id)
        if sent.filter(facts__command="resend_verification", at__gt=timezone.now() - PAUSE).exists():
            return f"{address.email}: sent within the last hour, not again"
        key = EmailConfirmationHMAC.create(address).key
        letter = mails.welcome(link=letters.at_our_address(reverse("account_confirm_email", args=[key])))
        mail_queue.post(letters.written(letter, to=address.email))
        self.note(user=address.user_id)
        return f"{address.email}: sent"
