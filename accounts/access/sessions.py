"""Sign-ins over the API: they begin, are renewed, and end at once.

The database is the truth about a sign-in's end. The cache keeps a list of those that ended a moment ago, so that their
tokens are refused without asking; whoever is not on it is looked up. A cache that is away lets nobody in.
"""

import uuid
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.access import tokens
from accounts.access.tokens import Claims
from accounts.models import ApiSession, User

WEEK = timedelta(seconds=tokens.REFRESH_SECONDS)
# However often it is renewed: then the password is asked for again.
LONGEST = timedelta(days=90)


class RefreshReusedError(Exception):
    """A refresh token came back after it had been used: two have it, and one of them should not."""

    def __init__(self, session: ApiSession) -> None:
        super().__init__(str(session))
        self.session = session


def begin(user: User) -> ApiSession:
    """A new sign-in; those of the person that ran out are forgotten on the way."""
    now = timezone.now()
    ApiSession.objects.filter(user=user, expires_at__lt=now).delete()
    return ApiSession.objects.create(
        user=user, created_at=now, expires_at=now + WEEK, password_mark=user.get_session_auth_hash()
    )


def person_of(claims: Claims) -> User | None:
    """Whose sign-in this is, if it still holds."""
    if cache.get(_ended(claims.session)):
        return None
    session = ApiSession.objects.live().select_related("user").filter(pk=claims.session, user=claims.person).first()
    return session.user if session and _knows_the_password(session) else None


def renew(claims: Claims) -> ApiSession | None:
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
            session.save(update_fields=["refresh_id", "expires_at"])
    if not is_next:
        end(session.pk)
        raise RefreshReusedError(session)
    return session


def end(key: uuid.UUID) -> None:
    """Ends one sign-in, and with it every token that came of it."""
    ApiSession.objects.filter(pk=key, revoked_at=None).update(revoked_at=timezone.now())
    cache.set(_ended(key), 1, tokens.ACCESS_SECONDS)


def end_all(user: User) -> None:
    """Ends every sign-in of the person."""
    for key in list(ApiSession.objects.live().filter(user=user).values_list("pk", flat=True)):
        end(key)


def _knows_the_password(session: ApiSession) -> bool:
    # Also when it was changed where nobody told us: in the admin, on the shell, in the database.
    return constant_time_compare(session.password_mark, session.user.get_session_auth_hash())


def _ended(key: uuid.UUID) -> str:
    return f"api-session-ended:{key}"
