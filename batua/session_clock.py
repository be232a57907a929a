"""When a session ends: after thirty idle minutes, and after fourteen days whatever is done in it."""

import time
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings

BEGAN, SEEN = "began", "seen"
RENEWED_EVERY = 60  # seconds

Session = MutableMapping[str, Any]


def begin(session: Session) -> None:
    session[BEGAN] = session[SEEN] = int(time.time())


def renew(session: Session) -> bool:
    """Starts the idle minutes anew, at most once a minute: each time costs a write. Whether it did."""
    now = int(time.time())
    if now - session.get(SEEN, 0) < RENEWED_EVERY:
        return False
    session[SEEN] = now
    session.setdefault(BEGAN, now)
    return True


def is_over(session: Session) -> bool:
    """Whether the fourteen days are over; the idle minutes are up to the store."""
    return bool(time.time() - session.get(BEGAN, time.time()) >= settings.SESSION_LONGEST)


def seconds_left(session: Session) -> int:
    """How long the session lasts when nothing more is done."""
    now = time.time()
    idle = session.get(SEEN, now) + settings.SESSION_COOKIE_AGE - now
    return max(0, int(min(idle, session.get(BEGAN, now) + settings.SESSION_LONGEST - now)))
