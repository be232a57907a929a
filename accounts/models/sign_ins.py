"""Where a person is signed in, or was: one row for each time they came in."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, user: User) -> "SignInQuerySet":
        return self.filter(user=user)

    def open_at(self, now: datetime) -> "SignInQuerySet":
        """Those whose session cannot have ended by itself."""
        idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        longest = timedelta(seconds=settings.SESSION_LONGEST)
        return self.filter(ended_at=None, seen_at__gt=now - idle, began_at__gt=now - longest)

    def latest_first(self) -> "SignInQuerySet":
        return self.order_by("-seen_at", "-pk")


class SignIn(models.Model):
    """One sign-in. The session itself lives in Django's table; this says which device holds it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(_("session"), max_length=40, db_index=True)
    device = models.CharField(_("device"), max_length=32)
    agent = models.CharField(_("browser"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    began_at = models.DateTimeField(_("signed in"), db_default=Now())
    seen_at = models.DateTimeField(_("last seen"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes: ClassVar = [models.Index(fields=["user", "device"], name="sign_ins_of_a_device")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.device}"
