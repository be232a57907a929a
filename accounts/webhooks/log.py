"""Webhooks and what was sent to them, as their pages print it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household, Webhook, WebhookDelivery
from batua import display

TEST = "test"
MOST_SHOWN = 50
State = WebhookDelivery.State
TONES = {State.WAITING.value: "neutral", State.DELIVERED.value: "income", State.FAILED.value: "warning"}


@dataclass(frozen=True)
class WebhookRow:
    """One webhook of the list; ``state`` is that of its newest message."""

    url: str
    page_url: str
    events: str
    state: str
    tone: str


@dataclass(frozen=True)
class DeliveryRow:
    """One message of the log, and where it is sent again."""

    event: str
    made: str
    state: str
    tone: str
    answer: str
    again_url: str
    again_label: str


def webhooks(household: Household) -> list[WebhookRow]:
    """The household's webhooks, the oldest first; one query."""
    newest = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).order_by("-pk").values("state")[:1]
    found: Any = Webhook.objects.of(household).annotate(newest=Subquery(newest)).order_by("pk")
    return [_webhook_row(webhook, webhook.newest) for webhook in found]


def deliveries(webhook: Webhook, *, locale: str) -> list[DeliveryRow]:
    """The newest messages; one query."""
    found = webhook.deliveries.order_by("-created_at", "-pk")[:MOST_SHOWN]
    return [_delivery_row(delivery, locale) for delivery in found]


def _webhook_row(webhook: Webhook, newest: str | None) -> WebhookRow:
    state = State(newest) if newest else None
    count = len(webhook.events)
    return WebhookRow(
        url=webhook.url,
        page_url=reverse("accounts:webhook", args=[webhook.pk]),
        events=ngettext("%(count)d kind of event", "%(count)d kinds of events", count) % {"count": count},
        state=str(state.label if state else _("Nothing sent yet")) if webhook.is_on else _("Switched off"),
        tone=TONES[state.value] if state and webhook.is_on else "neutral",
    )


def _delivery_row(delivery: WebhookDelivery, locale: str) -> DeliveryRow:
    events = {TEST: _("A test"), **dict(Webhook.Event.choices)}
    event, made = str(events.get(delivery.event, delivery.event)), _moment(delivery.created_at, locale)
    return DeliveryRow(
        event=event,
        made=made,
        state=str(State(delivery.state).label),
        tone=TONES[delivery.state],
        answer=_answer(delivery),
        again_url=reverse("accounts:webhook-send-again", args=[delivery.pk]),
        again_label=_("Send again: %(event)s, %(made)s") % {"event": event, "made": made},
    )


def _answer(delivery: WebhookDelivery) -> str:
    parts = []
    if delivery.problem:
        parts.append(str(WebhookDelivery.Problem(delivery.problem).label))
    if delivery.status:
        parts.append(_("It answered %(status)d.") % {"status": delivery.status})
    if delivery.attempts > 1:
        parts.append(_("Tried %(count)d times.") % {"count": delivery.attempts})
    return " ".join(parts)


def _moment(moment: datetime, locale: str) -> str:
    return str(format_datetime(timezone.localtime(moment), "medium", locale=display.babel_locale(locale)))
