"""`make run`'s worker: does the jobs in the background beside the app, and is started again when it ends."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import execute_from_command_line

from batua.local import development
from batua.local.lifeline import end, end_with_parent

PAUSE = 2.0  # seconds between an end and the next start; its reason is on the screen


@contextmanager
def worker() -> Iterator[None]:
    """A worker for as long as the block runs."""
    ending = threading.Event()
    keeper = threading.Thread(target=_keep, args=[ending], name="worker")
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(ending: threading.Event) -> None:
    command = [sys.executable, "-m", "batua.local.background"]
    while not ending.is_set():
        child = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
        while child.poll() is None and not ending.wait(0.2):
            pass
        end(child)
        ending.wait(PAUSE)


if __name__ == "__main__":
    end_with_parent()
    development.assume()
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    execute_from_command_line(["manage.py", "work"])
