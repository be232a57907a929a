"""What happened to accounts and what staff did: rows that are added and never changed."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    """One event that a person may ask about later. The database refuses to change or delete it for thirteen months.

    It keeps numbers and not rows of others, so it outlives the person, the household and the staff it tells of;
    and it knows a network and not a whole address, so that it says nothing about where one person lives.
    """

    class Kind(models.TextChoices):
        SIGNED_UP = "signed-up", _("Signed up")
        SIGNED_IN = "signed-in", _("Signed in")
        SIGN_IN_FAILED = "sign-in-failed", _("Failed to sign in")
        SIGNED_OUT = "signed-out", _("Signed out")
        SESSION_ENDED = "session-ended", _("Ended a session")
        TOO_MANY_TRIES = "too-many-tries", _("Was slowed down")
        PASSWORD_CHANGED = "password-changed", _("Changed the password")
        PASSWORD_RESET = "password-reset", _("Reset the password by mail")
        ADDRESS_ADDED = "address-added", _("Asked for another address")
        ADDRESS_CONFIRMED = "address-confirmed", _("Confirmed an address")
        ADDRESS_CHANGED = "address-changed", _("Changed the address")
        ADDRESS_REMOVED = "address-removed", _("Removed an address")
        FACTOR_ADDED = "factor-added", _("Added a second factor")
        FACTOR_REMOVED = "factor-removed", _("Removed a second factor")
        FACTOR_RENEWED = "factor-renewed", _("Renewed recovery codes")
        FACTOR_USED = "factor-used", _("Used a second factor")
        FACTOR_FAILED = "factor-failed", _("Failed at the second factor")
        TOKEN_MADE = "token-made", _("Made an API token")
        TOKEN_ENDED = "token-ended", _("Ended an API token")
        WEBHOOK_CHANGED = "webhook-changed", _("Changed a webhook")
        EXPORTED = "exported", _("Exported entries")
        BACKED_UP = "backed-up", _("Downloaded a backup")
        RESTORED = "restored", _("Restored a backup")
        ROLE_CHANGED = "role-changed", _("Got another role")
        ACCOUNT_DELETED = "account-deleted", _("Deleted the account")
        HOUSEHOLD_DELETED = "household-deleted", _("Deleted a household")
        STAFF_LOOKED = "staff-looked", _("Staff looked at it")
        STAFF_CHANGED = "staff-changed", _("Staff changed it")
        DATA_FIXED = "data-fixed", _("An operator mended it")

    at = models.DateTimeField(_("at"), db_default=Now(), db_index=True, editable=False)
    # Without choices: a new kind needs no migration, and an old row keeps a word that is no longer in use.
    event = models.CharField(_("event"), max_length=40)
    person = models.BigIntegerField(_("person"), null=True, db_index=True)
    actor = models.BigIntegerField(_("done by"), null=True)
    household = models.BigIntegerField(_("household"), null=True)
    network = models.CharField(_("network"), max_length=43, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")

    def __str__(self) -> str:
        return f"{self.event} · {self.pk}"
