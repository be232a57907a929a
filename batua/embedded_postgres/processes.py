"""What /proc says about a data directory: who is its postmaster, and who still works in it."""

import os
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """Pid of the live postmaster of `data`; None when its pid file is missing, broken or stale."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        arguments = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    # The pid may have been given to another program since, even to another PostgreSQL.
    return pid if os.fsencode(data) in arguments else None


def holders(data: Path) -> list[int]:
    """Pids of all processes that work in `data`: backends that outlived a killed postmaster."""
    return [pid for pid in _pids() if _working_directory(pid) == str(data)]


def _pids() -> Iterator[int]:
    return (int(path.name) for path in PROC.iterdir() if path.name.isdigit())


def _working_directory(pid: int) -> str | None:
    try:
        return os.readlink(PROC / str(pid) / "cwd")
    except OSError:
        return None
