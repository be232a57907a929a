"""A span of days or months as a condition of hand-written SQL; its values are added to the statement's."""

from datetime import date
from typing import Any


def days(start: date | None, end: date | None, *, name: str, values: dict[str, Any]) -> str:
    """``AND date …`` for the days from ``start`` up to the one before ``end``; None leaves that side open.

    ``name`` tells the spans of one statement apart.
    """
    values[f"{name}_start"], values[f"{name}_end"] = start, end
    starts = f"AND date >= %({name}_start)s" if start is not None else ""
    ends = f"AND date < %({name}_end)s" if end is not None else ""
    return f"{starts} {ends}"


def months(names: tuple[date, date] | None, *, name: str, values: dict[str, Any]) -> str:
    """``AND month …`` for the household months from the first name to the last, both inside; None is all of them."""
    if names is None:
        return ""
    values[f"{name}_first"], values[f"{name}_last"] = names
    return f"AND month BETWEEN %({name}_first)s AND %({name}_last)s"
