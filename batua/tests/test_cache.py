"""The cache against a real Redis: it keeps things there, and goes on without it."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis

from batua.cache import FailoverCache

NOBODY_LISTENS = "unix:///nonexistent/redis.sock?db=0"


def cache_at(address: str) -> FailoverCache:
    return FailoverCache(address, {"OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5}})


def test_what_one_process_keeps_another_reads(redis_url):
    cache_at(redis_url).set("rent", "12000.00", 60)

    assert cache_at(redis_url).get("rent") == "12000.00"
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 1


def test_without_redis_memory_stands_in():
    cache = cache_at(NOBODY_LISTENS)

    cache.set("tries", 1, 60)

    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2


def test_a_redis_that_comes_back_is_used_again(redis_url, monkeypatch):
    monkeypatch.setattr(FailoverCache, "RETRY", 0.0)
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "redis.sock"
        cache = cache_at(f"unix://{socket}?db=0")
        cache.set("tea", "Assam", 60)

        socket.symlink_to(urlsplit(redis_url).path)
        cache.set("tea", "Darjeeling", 60)

    assert cache_at(redis_url).get("tea") == "Darjeeling"


@pytest.mark.parametrize("name", ["get", "delete", "has_key"])
def test_asking_for_what_is_not_there_is_no_fault_without_redis(name):
    assert not getattr(cache_at(NOBODY_LISTENS), name)("nothing")
