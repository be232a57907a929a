"""The comparison of one household alone and among others, as docs/scale.md shows it, and as programs read it."""

import statistics
from collections.abc import Sequence
from typing import Any

from batua.benchmarks.company import Company

GOAL = 1.5
MEGABYTE = 1024 * 1024
HEAD = "| page | alone, ms | among {households:,}, ms | p95 | times | first visit, ms |\n|---|---|---|---|---|---|"
SUMS = """\
{households:,} households with {entries:,} entries, written in {seconds:.0f} s: {rate:,.0f} entries a second, with
their indexes and month totals. The database has {database:,.0f} MB, {each:,.0f} bytes an entry; PostgreSQL's own memory
({buffers}) holds {share:.1%} of it. First visits: by households whose rows were in no memory of PostgreSQL's{dropped}.
Memory of the server's largest process: {memory} MB."""


def rows(company: Company) -> list[dict[str, Any]]:
    """One row a page."""
    return [
        {
            "page": each.name,
            "alone_ms": round(statistics.median(each.alone), 2),
            "among_ms": round(statistics.median(each.among), 2),
            "among_p95_ms": round(_p95(each.among), 2),
            "ratio": round(each.ratio, 2),
            "first_ms": round(statistics.median(each.first), 2) if each.first else None,
        }
        for each in company.comparisons
    ]


def as_json(company: Company) -> dict[str, Any]:
    """All of it."""
    return {
        "households": company.households,
        "entries": company.entries,
        "written_in_seconds": round(company.seconds, 1),
        "pages": rows(company),
        "relations": [
            {"name": each.name, "is_index": each.is_index, "mb": round(each.bytes / MEGABYTE, 1), "rows": each.rows}
            for each in company.relations
        ],
        "database_mb": round(company.database / MEGABYTE),
        "memory_mb": company.memory,
        "missed": missed(company),
    }


def text(company: Company) -> str:
    """Tables of the docs, and what missed the goal."""
    lines = [_sums(company), "", HEAD.format(households=company.households)]
    lines += [_line(row) for row in rows(company)]
    lines += ["", "| table or index | MB | rows |", "|---|---|---|"]
    lines += [
        f"| {'' if each.is_index else 'table '}`{each.name}` | {each.bytes / MEGABYTE:,.0f} | {each.rows:,} |"
        for each in company.relations
    ]
    misses = missed(company)
    end = ["Missed goals:", *(f"  {miss}" for miss in misses)] if misses else [f"All are within {GOAL} times."]
    return "\n".join([*lines, "", *end])


def missed(company: Company) -> list[str]:
    """A sentence for each page that is slower among others than it may be."""
    return [
        f"{each.name}: {each.ratio:.2f} times as long among {company.households:,} households, goal {GOAL}"
        for each in company.comparisons
        if each.ratio > GOAL
    ]


def _sums(company: Company) -> str:
    return SUMS.format(
        households=company.households,
        entries=company.entries,
        seconds=company.seconds,
        rate=company.entries / company.seconds,
        database=company.database / MEGABYTE,
        each=company.database / company.entries,
        buffers=company.buffers,
        share=_in_bytes(company.buffers) / company.database,
        dropped=", nor in the system's" if company.was_dropped else "",
        memory=company.memory,
    )


def _in_bytes(setting: str) -> int:
    units = {"kB": 1024, "MB": MEGABYTE, "GB": 1024 * MEGABYTE}
    return int(setting[:-2]) * units[setting[-2:]]


def _line(row: dict[str, Any]) -> str:
    first = "" if row["first_ms"] is None else f"{row['first_ms']:.1f}"
    return (
        f"| {row['page']} | {row['alone_ms']:.1f} | {row['among_ms']:.1f} | {row['among_p95_ms']:.1f} "
        f"| {row['ratio']:.2f} | {first} |"
    )


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
