"""Redis as the cache, or this process's memory while Redis is away.

Without the fall-back, a dead Redis answers every login with 429: allauth keeps its rate limits here.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django_prometheus.cache.backends.redis import RedisCache
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError

log = logging.getLogger("batua.cache")

FALLING_BACK = (
    "get", "set", "add", "delete", "incr", "decr", "touch", "has_key", "get_many", "set_many", "delete_many", "clear"
)  # fmt: skip


class FailoverCache(RedisCache):  # type: ignore[misc]
    RETRY = 5.0  # seconds to leave Redis alone after a failure, so that no call waits for a connection in vain

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**params.get("OPTIONS", {}), "IGNORE_EXCEPTIONS": False}
        super().__init__(server, {**params, "OPTIONS": options})
        self._local = LocMemCache("failover", {"TIMEOUT": 300, "OPTIONS": {"MAX_ENTRIES": 5000}})
        self._away_until = 0.0


def _with_fallback(name: str) -> Any:
    def method(self: FailoverCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(FailoverCache, self), name)(*args, **kwargs)
            except (ConnectionInterrupted, RedisError, OSError) as error:
                self._away_until = time.monotonic() + self.RETRY
                log.warning("Redis is away, memory stands in: %s", error)
        return getattr(self._local, name)(*args, **kwargs)

    method.__name__ = name
    return method


for _name in FALLING_BACK:
    setattr(FailoverCache, _name, _with_fallback(_name))
