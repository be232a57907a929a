"""Where Django's and allauth's signals become security events."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.admin.models import LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.access import personal, sessions
from accounts.audit import record
from accounts.models import SecurityEvent, User

Kind = SecurityEvent.Kind

OF_ACCOUNTS = {
    account.user_signed_up: Kind.SIGNED_UP,
    account.password_changed: Kind.PASSWORD_CHANGED,
    account.password_set: Kind.PASSWORD_CHANGED,
    account.password_reset: Kind.PASSWORD_RESET,
    account.email_added: Kind.ADDRESS_ADDED,
    account.email_changed: Kind.ADDRESS_CHANGED,
    account.email_removed: Kind.ADDRESS_REMOVED,
    factors.authenticator_added: Kind.FACTOR_ADDED,
    factors.authenticator_removed: Kind.FACTOR_REMOVED,
    factors.authenticator_reset: Kind.FACTOR_RENEWED,
    factors.authenticator_used: Kind.FACTOR_USED,
    factors.authentication_failed: Kind.FACTOR_FAILED,
    user_logged_in: Kind.SIGNED_IN,
    user_logged_out: Kind.SIGNED_OUT,
}


def _recorder(kind: SecurityEvent.Kind) -> Any:
    def write(sender: Any, *, request: Any = None, user: Any = None, **rest: Any) -> None:
        if user is not None:
            record(kind, request=request, user=user, **_of_factor(rest))

    return write


def _of_factor(rest: dict[str, Any]) -> dict[str, Any]:
    """Which sort of factor it was, and whether it was asked for again before a sensitive act."""
    facts: dict[str, Any] = {}
    if "authenticator" in rest:
        facts["factor"] = str(rest["authenticator"].type)
    if rest.get("reauthenticated") or rest.get("reauthentication"):
        facts["again"] = True
    return facts


def _connect(kinds: dict[Any, SecurityEvent.Kind]) -> None:
    for signal, kind in kinds.items():
        signal.connect(_recorder(kind), weak=False, dispatch_uid=f"audit {kind}")


_connect(OF_ACCOUNTS)


@receiver(account.email_confirmed)
def address_confirmed(sender: Any, *, request: Any, email_address: Any, **rest: Any) -> None:
    record(Kind.ADDRESS_CONFIRMED, request=request, user=email_address.user_id)


@receiver(user_login_failed)
def sign_in_failed(sender: Any, *, credentials: dict[str, Any], request: Any = None, **rest: Any) -> None:
    """Known or not, the address costs one look-up, and is not written down: people type passwords into that field."""
    person = User.objects.with_email(str(credentials.get("email", ""))[:254]).values_list("pk", flat=True).first()
    record(Kind.SIGN_IN_FAILED, request=request, user=person)


@receiver(post_save, sender=LogEntry)
def staff_changed(sender: Any, *, instance: LogEntry, **rest: Any) -> None:
    """Every act of the admin, whatever its page: Django's own log of them can be edited."""
    what = instance.content_type.model if instance.content_type else ""
    row = None if instance.is_deletion() else instance.get_edited_object()
    record(
        Kind.STAFF_CHANGED,
        actor=instance.user_id,
        user=int(instance.object_id or 0) if what == "user" else None,
        household=getattr(row, "household_id", None),
        what=what,
        why=instance.change_message,
        row=str(instance.object_id),
        act=str(instance.get_action_flag_display()),
    )


def password_changed(sender: Any, *, user: User, request: Any = None, **rest: Any) -> None:
    """Whoever signed in with the old password is out."""
    sessions.end_all(user)


def password_reset(sender: Any, *, user: User, request: Any = None, **rest: Any) -> None:
    """Who needed the mailbox had lost control over the account: what was made meanwhile ends, too."""
    sessions.end_all(user)
    personal.end_all(user=user, request=request)


for _changed in (account.password_changed, account.password_set):
    _changed.connect(password_changed, dispatch_uid="end sign-ins of programs")
account.password_reset.connect(password_reset, dispatch_uid="end sign-ins and tokens")
