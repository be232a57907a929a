"""granian's command line, with workers that make room only for workers that listen: `python -m batua.server.patient`.

granian stops an old worker so many seconds after it began the new one, whether that has come up or not. Here the old
one waits, and it stays when the new one does not come up: a release that cannot start takes no place.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from granian import cli
from granian.log import logger
from granian.server import Server

GLANCE = 0.05  # seconds between two looks
LISTENING = "0A"  # as /proc/net/tcp has it
TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


class Patient(Server):  # type: ignore[misc]
    """Replaces workers one by one. The interval that granian would let pass is the longest it waits."""

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        if not delay:  # those have died: there is nothing to wait with
            super()._respawn_workers(workers, spawn_target, target_loader, delay)
            return
        for place in workers:
            new = self._spawn_worker(place, spawn_target, target_loader)
            new.interrupt_by_parent = True  # until it listens, its end is no concern of the server's
            new.start()
            if not self._comes_up(new, delay):
                logger.error(f"worker-{place + 1} does not come up: the old one stays")
                self._let_go(new)
                return
            new.interrupt_by_parent = False
            self.respawned_wrks[place] = time.monotonic()
            old, self.wrks[place] = self.wrks[place], new
            self._let_go(old)

    def _comes_up(self, worker: Any, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and worker.is_alive() and not self.interrupt_signal:
            if is_listening(worker.inner.pid):
                return True
            time.sleep(GLANCE)
        return False

    def _let_go(self, worker: Any) -> None:
        """Stops one once its requests are done, at the latest when their time is over."""
        worker.terminate()
        worker.join(self.workers_kill_timeout)
        if worker.is_alive():
            worker.kill()
            worker.join()


def is_listening(process: int) -> bool:
    """Does this process have a socket that takes connections?"""
    return not _sockets(process).isdisjoint(_listeners())


def _sockets(process: int) -> set[str]:
    """The inodes of the sockets that a process has open."""
    found = set()
    with suppress(OSError):  # it is gone
        for file in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):  # it was closed
                found.add(os.readlink(file).removeprefix("socket:[").removesuffix("]"))
    return found


def _listeners() -> set[str]:
    lines = [line.split() for table in TABLES if table.exists() for line in table.read_text().splitlines()[1:]]
    return {words[9] for words in lines if words[3] == LISTENING}


def main() -> None:
    """Becomes the server, with granian's own arguments."""
    cli.Server = Patient
    cli.entrypoint()


if __name__ == "__main__":
    main()
