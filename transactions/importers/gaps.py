"""Gaps in a running balance: where a line's balance is not the one before it and its amount. Warnings, no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from transactions.importers.base import StatementLine, Status

# Of three steps from line to line, at most one may be a gap; else the balances are of another order.
_RARE = 3
_FEWEST = 3


class Gap(NamedTuple):
    """``amount`` is what the balance of the line has beyond that of the line ``before`` it, by number, and its own."""

    line: int
    before: int
    amount: Decimal


class _Step(NamedTuple):
    """A line as it moves a level; ``level`` is None where the line states none, or is not booked."""

    number: int
    moves: Decimal
    level: Decimal | None


@dataclass(slots=True)
class _Track:
    """Follows the levels through a file in one direction, day by day: within a day lines may stand in any order.

    ``ends`` are the levels at which the last day may have ended, ``adrift`` is what lines without a level moved since,
    which may count or not; ``steady`` counts the steps that fit, ``unclear`` the
    days of which nobody can say whether something is missing. ``first`` and ``last`` are the days at its ends.
    """

    is_mirrored: bool
    ends: frozenset[Decimal] = frozenset()
    adrift: Decimal = Decimal(0)
    before: int = 0
    steady: int = 0
    unclear: int = 0
    gaps: list[Gap] = field(default_factory=list)
    first: date = date.min
    last: date = date.min

    @property
    def runs_as_days_do(self) -> bool:
        """Whether this is the direction in which the days go; a single day goes forward."""
        return self.is_mirrored is (self.last < self.first)

    def take(self, day: Sequence[StatementLine]) -> None:
        self.last = day[0].date
        self.first = self.last if self.first is date.min else self.first
        steps = [self._step(line) for line in day]
        levels = frozenset(step.level for step in steps if step.level is not None)
        moved = sum((step.moves for step in steps), Decimal(0))
        booked = sum((step.moves for step in steps if step.level is not None), Decimal(0))
        starts = self.ends or frozenset(step.level - step.moves for step in steps if step.level is not None)
        if not levels:
            self.adrift += moved
            return
        hits = levels & {start + move for start in starts for move in (moved, booked, self.adrift + moved)}
        if hits:
            self.steady += len(levels) - (not self.ends)
            self.ends = hits
        else:
            self._miss(steps, levels)
        self.adrift, self.before = Decimal(0), steps[-1].number

    def _step(self, line: StatementLine) -> _Step:
        """Newest first, a file runs on backwards: each line takes away what it brought, down to the level before it."""
        level = line.balance if line.status is Status.BOOKED else None
        if not self.is_mirrored:
            return _Step(line.number, line.amount, level)
        return _Step(line.number, -line.amount, None if level is None else level - line.amount)

    def _miss(self, steps: Sequence[_Step], levels: frozenset[Decimal]) -> None:
        """A day that does not follow from the one before: a gap where exactly one step is wrong, else unclear."""
        start = _Step(self.before, Decimal(0), next(iter(self.ends))) if len(self.ends) == 1 else None
        found = [
            self._gap(one.number, other.number, beyond)
            for one, other in pairwise([start, *steps] if start else steps)
            if (beyond := _beyond(one, other))
        ]
        is_told = (
            not self.adrift and all(step.level is not None for step in steps) and (start is not None or not self.ends)
        )
        if not is_told or len(found) != 1:
            self.unclear += 1
            self.ends = levels
            return
        self.gaps += found
        self.steady += len(steps) - (not self.ends) - 1
        self.ends = frozenset(step.level for step in steps[-1:] if step.level is not None)

    def _gap(self, one: int, other: int, beyond: Decimal) -> Gap:
        return Gap(one, other, -beyond) if self.is_mirrored else Gap(other, one, beyond)


def _beyond(one: _Step, other: _Step) -> Decimal:
    """What the second level has beyond the first and its own move; zero where either states none."""
    if one.level is None or other.level is None:
        return Decimal(0)
    return other.level - one.level - other.moves


def of(lines: Iterable[StatementLine]) -> list[Gap]:
    """The gaps of a file whose balances otherwise run on, oldest first or newest first; none where they do not.

    Each account and currency runs by itself. Gaps that cancel each other are lines in another place.
    """
    return sorted(gap for track in _tracks(lines) for gap in _certain(track))


def run_on(lines: Iterable[StatementLine]) -> bool:
    """Whether the balances of each account and currency run on without a gap, whichever of them a line is of."""
    return all(not track.gaps and not track.unclear for track in _tracks(lines))


def _tracks(lines: Iterable[StatementLine]) -> list[_Track]:
    """What each account and currency makes of its lines, in the direction that fits them."""
    tracks: dict[tuple[str, str | None], tuple[_Track, _Track]] = {}
    for (account, currency, _day), day in groupby(lines, key=_place):
        pair = tracks.setdefault((account, currency), (_Track(is_mirrored=False), _Track(is_mirrored=True)))
        kept = list(day)
        for track in pair:
            track.take(kept)
    return [max(pair, key=_fitness) for pair in tracks.values()]


def _place(line: StatementLine) -> tuple[str, str | None, date]:
    return line.account, line.currency, line.date


def _fitness(track: _Track) -> tuple[int, bool]:
    """Where balances fit in both directions alike, the days decide."""
    return track.steady - len(track.gaps) - track.unclear, track.runs_as_days_do


def _certain(track: _Track) -> list[Gap]:
    wrong = len(track.gaps) + track.unclear
    is_moved = not sum((gap.amount for gap in track.gaps), Decimal(0))
    if is_moved or track.steady < _FEWEST or wrong * _RARE > track.steady + wrong:
        return []
    return track.gaps
