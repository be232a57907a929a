"""The readings as people and programs read them: each page beside the empty view, and how it grew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from batua.benchmarks.bulk import Feat
from batua.benchmarks.crowd import Crowd
from batua.benchmarks.measuring import Reading
from batua.benchmarks.pages import EMPTY

GROWTH_GOAL = 1.3
# A part of the empty view's pages a second, and of what 16 clients get.
CROWD_GOALS = {64: 0.2, 100: 0.7}
MEMORY_GOAL = 200
COLUMNS = "{:<26}{:>9}{:>5}{:>8}{:>10}{:>8}{:>10}{:>9}{:>8}{:>7}{:>6}{:>8}"
HEAD = (
    "page", "entries", "SQL", "SQL ms", "template", "rest", "median ms", "p95 ms", "to SQL", "ratio", "goal", "growth",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """All that one run has measured; megabytes of the largest process of the server."""

    readings: Sequence[Reading]
    feats: Sequence[Feat]
    crowds: Sequence[Crowd]
    memory: int


def rows(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """One row a reading; ``ratio`` to the same ledger's empty view, ``growth`` from the smallest ledger."""
    empty = {each.entries: each.median for each in readings if each.page.name == EMPTY}
    smallest = min(empty)
    first = {each.page.name: each.median for each in readings if each.entries == smallest}
    return [
        {
            "page": each.page.name,
            "entries": each.entries,
            "queries": each.shares.queries,
            "sql_ms": round(each.shares.sql, 2),
            "template_share": _share(each.shares.template, each.shares.whole),
            "rest_share": _share(each.shares.whole - each.shares.template - each.shares.sql, each.shares.whole),
            "median_ms": round(each.median, 2),
            "p95_ms": round(each.p95, 2),
            "to_sql": round(each.median / each.shares.sql, 1) if each.shares.sql else None,
            "ratio": round(each.median / empty[each.entries], 2),
            "goal": each.page.goal,
            "growth": round(each.median / first[each.page.name], 2),
        }
        for each in readings
    ]


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The same for programs."""
    return {
        "pages": rows(outcome.readings),
        "jobs": [
            {
                "job": each.name,
                "seconds": round(each.seconds, 3),
                "bare_seconds": round(each.bare, 3),
                "ratio": round(each.ratio, 2),
                "goal": each.goal,
                "remark": each.remark,
            }
            for each in outcome.feats
        ],
        "crowds": [
            {
                "page": each.name,
                "clients": each.clients,
                "per_second": round(each.per_second, 1),
                "p95_ms": round(each.p95, 1),
                "errors": each.errors,
            }
            for each in outcome.crowds
        ],
        "memory_mb": outcome.memory,
        "missed": missed(outcome),
    }


def table(outcome: Outcome) -> str:
    """The rows as tables, and what missed its goal."""
    lines = [COLUMNS.format(*HEAD), *(_line(row) for row in rows(outcome.readings)), ""]
    for each in outcome.feats:
        lines.append(
            f"{each.name}: {each.seconds:.2f} s, {each.ratio:.2f} times the bare part (goal {each.goal:g})"
            + (f"; {each.remark}" if each.remark else "")
        )
    for crowd in outcome.crowds:
        lines.append(
            f"{crowd.clients} clients, {crowd.name}: {crowd.per_second:.0f} a second, p95 {crowd.p95:.0f} ms, "
            f"{crowd.errors} errors"
        )
    lines += [f"memory of the largest process: {outcome.memory} MB", ""]
    misses = missed(outcome)
    return "\n".join([*lines, "Missed goals:" if misses else "All goals are met.", *(f"  {miss}" for miss in misses)])


def missed(outcome: Outcome) -> list[str]:
    """A sentence for each goal that was not reached."""
    found = []
    for row in rows(outcome.readings):
        if row["goal"] and row["ratio"] > row["goal"]:
            found.append(
                f"{row['page']} at {row['entries']:,}: {row['ratio']} times the empty view, goal {row['goal']:g}"
            )
        if row["page"] != EMPTY and row["growth"] > GROWTH_GOAL:
            found.append(f"{row['page']} at {row['entries']:,}: grew {row['growth']} times, goal {GROWTH_GOAL}")
    found += [
        f"{each.name}: {each.ratio:.2f} times the bare part, goal {each.goal:g}"
        for each in outcome.feats
        if each.ratio > each.goal
    ]
    if outcome.memory > MEMORY_GOAL:
        found.append(f"memory: {outcome.memory} MB, goal {MEMORY_GOAL}")
    return found + _missed_by_crowds(outcome.crowds)


def _missed_by_crowds(crowds: Sequence[Crowd]) -> list[str]:
    found = [f"{each.clients} clients, {each.name}: {each.errors} errors" for each in crowds if each.errors]
    speed = {(each.name, each.clients): each.per_second for each in crowds}
    for clients, beside in ((64, (EMPTY, 64)), (100, ("dashboard", 16))):
        part = speed["dashboard", clients] / speed[beside] if speed and speed[beside] else 1
        if part < CROWD_GOALS[clients]:
            found.append(f"{clients} clients: {part:.2f} of {beside[0]} with {beside[1]}, goal {CROWD_GOALS[clients]}")
    return found


def _share(part: float, whole: float) -> float:
    return round(max(part, 0) / whole, 2) if whole else 0


def _line(row: dict[str, Any]) -> str:
    return COLUMNS.format(
        row["page"],
        f"{row['entries']:,}",
        row["queries"],
        row["sql_ms"],
        f"{row['template_share']:.0%}",
        f"{row['rest_share']:.0%}",
        row["median_ms"],
        row["p95_ms"],
        row["to_sql"] or "",
        row["ratio"],
        f"{row['goal']:g}" if row["goal"] else "",
        row["growth"],
    )
