"""How often somebody may do something, per account and per client address, and what they hear when it was too often.

Counts are kept in the default cache: in Redis, in memory while Redis is away, in the database where there is no Redis.
"""

import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua.client_address import client_address, network_of

# For who cannot tell how long.
A_MINUTE = 60


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds, and from one address (a family, an office) a few times as many."""

    name: str
    amount: int
    seconds: int
    address_amount: int = 0


UPLOADS = Limit("upload", 40, 600, address_amount=160)
# Files that were sent in and are read again.
READINGS = Limit("reading", 240, 600, address_amount=960)
EXPORTS = Limit("export", 60, 600, address_amount=240)


def take(limit: Limit, who: str) -> int:
    """Counts one more; nothing when there was room, else the seconds to wait."""
    return _take(limit, {who: limit.amount})


def _take(limit: Limit, rooms: Mapping[str, int]) -> int:
    """Counts one more for each, who has room for so many; the longest wait of those who had none left."""
    windows = [_window(limit, who) for who in rooms]
    counts = _one_more([key for key, _left in windows], limit.seconds)
    found = zip(counts, rooms.values(), windows, strict=True)
    return max((left for count, room, (_key, left) in found if count > room), default=0)


def _one_more(keys: Sequence[str], seconds: int) -> list[int]:
    at_once = getattr(cache, "count", None)
    counts: list[int] = at_once(keys, seconds) if at_once else [_one_more_of(key, seconds) for key in keys]
    return counts


def _one_more_of(key: str, seconds: int) -> int:
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it went away between the two: the first of its window
        cache.set(key, 1, seconds)
        return 1


def wait_for(limit: Limit, who: str) -> int:
    """The seconds to wait before there is room again, without counting."""
    key, left = _window(limit, who)
    counted = getattr(cache, "counted", None)
    return left if (counted(key) if counted else cache.get(key, 0)) >= limit.amount else 0


def forget(limit: Limit, who: str) -> None:
    """Begins to count anew."""
    cache.delete(_window(limit, who)[0])


def take_for(limit: Limit, request: HttpRequest, *, account: object = None) -> int:
    """Counts for the account (of the request, or the one that is named) and for the client's address."""
    user = getattr(request, "user", None)
    if account is None and user is not None and user.is_authenticated:
        account = user.pk
    rooms = {f"address:{address_of(request)}": limit.address_amount or limit.amount}
    if account is not None:
        rooms[f"account:{account}"] = limit.amount
    return _take(limit, rooms)


def address_of(request: HttpRequest) -> str:
    """The client as a limit sees it."""
    return network_of(client_address(request)) or "unknown"


def limited(limit: Limit, *, methods: tuple[str, ...] = ("POST",)) -> Callable[..., Any]:
    """Marks a view that one account, or one address, may call only so often."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            wait = take_for(limit, request) if request.method in methods else 0
            return too_many(request, wait=wait) if wait else view(request, *args, **options)

        return guarded

    return decorate


def too_many(request: HttpRequest, *, wait: int = 0) -> HttpResponse:
    """429, with how long to wait for people and, in Retry-After, for programs. Also allauth's own answer."""
    wait = wait or wait_of(request)
    sentence = _("That was too often. Wait %(time)s, then try again.") % {"time": in_words(wait)}
    if getattr(request, "htmx", False):
        response = HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8")
        response["HX-Trigger"] = json.dumps({"toast": {"message": sentence, "tone": "spending"}})
    else:
        response = render(request, "429.html", {"sentence": sentence}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def wait_of(request: Any) -> int:
    """The seconds that were noted when the request was one too many, else a minute: the pace of most limits."""
    return int(getattr(request, "seconds_to_wait", A_MINUTE))


def in_words(seconds: int) -> str:
    """So many seconds, as people say it."""
    if seconds <= 90:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def _window(limit: Limit, who: str) -> tuple[str, int]:
    """The counter of this stretch of time, and the seconds until the next begins."""
    now = time.time()
    number = int(now // limit.seconds)
    # A digest: an address or an e-mail address is nobody's business in a cache.
    digest = hashlib.sha256(who.encode()).hexdigest()[:32]
    return f"limit:{limit.name}:{number}:{digest}", math.ceil((number + 1) * limit.seconds - now) or 1
