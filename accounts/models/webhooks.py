"""Whom a household tells what happened: an address, and a row for each message to it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.households import Household


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def of(self, household: Household) -> Self:
        return self.filter(household=household)

    def listening_to(self, event: str) -> Self:
        return self.filter(is_on=True, events__contains=[event])


class Webhook(models.Model):
    """An address on the web that hears of a household's events. ``secret`` is sealed: it signs each message."""

    class Event(models.TextChoices):
        TRANSACTION_CREATED = "transaction.created", _("An entry is added")
        TRANSACTION_UPDATED = "transaction.updated", _("An entry is changed")
        TRANSACTION_DELETED = "transaction.deleted", _("An entry is deleted")
        IMPORT_COMMITTED = "import.committed", _("A file is imported")
        IMPORT_REVERTED = "import.reverted", _("An import is taken back")
        BUDGET_CROSSED = "budget.crossed", _("A budget reaches 80 % or all of its limit")

    household = models.ForeignKey(Household, models.DO_NOTHING, db_constraint=False, related_name="+")
    url = models.CharField(_("address"), max_length=500)
    secret = models.TextField(editable=False)
    events = ArrayField(models.CharField(max_length=40, choices=Event), verbose_name=_("tells of"))
    is_on = models.BooleanField(_("in use"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "url"], name="one_webhook_per_address"),
            models.CheckConstraint(condition=~models.Q(events=[]), name="webhook_tells_of_something"),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def of(self, household: Household) -> Self:
        return self.filter(webhook__household=household)


class WebhookDelivery(models.Model):
    """One message to one address, and what came of it; the row is written with what it tells of, and sent after."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not delivered")

    class Problem(models.TextChoices):
        ADDRESS = "address", _("This address cannot be used.")
        NAME = "name", _("The name of the address was not found.")
        REFUSED = "refused", _("The address leads into a private network.")
        SILENCE = "silence", _("Nobody answered at the address.")
        SECRET = "secret", _("The secret cannot be read any more. Make a new one.")
        OFF = "off", _("The webhook was switched off.")

    webhook = models.ForeignKey(Webhook, models.DO_NOTHING, db_constraint=False, related_name="deliveries")
    # The receiver knows by it that a message came twice.
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("event"), max_length=40)
    body = models.TextField()
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    problem = models.CharField(_("problem"), max_length=8, choices=Problem, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    tried_at = models.DateTimeField(_("last tried"), null=True)

    objects: ClassVar = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "delivered", "failed"]), name="delivery_state_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="delivery_by_age")]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
