"""The days of a calendar month in their weeks, with what came in and went out. Pure: sums in, cells out.

A week is whole, days of the neighbouring months too; the sums of the month are those of its own days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

ZERO = Decimal(0)
# A day's spending beside that of the average day with spending: at so many times it begins the next level of heat.
LEVELS = (ZERO, Decimal("0.5"), Decimal(1), Decimal(2))


class DayOfEntries(Protocol):
    """What there is to know of a day that has entries; the amounts are net, in the household's currency."""

    @property
    def date(self) -> date: ...
    @property
    def income(self) -> Decimal: ...
    @property
    def spending(self) -> Decimal: ...
    @property
    def entries(self) -> int: ...


@dataclass(frozen=True)
class Sums:
    """Net income and spending of some days, and how many entries they have, transfers too."""

    income: Decimal = ZERO
    spending: Decimal = ZERO
    entries: int = 0

    @property
    def net(self) -> Decimal:
        return self.income - self.spending


@dataclass(frozen=True)
class Cell:
    """A day; its ``heat`` goes from 0 to 4 with its spending."""

    date: date
    sums: Sums
    heat: int
    is_in_month: bool


@dataclass(frozen=True)
class Week:
    """Seven days and their sums."""

    cells: tuple[Cell, ...]
    sums: Sums


@dataclass(frozen=True)
class Grid:
    """The weeks that cover a month, which the first of the month names; ``sums`` are those of its own days."""

    month: date
    weeks: tuple[Week, ...]
    sums: Sums


def grid(month: date, *, weeks: Sequence[Sequence[date]], days: Iterable[DayOfEntries]) -> Grid:
    """The grid of a month; a day that ``days`` does not know had no entries."""
    known = {day.date: Sums(day.income, day.spending, day.entries) for day in days}
    own = [sums for day, sums in known.items() if _is_in(month, day)]
    average = _average(own)
    return Grid(
        month=month,
        weeks=tuple(_week(month, dates, known, average) for dates in weeks),
        sums=_total(own),
    )


def heat(spending: Decimal, average: Decimal | None) -> int:
    """How heavy a day is: 0 without spending, 4 from twice the average day with spending on."""
    if average is None:
        return 0
    return sum(spending > level if level == ZERO else spending >= average * level for level in LEVELS)


def _week(month: date, dates: Sequence[date], known: dict[date, Sums], average: Decimal | None) -> Week:
    sums = [known.get(day, Sums()) for day in dates]
    cells = (
        Cell(day, each, heat(each.spending, average), _is_in(month, day)) for day, each in zip(dates, sums, strict=True)
    )
    return Week(tuple(cells), _total(sums))


def _is_in(month: date, day: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _average(days: Sequence[Sums]) -> Decimal | None:
    """What a day with spending comes to; None when there is none."""
    spent = [day.spending for day in days if day.spending > 0]
    return sum(spent, ZERO) / len(spent) if spent else None


def _total(days: Sequence[Sums]) -> Sums:
    return Sums(
        sum((day.income for day in days), ZERO),
        sum((day.spending for day in days), ZERO),
        sum(day.entries for day in days),
    )
