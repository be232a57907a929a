"""A pytest plugin that is loaded before Django's settings: tests have a database folder and settings of their own.

Named in pyproject.toml with ``-p``, because a conftest is read after pytest-django has read the settings.
"""

import os
from pathlib import Path

_VAR = Path(os.environ.get("BATUA_VAR") or Path(__file__).resolve().parents[2] / "var")

os.environ |= {
    "BATUA_VAR": str(_VAR / "test"),
    "DEBUG": "0",
    "PG_FSYNC": "0",
    "STATIC_MANIFEST": "0",
    "LOG_FORMAT": "json",
    "RESEND_API_KEY": "re_test",
    "SITE_URL": "http://testserver",
    # Playwright's synchronous API runs a loop in the test's thread.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
