"""Amounts without any sign beside a running balance: what the balance falls by went out.

Where nothing stands before a line, and where the balance does not follow, nobody can tell, and none is guessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from transactions.importers.base import StatementLine
from transactions.importers.directions import Side
from transactions.importers.records import Record, changed

# Stands before an amount whose side nothing tells.
UNTOLD = "\u00b1"
# So many of ten steps have to follow; a file may have gaps.
_MOST = 9


class _Step(NamedTuple):
    number: int
    amount: Decimal
    level: Decimal
    day: date


class Told(NamedTuple):
    """By their numbers: which side the balance gives to lines, and the lines to which it gives none."""

    sides: Mapping[int, Side]
    untold: frozenset[int]


def told(lines: Iterable[StatementLine], opening: Decimal | None) -> Told | None:
    """What the balances tell, oldest first or newest first; None where they prove neither, or where a sign does.

    And where more came in than went out: that may as well be what is owed on a card.
    """
    steps: list[_Step] = []
    accounts: set[tuple[str, str | None]] = set()
    for line in lines:
        accounts.add((line.account, line.currency))
        if line.amount < 0 or line.balance is None or len(accounts) > 1:
            return None
        steps.append(_Step(line.number, line.amount, line.balance, line.date))
    best = _best(steps, opening)
    moving = frozenset(step.number for step in steps if step.amount)
    if len(best) * 10 < (len(moving) - 1) * _MOST or not _is_of_money_owned(steps, best):
        return None
    return Told(best, moving - best.keys())


def _best(steps: Sequence[_Step], opening: Decimal | None) -> Mapping[int, Side]:
    """The order in which more steps follow; where both do, as with equal amounts, the one in which the days run."""
    if not steps:
        return {}
    start = [] if opening is None else [_Step(0, Decimal(0), opening, steps[0].day)]
    oldest_first, newest_first = _followed([*start, *steps]), _followed([*start, *reversed(steps)])
    if len(oldest_first) == len(newest_first):
        return {} if steps[0].day == steps[-1].day else oldest_first if steps[0].day < steps[-1].day else newest_first
    return max(oldest_first, newest_first, key=len)


def _is_of_money_owned(steps: Iterable[_Step], sides: Mapping[int, Side]) -> bool:
    """Whether the balance falls more often than it rises, or as often but by less: money owned, not owed.

    What is owed on a card rises with each purchase and falls with few payments, which are the larger.
    """
    falls = [step.amount for step in steps if sides.get(step.number) is Side.OUT]
    rises = [step.amount for step in steps if sides.get(step.number) is Side.IN]
    return len(falls) > len(rises) or (0 < len(falls) == len(rises) and sum(falls) < sum(rises))


def _followed(steps: Sequence[_Step]) -> dict[int, Side]:
    moves = ((step, step.level - before.level) for before, step in pairwise(steps))
    return {
        step.number: Side.OUT if moved < 0 else Side.IN for step, moved in moves if moved and abs(moved) == step.amount
    }


def signed(body: Sequence[Record], place: int, found: Told) -> Sequence[Record]:
    """The rows with a minus before the amounts that went out, and a mark before those that nothing tells."""
    write = partial(_written_out, place=place, found=found)
    return changed(body, write)


def _written_out(records: Iterable[Record], place: int, found: Told) -> Iterator[Record]:
    for record in records:
        is_out = found.sides.get(record.number) is Side.OUT
        mark = UNTOLD if record.number in found.untold else "-" if is_out else ""
        cells = record.cells
        yield record._replace(cells=(*cells[:place], mark + cells[place], *cells[place + 1 :])) if mark else record
