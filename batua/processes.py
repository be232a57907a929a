"""The server's processes as Linux tells of them: CPU time, memory, open files."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Process:
    """One process, at this moment."""

    pid: int
    cpu_seconds: float
    memory_bytes: int
    open_files: int
    started_at: float


def of_this_server() -> Iterator[tuple[str, Process]]:
    """(name, process): "main" and its workers in the order of their start; without workers, this process alone."""
    main = os.getppid() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else os.getpid()
    children = sorted(_all(_children(main)), key=lambda each: (each.started_at, each.pid))
    for each in _all([main]):
        yield "main", each
    for number, each in enumerate(children, start=1):
        yield f"worker-{number}", each


def _all(pids: list[int]) -> Iterator[Process]:
    for pid in pids:
        # One that ends while it is looked at is left out.
        with suppress(OSError):
            yield _look_at(pid)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _look_at(pid: int) -> Process:
    # The second field, the program's name in brackets, may hold spaces.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system, start, pages = (int(fields[place]) for place in (11, 12, 19, 21))
    return Process(
        pid=pid,
        cpu_seconds=(user + system) / _TICKS,
        memory_bytes=pages * _PAGE,
        open_files=len(os.listdir(f"/proc/{pid}/fd")),
        started_at=_boot_time() + start / _TICKS,
    )


def _boot_time() -> float:
    line = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    return float(line.split()[1])
