"""The database of local mode for as long as a command needs it: started, brought up to date, stopped at the end."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from batua.embedded_postgres.server import Embedded
from batua.local.speech import give_up, say


@contextmanager
def running() -> Iterator[None]:
    """The database, migrated. The embedded one stops at the end, unless another program is connected."""
    if not settings.LOCAL_MODE:
        _migrate()
        yield
        return
    server = Embedded.of(settings.DATABASES["default"])
    try:
        if server.start():
            say(f"PostgreSQL started in {server.root}")
        _migrate()
        yield
    finally:
        if server.stop_unless_used():
            say("PostgreSQL stopped.")


def _migrate() -> None:
    say("Bringing the database up to date")
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR_DIR / "migrate.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # a second command beside this one waits
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        if subprocess.run(command, cwd=settings.BASE_DIR, check=False).returncode:
            give_up("the database could not be brought up to date; the reason is above.")
