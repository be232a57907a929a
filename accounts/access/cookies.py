"""The two cookies of a sign-in over the API: no script can read them, no other site can have them sent."""

import uuid
from typing import Literal, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.access import tokens
from accounts.access.tokens import Claims, Use
from accounts.models import ApiSession

ACCESS, REFRESH = "access_token", "refresh_token"
NAMES = {Use.ACCESS: ACCESS, Use.REFRESH: REFRESH}
# The refresh token goes nowhere but to where it is used.
PATHS = {Use.ACCESS: "/api/", Use.REFRESH: "/api/auth/"}


class _Guard(TypedDict):
    httponly: bool
    secure: bool
    samesite: Literal["Strict"]


def put(response: HttpResponse, session: ApiSession) -> None:
    """Both tokens of the sign-in, each in its cookie."""
    guard = _Guard(httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict")
    ids = {Use.ACCESS: uuid.uuid4(), Use.REFRESH: session.refresh_id}
    for use, name in NAMES.items():
        token = tokens.write(use, session=session.pk, token=ids[use], person=session.user_id)
        response.set_cookie(name, token, max_age=tokens.SECONDS[use], path=PATHS[use], **guard)


def clear(response: HttpResponse) -> None:
    """Takes both back."""
    for use, name in NAMES.items():
        response.delete_cookie(name, path=PATHS[use], samesite="Strict")


def claims(request: HttpRequest, use: Use) -> Claims | None:
    """What the cookie of this use says, if it is there and genuine."""
    token = request.COOKIES.get(NAMES[use], "")
    return tokens.read(token, use) if token else None
