"""What the frame of every page needs to know, read without a query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from batua.middleware import SlidingSession


def frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "theme": user.theme if signed_in else "system",
        # A page may have been answered just before the session was due for its renewal.
        "session_age": settings.SESSION_COOKIE_AGE - SlidingSession.EVERY if signed_in else 0,
        "show_demo": settings.DEBUG,
        "show_mailbox": settings.LOCAL_MAIL,
        "household": getattr(request, "household", None),
    }
