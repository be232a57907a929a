"""The production server: its options come from the environment, and no request is lost when it reloads or stops."""

import pytest

from batua.env import EnvironmentFault
from batua.server import options


def test_counts_and_address_come_from_the_environment(monkeypatch):
    for name, value in {"WEB_WORKERS": "5", "WEB_THREADS": "24", "WEB_HOST": "0.0.0.0", "PORT": "9000"}.items():
        monkeypatch.setenv(name, value)

    written = " ".join(options.arguments())

    for part in ("--workers 5 ", "--blocking-threads 24 ", "--host 0.0.0.0 ", "--port 9000 "):
        assert part in written
    assert "--workers-max-rss" not in written


def test_a_count_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "many")

    with pytest.raises(EnvironmentFault, match="WEB_WORKERS is 'many'"):
        options.arguments()


def test_a_worker_that_grows_too_large_is_replaced_when_that_is_wished(monkeypatch):
    monkeypatch.setenv("WEB_WORKER_MEMORY", "700")

    assert "--workers-max-rss 700" in " ".join(options.arguments())
