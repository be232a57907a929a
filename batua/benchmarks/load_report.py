"""What many clients got, as docs/scale.md shows it and as programs read it."""

from collections.abc import Sequence
from typing import Any

from batua.benchmarks.load import Load

STEADY = 0.4  # of the time, when all have signed in and every page has been seen
FLAT = 1.05  # times the memory of then may be held at the end
ONCE = "static files"  # fetched at the sign-in and kept by the browser: no part of what is asked for again and again
SUMS = """\
{clients} clients, each with a household of their own ({entries:,} entries together), for {seconds:.0f} s: {requests:,}
requests, {rate:.0f} a second, {errors} errors. Sessions and limits in {place}. Clients, server and PostgreSQL share one
machine. Memory of all processes of the server together: {early} MB after {after:.0f} s, {late} MB at the end,
{most} MB at most."""


def as_json(load: Load) -> dict[str, Any]:
    """All of it."""
    return {
        "clients": load.clients,
        "entries": load.entries,
        "seconds": round(load.seconds, 1),
        "pages": list(load.pages),
        "errors": list(load.errors),
        "faults": list(load.faults),
        "memory_mb": [[round(at), megabytes] for at, megabytes in load.memory],
        "missed": missed(load),
    }


def text(load: Load) -> str:
    """The table of the docs, and what went wrong."""
    lines = [_sums(load), "", "| page | requests | errors | median, ms | p95, ms |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['page']} | {row['requests']:,} | {row['errors']} | {row['median_ms']:.0f} | {row['p95_ms']:.0f} |"
        for row in load.pages
    ]
    misses = missed(load)
    end = ["Missed goals:", *(f"  {miss}" for miss in misses)] if misses else ["No error, and the memory is flat."]
    return "\n".join([*lines, "", *end])


def missed(load: Load) -> list[str]:
    """Each kind of error, and a sentence when the memory grew."""
    early, late = _steady(load.memory)[0], _steady(load.memory)[1]
    grew = [f"memory: {late} MB at the end, {early} MB before"] if late > early * FLAT else []
    return [*load.errors, *load.faults, *grew]


def _steady(memory: Sequence[tuple[float, int]]) -> tuple[int, int]:
    """Megabytes when all was under way, and at the end: the middle of a few looks each."""
    looks = [megabytes for _at, megabytes in memory]
    begin = int(len(looks) * STEADY)
    return _middle(looks[begin : begin + 5]), _middle(looks[-6:-1])


def _middle(looks: Sequence[int]) -> int:
    return sorted(looks)[len(looks) // 2] if looks else 0


def _sums(load: Load) -> str:
    early, late = _steady(load.memory)
    requests = sum(row["requests"] for row in load.pages if row["page"] != ONCE)
    return SUMS.format(
        clients=load.clients,
        entries=load.entries,
        seconds=load.seconds,
        requests=requests,
        rate=requests / load.seconds,
        errors=sum(row["errors"] for row in load.pages),
        place="Redis" if load.has_redis else "the database (no Redis)",
        early=early,
        after=load.memory[int(len(load.memory) * STEADY)][0],
        late=late,
        most=max(megabytes for _at, megabytes in load.memory),
    )
