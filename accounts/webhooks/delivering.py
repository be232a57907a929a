"""One try to deliver one message, and what the log says of it."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import WebhookDelivery
from accounts.webhooks import posting, signing
from accounts.webhooks.addresses import NotAnAddressError, RefusedError, UnknownNameError
from accounts.webhooks.posting import NoAnswerError
from batua.sealing import SealError, unseal

TRIES = 8
KEPT_FOR = timedelta(days=30)
PURPOSE = "webhook secret"
State, Problem = WebhookDelivery.State, WebhookDelivery.Problem

PROBLEMS = {
    NotAnAddressError: Problem.ADDRESS,
    UnknownNameError: Problem.NAME,
    RefusedError: Problem.REFUSED,
    NoAnswerError: Problem.SILENCE,
    SealError: Problem.SECRET,
}


class NotDeliveredError(Exception):
    """This try failed, and there shall be another."""


def deliver(key: int) -> None:
    """Tries once. Raises NotDeliveredError when it is worth another try; a message that is gone is none."""
    delivery = WebhookDelivery.objects.select_related("webhook").filter(pk=key).first()
    if delivery is None or delivery.state != State.WAITING:
        return
    if not delivery.webhook.is_on:
        _note(delivery, State.FAILED, problem=Problem.OFF)
        return
    try:
        status = _post(delivery)
    except tuple(PROBLEMS) as error:
        _failed(delivery, problem=PROBLEMS[type(error)])
        return
    if 200 <= status < 300:
        _note(delivery, State.DELIVERED, status=status)
    else:
        _failed(delivery, problem="", status=status)


def forget() -> None:
    """Drops messages that are older than the log is long."""
    WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


def _post(delivery: WebhookDelivery) -> int:
    body = delivery.body.encode()
    headers = signing.headers(
        unseal(delivery.webhook.secret, purpose=PURPOSE),
        message_id=str(delivery.message_id),
        timestamp=int(timezone.now().timestamp()),
        body=body,
    )
    headers |= {"Content-Type": "application/json", "User-Agent": "Batua-Webhooks/1"}
    return posting.post(delivery.webhook.url, body=body, headers=headers)


def _failed(delivery: WebhookDelivery, *, problem: str, status: int | None = None) -> None:
    is_last = delivery.attempts + 1 >= TRIES
    _note(delivery, State.FAILED if is_last else State.WAITING, problem=problem, status=status)
    if not is_last:
        raise NotDeliveredError(problem or f"Status {status}")


def _note(delivery: WebhookDelivery, state: str, *, problem: str = "", status: int | None = None) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=state, problem=problem, status=status, attempts=F("attempts") + 1, tried_at=Now()
    )
