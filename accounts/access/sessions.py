"""Sign-ins over the API: they begin, are renewed, and end at once.

The database is the truth about a sign-in's end. The cache keeps a list of those that ended a moment ago, so that their
tokens are refused without asking; whoever is not on it is looked up. A cache that is away lets nobody in.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.access import tokens
from accounts.access.tokens import Claims
from accounts.models import ApiSession, User
from batua.client_address import client_address

WEEK = timedelta(seconds=tokens.REFRESH_SECONDS)
# However often it is renewed: then the password is asked for again.
LONGEST = timedelta(days=90)
# Writing on every request would cost more than the request.
NOTED_EVERY = timedelta(minutes=1)


class RefreshReusedError(Exception):
    """A refresh token came back after it had been used: two have it, and one of them should not."""

    def __init__(self, session: ApiSession) -> None:
        super().__init__(str(session))
        self.session = session


def begin(user: User, *, request: Any = None) -> ApiSession:
    """A new sign-in; those of the person that ran out are forgotten on the way."""
    now = timezone.now()
    ApiSession.objects.filter(user=user, expires_at__lt=now).delete()
    return ApiSession.objects.create(
        user=user,
        created_at=now,
        expires_at=now + WEEK,
        password_mark=user.get_session_auth_hash(),
        **_seen(request, now),
    )


def person_of(claims: Claims, *, request: Any = None) -> User | None:
    """Whose sign-in this is, if it still holds; notes that it was used."""
    if cache.get(_ended(claims.session)):
        return None
    session = ApiSession.objects.live().select_related("user").filter(pk=claims.session, user=claims.person).first()
    if session is None or not _knows_the_password(session):
        return None
    now = timezone.now()
    if now - session.used_at > NOTED_EVERY:
        ApiSession.objects.filter(pk=session.pk).update(**_seen(request, now))
    return session.user


def _seen(request: Any, now: datetime) -> dict[str, Any]:
    """When, and where from as far as there is a request."""
    if request is None:
        return {"used_at": now}
    agent = request.headers.get("User-Agent", "")[:200]
    return {"used_at": now, "agent": agent, "address": client_address(request) or None}


def renew(claims: Claims, *, request: Any = None) -> ApiSession | None:
    """The sign-in with its next refresh token; ends it when this one was used before. Raises RefreshReusedError."""
    with transaction.atomic():
        live = ApiSession.objects.live().select_related("user").select_for_update(of=("self",))
        session = live.filter(pk=claims.session, user=claims.person).first()
        if session is None or not _knows_the_password(session):
            return None
        is_next = session.refresh_id == claims.token
        if is_next:
            session.refresh_id = uuid.uuid4()
            session.expires_at = min(timezone.now() + WEEK, session.created_at + LONGEST)
            renewed = {"refresh_id": session.refresh_id, "expires_at": session.expires_at}
            ApiSession.objects.filter(pk=session.pk).update(**renewed, **_seen(request, timezone.now()))
    if not is_next:
        end(session.pk)
        raise RefreshReusedError(session)
    return session


def end(key: uuid.UUID) -> None:
    """Ends one sign-in, and with it every token that came of it."""
    ApiSession.objects.filter(pk=key, revoked_at=None).update(revoked_at=timezone.now())
    cache.set(_ended(key), 1, tokens.ACCESS_SECONDS)


def end_all(user: User) -> int:
    """Ends every sign-in of the person; how many there were."""
    keys = list(ApiSession.objects.live().of(user).values_list("pk", flat=True))
    for key in keys:
        end(key)
    return len(keys)


def working(user: User) -> list[ApiSession]:
    """The person's sign-ins that open something, the latest used first."""
    live = ApiSession.objects.live().of(user).select_related("user").order_by("-used_at", "-pk")
    return [session for session in live if _knows_the_password(session)]


def forget(*, now: datetime) -> None:
    """Removes what ran out or was ended, once no token of it could be taken for genuine."""
    grace = timedelta(seconds=tokens.ACCESS_SECONDS)
    ApiSession.objects.filter(Q(expires_at__lt=now) | Q(revoked_at__lt=now - grace)).delete()


def _knows_the_password(session: ApiSession) -> bool:
    # Also when it was changed where nobody told us: in the admin, on the shell, in the database.
    return constant_time_compare(session.password_mark, session.user.get_session_auth_hash())


def _ended(key: uuid.UUID) -> str:
    return f"api-session-ended:{key}"
