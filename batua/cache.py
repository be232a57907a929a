"""Redis as the cache, and what stands in while Redis is away.

Without a stand-in, a dead Redis answers every login with 429: allauth keeps its rate limits here.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django_prometheus.cache.backends.redis import RedisCache
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError

log = logging.getLogger("batua.cache")

FALLING_BACK = (
    "get", "set", "add", "delete", "incr", "decr", "touch", "has_key", "get_many", "set_many", "delete_many", "clear"
)  # fmt: skip


class FailoverCache(RedisCache):  # type: ignore[misc]
    """Redis, or this process's memory while Redis is away."""

    RETRY = 5.0  # seconds to leave Redis alone after a failure, so that no call waits for a connection in vain

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**params.get("OPTIONS", {}), "IGNORE_EXCEPTIONS": False}
        super().__init__(server, {**params, "OPTIONS": options})
        self._stand_in = self.stand_in()
        self._away_until = 0.0

    def stand_in(self) -> BaseCache:
        return LocMemCache("failover", {"TIMEOUT": 300, "OPTIONS": {"MAX_ENTRIES": 5000}})

    @property
    def is_away(self) -> bool:
        """Memory stands in at this moment."""
        return time.monotonic() < self._away_until


def _with_fallback(name: str) -> Any:
    def method(self: FailoverCache, *args: Any, **kwargs: Any) -> Any:
        if not self.is_away:
            try:
                return getattr(super(FailoverCache, self), name)(*args, **kwargs)
            except (ConnectionInterrupted, RedisError, OSError) as error:
                self._away_until = time.monotonic() + self.RETRY
                log.warning("Redis is away: %s", error)
        return getattr(self._stand_in, name)(*args, **kwargs)

    method.__name__ = name
    return method


for _name in FALLING_BACK:
    setattr(FailoverCache, _name, _with_fallback(_name))


class SessionCache(FailoverCache):
    """Copies of sessions, which are at home in the database.

    No memory stands in: a process that kept a copy of its own would not learn that another ended the session.
    And no copy lives for long: what was ended while Redis was out of reach is over a minute after it came back.
    """

    LONGEST = 60  # seconds

    def stand_in(self) -> BaseCache:
        return DummyCache("sessions", {})

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, *args: Any, **kwargs: Any) -> Any:
        brief = self.LONGEST if timeout in (DEFAULT_TIMEOUT, None) else min(timeout, self.LONGEST)
        return super().set(key, value, brief, *args, **kwargs)
