"""How programs get in: a sign-in with its tokens, a personal token, and answers kept for a repeated request."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.households import Household
from accounts.models.people import User


class ApiSessionQuerySet(models.QuerySet["ApiSession"]):
    def of(self, user: User) -> "ApiSessionQuerySet":
        return self.filter(user=user)

    def live(self) -> "ApiSessionQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class ApiSession(models.Model):
    """One sign-in over the API: the family of all the tokens that came of it, and the truth about its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_sessions")
    # The one refresh token that may be used now. Any other of this sign-in was used before.
    refresh_id = models.UUIDField(default=uuid.uuid4, editable=False)
    # Of the password at sign-in: another password ends this, whoever set it and by whatever way.
    password_mark = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("ended"), null=True)
    # Where it was used last, and by what, for the person's eyes only.
    agent = models.CharField(_("program"), max_length=200, blank=True, db_default="")
    address = models.GenericIPAddressField(_("address"), null=True)
    used_at = models.DateTimeField(_("last used"), db_default=Now())

    objects = ApiSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("API sign-in")
        verbose_name_plural = _("API sign-ins")

    def __str__(self) -> str:
        return str(self.pk)


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    def of_person(self, user: User) -> "PersonalTokenQuerySet":
        return self.filter(user=user)

    def live(self) -> "PersonalTokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)

    def newest_first(self) -> "PersonalTokenQuerySet":
        return self.order_by("-created_at", "-pk")


class PersonalToken(models.Model):
    """A member's key for a program of theirs. It is shown once; what is kept cannot be turned back into it."""

    class Scope(models.TextChoices):
        READ = "read", _("Look only")
        WRITE = "write", _("Look and change")

    user = models.ForeignKey(User, models.CASCADE, related_name="personal_tokens")
    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(_("it may"), max_length=5, choices=Scope, default=Scope.READ)
    # SHA-256: the token is random enough that a slow hash would protect nothing more.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(_("ends in"), max_length=4, editable=False)
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal token")
        verbose_name_plural = _("personal tokens")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(scope__in=["read", "write"]), name="token_scope_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.ending}"

    @property
    def may_write(self) -> bool:
        return self.scope == self.Scope.WRITE


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, so that sending it again does nothing again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    # The database deletes the row with its household (see the migration).
    household = models.ForeignKey(
        Household, models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=True
    )
    key = models.CharField(max_length=200)
    # Of method, address, household and body: the same key with another request is a mistake of the client.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.status} · {self.pk}"
