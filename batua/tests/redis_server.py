"""A real Redis for tests, private to the run: pytest plugin with the fixtures `redis_server` and `redis_url`."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from batua.local.lifeline import end_with_parent

PATIENCE = 5.0  # seconds


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """Address of a running Redis that listens on a Unix socket only and writes nothing to disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("redis-server is missing: `make install` brings it.")
    # Not tmp_path: a socket's path may have no more than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="batua-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, preexec_fn=end_with_parent)
        try:
            _wait_until_it_answers(socket)
            yield f"unix://{socket}?db=0"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """Address of an empty Redis."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


def _wait_until_it_answers(socket: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    with Redis(unix_socket_path=str(socket)) as client:
        while True:
            try:
                client.ping()
            except RedisConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return
