"""`manage.py send_budget_alerts`: mails to members who asked for them about limits that are nearly used up."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from budgets import alerts


class Command(BaseCommand):
    help = "Mail what is new about budgets that reached 80 or 100 % of their limit, as the worker does by the clock."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Mails about budgets sent: {alerts.send(now=timezone.now())}")
