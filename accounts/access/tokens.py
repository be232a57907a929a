"""The tokens of a sign-in: what is written into them, and what must be true of one that comes back.

A token says which sign-in it belongs to. Whether that still holds is ``accounts.access.sessions``'s to say.
"""

import time
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

import jwt
from django.conf import settings

ALGORITHM = "HS256"
ISSUER = "batua"
ACCESS_SECONDS = 15 * 60
REFRESH_SECONDS = 7 * 24 * 60 * 60
_REQUIRED = ["iss", "aud", "typ", "sub", "sid", "jti", "iat", "exp"]


class Use(Enum):
    """What a token is good for. Each has its own audience, so one is never taken for the other."""

    ACCESS = "access"
    REFRESH = "refresh"

    @property
    def audience(self) -> str:
        return f"batua-{self.value}"


SECONDS = {Use.ACCESS: ACCESS_SECONDS, Use.REFRESH: REFRESH_SECONDS}


@dataclass(frozen=True)
class Claims:
    """What a genuine token says."""

    session: uuid.UUID
    token: uuid.UUID
    person: int


def write(use: Use, *, session: uuid.UUID, token: uuid.UUID, person: int) -> str:
    """A signed token."""
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": use.audience,
        "typ": use.value,
        "sub": str(person),
        "sid": str(session),
        "jti": str(token),
        "iat": now,
        "exp": now + SECONDS[use],
    }
    return jwt.encode(claims, settings.JWT_KEY, ALGORITHM)


def read(token: str, use: Use) -> Claims | None:
    """What the token says, or nothing: forged, expired, of another use, or no token at all."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings.JWT_KEY,
            [ALGORITHM],
            audience=use.audience,
            issuer=ISSUER,
            options={"require": _REQUIRED, "strict_aud": True},
        )
        if claims["typ"] != use.value:
            return None
        return Claims(uuid.UUID(claims["sid"]), uuid.UUID(claims["jti"]), int(claims["sub"]))
    except (jwt.PyJWTError, ValueError, AttributeError):
        return None
