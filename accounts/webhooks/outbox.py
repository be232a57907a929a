"""What happened to a household, written down for its webhooks in the same transaction and sent after it.

Any app may announce its events here; what they tell is the app's own.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts import tasks
from accounts.models import Household, Webhook, WebhookDelivery

Event = Webhook.Event
Told = Mapping[str, Any]


def announce(*, household: Household, event: str, told: Callable[[], Told | None]) -> None:
    """A message to each webhook of the household that listens; ``told`` is asked only when there is one. One query.

    When there is nothing to tell after all, ``told`` answers None.
    """
    listening = list(Webhook.objects.of(household).listening_to(event).order_by("pk"))
    content = told() if listening else None
    if content is None:
        return
    with transaction.atomic():
        for webhook in listening:
            send(webhook=webhook, event=event, told=content)


def send(*, webhook: Webhook, event: str, told: Told) -> WebhookDelivery:
    """One message to one webhook, whether it listens or not."""
    content = {"type": event, "timestamp": timezone.now(), "household": webhook.household_id, "data": told}
    body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    with transaction.atomic():
        delivery = WebhookDelivery.objects.create(webhook=webhook, event=event, body=body)
        tasks.deliver.defer(delivery=delivery.pk)
    return delivery


def send_again(*, delivery: WebhookDelivery) -> None:
    """The same message once more, whatever became of it; the receiver knows it by its id."""
    with transaction.atomic():
        WebhookDelivery.objects.filter(pk=delivery.pk).update(
            state=WebhookDelivery.State.WAITING, attempts=0, problem="", status=None
        )
        tasks.deliver.defer(delivery=delivery.pk)
