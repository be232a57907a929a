"""How long to wait where one of allauth's limits is used up: it counts well, and keeps to itself when there is room."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import context
from allauth.core.internal import ratelimit

# The code of the error of a form that was sent too often.
TOO_MANY = "too_many_login_attempts"

Applied = Callable[..., tuple[bool, list[float]]]


def note(request: Any, seconds: float) -> None:
    """The request was one too many; there is room again after so many seconds."""
    if request is not None:
        request.seconds_to_wait = max(1, math.ceil(seconds))


def follow_limits() -> None:
    """allauth has no hook here: its rule that says yes or no also notes for how long, and decides as it did."""
    if not hasattr(ratelimit.apply_rate, "__wrapped__"):
        ratelimit.apply_rate = _noting(ratelimit.apply_rate)


def _noting(apply_rate: Applied) -> Applied:
    @wraps(apply_rate)
    def applied(history: list[float], now: float, rate: Any, **options: Any) -> tuple[bool, list[float]]:
        has_room, kept = apply_rate(history, now, rate, **options)
        if not has_room:
            # The latest come first: there is room once the last of as many as are allowed is old enough.
            note(context.request, kept[rate.amount - 1] + rate.duration - now)
        return has_room, kept

    return applied
