"""Personal tokens: made, looked up, ended. A token is seen once, when it is made."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import PersonalToken, SecurityEvent, User

PREFIX = "batua_pat_"
AT_MOST = 20  # tokens that work, for one person
# Writing on every request would cost more than the request.
NOTED_EVERY = timedelta(minutes=1)


class TooManyTokensError(Exception):
    """The person has as many tokens as anybody may have."""


@transaction.atomic
def make(*, user: User, name: str, scope: str, days: int, request: Any = None) -> tuple[PersonalToken, str]:
    """The row and the token itself, which nobody can show again. Raises TooManyTokensError."""
    # Two forms at once wait for each other here, so that the count holds.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if PersonalToken.objects.of_person(user).live().count() >= AT_MOST:
        raise TooManyTokensError
    token = f"{PREFIX}{secrets.token_urlsafe(32)}"
    row = PersonalToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        digest=_digest(token),
        ending=token[-4:],
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record(SecurityEvent.Kind.TOKEN_MADE, request=request, user=user, row=row.pk, scope=scope, days=days)
    return row, token


def find(token: str) -> PersonalToken | None:
    """The row of a token that works, with its person; notes that it was used."""
    if not token.startswith(PREFIX):
        return None
    row = PersonalToken.objects.live().select_related("user").filter(digest=_digest(token)).first()
    now = timezone.now()
    if row and (row.used_at is None or now - row.used_at > NOTED_EVERY):
        PersonalToken.objects.filter(pk=row.pk).update(used_at=now)
    return row


@transaction.atomic
def end(*, row: PersonalToken, request: Any = None) -> None:
    """The token works no more, from now on."""
    if PersonalToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(SecurityEvent.Kind.TOKEN_ENDED, request=request, user=row.user_id, row=row.pk)


def end_all(*, user: User, request: Any = None) -> None:
    """For who lost control over the account: none of the tokens works any more."""
    for row in PersonalToken.objects.of_person(user).live():
        end(row=row, request=request)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
