"""Where a person is signed in: noted at the door, followed while the session lasts, ended from any device."""

import uuid
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpResponse
from django.utils import timezone

from accounts import audit
from accounts.models import SignIn, User
from batua import session_clock
from batua.client_address import client_address

ROW_KEY = "sign_in"
DEVICE_COOKIE = "batua_device"
AN_ADDRESS_IS_KEPT_FOR = timedelta(days=90)
A_DEVICE_IS_KNOWN_FOR = timedelta(days=400)  # as long as browsers keep a cookie


@receiver(user_logged_in, dispatch_uid="a sign-in begins")
def begin(sender: Any, *, request: Any, user: User, **rest: Any) -> None:
    """Notes the sign-in beside its session, and gives a browser that has none a mark to be known by."""
    session_clock.begin(request.session)
    _note(request, user)


def _note(request: Any, user: User) -> None:
    device = device_of(request)
    if not device:
        device = request.new_device = uuid.uuid4().hex
    known = SignIn.objects.of(user)
    # Asked before this one is noted: the very first sign-in is no surprise to anybody.
    request.is_a_surprise = known.exists() and not known.filter(device=device).exists()
    if not request.session.session_key:
        request.session.save()
    row = SignIn.objects.create(
        user=user,
        session_key=request.session.session_key,
        device=device,
        agent=request.headers.get("User-Agent", "")[:200],
        address=client_address(request) or None,
    )
    request.session[ROW_KEY] = row.pk


def device_of(request: Any) -> str:
    """The mark of a browser that signed in before; nobody can make one up."""
    return str(request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE))


@receiver(account.user_logged_in, dispatch_uid="a sign-in from a new device is told")
def tell(sender: Any, *, request: Any, user: User, **rest: Any) -> None:
    """A mail, when somebody came in by the door on a device that never did before."""
    if getattr(request, "is_a_surprise", False):
        get_adapter(request).send_notification_mail("account/email/new_device", user)


def end_if_over(request: Any) -> None:
    """After fourteen days a session ends, however busy it was."""
    if USER_KEY in request.session and session_clock.is_over(request.session):
        logout(request)


def follow(request: Any, response: HttpResponse, *, key_before: str | None, renewed: bool) -> None:
    """Keeps the row up with its session, whose key changes with a new password."""
    session = request.session
    if USER_KEY not in session:
        return
    row = SignIn.objects.filter(pk=session.get(ROW_KEY, 0))
    if session.session_key != key_before:
        row.update(session_key=session.session_key, seen_at=timezone.now())
    elif renewed and not row.update(seen_at=timezone.now(), address=client_address(request) or None):
        _note(request, request.user)
    if device := getattr(request, "new_device", ""):
        _mark(response, device)


def _mark(response: HttpResponse, device: str) -> None:
    response.set_signed_cookie(
        DEVICE_COOKIE,
        device,
        salt=DEVICE_COOKIE,
        max_age=int(A_DEVICE_IS_KNOWN_FOR.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


@transaction.atomic
def end(*, sign_in: SignIn, request: Any) -> None:
    """Ends one session at once, whoever holds it."""
    _end(SignIn.objects.filter(pk=sign_in.pk, ended_at=None), timezone.now())
    audit.record("session-ended", request=request, user=sign_in.user_id)


@transaction.atomic
def end_others(*, request: Any) -> int:
    """Ends all sessions of whoever asks but the one that asks; how many there were."""
    others = SignIn.objects.of(request.user).exclude(pk=request.session.get(ROW_KEY, 0)).filter(ended_at=None)
    number = _end(others, timezone.now())
    audit.record("session-ended", request=request, others=number)
    return number


def _end(rows: Any, now: datetime) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = list(rows.select_for_update().values_list("session_key", flat=True))
    rows.update(ended_at=now)
    for key in keys:
        store.delete(key)
    return len(keys)


def forget(*, now: datetime) -> None:
    """Sessions that are over go; of a sign-in stays for a while which device it was, and sooner gone is from where."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    SignIn.objects.filter(seen_at__lt=now - A_DEVICE_IS_KNOWN_FOR).delete()
    SignIn.objects.filter(seen_at__lt=now - AN_ADDRESS_IS_KEPT_FOR).update(address=None, agent="")


@receiver(user_logged_out, dispatch_uid="a sign-in ends")
def left(sender: Any, *, request: Any, **rest: Any) -> None:
    row = request.session.get(ROW_KEY, 0)
    SignIn.objects.filter(pk=row, ended_at=None).update(ended_at=timezone.now())


@receiver([account.password_changed, account.password_reset], dispatch_uid="a new password ends the others")
def ended_by_a_new_password(sender: Any, *, request: Any, user: User, **rest: Any) -> None:
    """Django refuses sessions of the old password; the list says so, and their rows are gone at once."""
    here = request.session.get(ROW_KEY, 0) if USER_KEY in request.session else 0
    with transaction.atomic():
        _end(SignIn.objects.of(user).exclude(pk=here).filter(ended_at=None), timezone.now())
