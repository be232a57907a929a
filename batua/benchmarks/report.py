"""The readings as people and programs read them: each page beside the empty view, and how it grew."""

from collections.abc import Sequence
from typing import Any

from batua.benchmarks.measuring import Reading
from batua.benchmarks.pages import EMPTY

GROWTH_GOAL = 1.3
COLUMNS = "{:<26}{:>10}{:>9}{:>11}{:>10}{:>8}{:>7}{:>8}"


def rows(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """One row a reading; ``ratio`` to the same ledger's empty view, ``growth`` from the smallest ledger."""
    empty = {each.entries: each.median for each in readings if each.page.name == EMPTY}
    smallest = min(empty)
    first = {each.page.name: each.median for each in readings if each.entries == smallest}
    return [
        {
            "page": each.page.name,
            "entries": each.entries,
            "queries": each.queries,
            "median_ms": round(each.median, 2),
            "p95_ms": round(each.p95, 2),
            "ratio": round(each.median / empty[each.entries], 2),
            "goal": each.page.goal,
            "growth": round(each.median / first[each.page.name], 2),
        }
        for each in readings
    ]


def table(readings: Sequence[Reading], *, memory: int) -> str:
    """The rows as a table, and what missed its goal."""
    lines = [COLUMNS.format("page", "entries", "queries", "median ms", "p95 ms", "ratio", "goal", "growth")]
    missed = []
    for row in rows(readings):
        goal = f"{row['goal']:g}" if row["goal"] else ""
        lines.append(
            COLUMNS.format(
                row["page"],
                f"{row['entries']:,}",
                row["queries"],
                row["median_ms"],
                row["p95_ms"],
                row["ratio"],
                goal,
                row["growth"],
            )
        )
        if row["goal"] and row["ratio"] > row["goal"]:
            missed.append(f"{row['page']} at {row['entries']:,}: {row['ratio']} times the empty view, goal {goal}")
        if row["page"] != EMPTY and row["growth"] > GROWTH_GOAL:
            missed.append(f"{row['page']} at {row['entries']:,}: grew {row['growth']} times, goal {GROWTH_GOAL}")
    lines += [
        "",
        f"memory of the largest process: {memory} MB",
        "",
        "Missed goals:" if missed else "All goals are met.",
    ]
    return "\n".join([*lines, *(f"  {miss}" for miss in missed)])
