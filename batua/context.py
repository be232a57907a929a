"""What the frame of every page needs to know, read without a query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from batua.session_clock import seconds_left


def frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "theme": user.theme if signed_in else "system",
        # Asked for by script tags; the policy of a page without any allows none.
        "csp_nonce": SimpleLazyObject(lambda: str(getattr(request, "csp_nonce", ""))),
        "session_left": seconds_left(request.session) if signed_in else 0,
        "show_demo": settings.DEBUG,
        "show_mailbox": settings.LOCAL_MAIL,
        "household": getattr(request, "household", None),
    }
