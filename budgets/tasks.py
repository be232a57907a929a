"""Jobs of budgets."""

from django.utils import timezone

from batua.jobs import periodic
from budgets import alerts


@periodic("*/15 * * * *")
def send_alerts(timestamp: int) -> None:
    """Mails what is new about budgets that reached 80 or 100 % of their limit."""
    alerts.send(now=timezone.now())
