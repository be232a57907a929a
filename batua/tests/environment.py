"""A pytest plugin that is loaded before Django's settings: tests have a database folder and settings of their own.

Named in pyproject.toml with ``-p``, because a conftest is read after pytest-django has read the settings.
"""

import os
from pathlib import Path

import pytest

from batua.embedded_postgres.server import Embedded

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits what its starter has set
    _var = Path(os.environ.get("BATUA_VAR") or Path(__file__).resolve().parents[2] / "var")
    os.environ["BATUA_VAR"] = str(_var / "test")

# Tests start many programs, and each would compile all of Batua for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

os.environ |= {
    "DEBUG": "0",
    "SECRET_KEY": "known to everyone and good for tests only",
    "PG_FSYNC": "0",
    "STATIC_MANIFEST": "0",
    "LOG_FORMAT": "json",
    "RESEND_API_KEY": "re_test",
    "SITE_URL": "http://testserver",
    # Playwright's synchronous API runs a loop in the test's thread.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first connection started the database; the process that started the workers stops it."""
    if not hasattr(config, "workerinput"):
        Embedded(Path(os.environ["BATUA_VAR"]) / "pg").stop_unless_used()
