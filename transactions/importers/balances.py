"""Balances that a file carries: what they prove about its lines. They warn and settle doubts; they change no amount."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from transactions.importers.base import StatementLine


class Edges(NamedTuple):
    """The balance before the oldest line and after the newest, where the lines' balances run on without a gap."""

    opening: Decimal | None
    closing: Decimal | None


def edges(lines: Sequence[StatementLine]) -> Edges:
    """Both None when a line carries no balance or the balances do not run on; either order of the lines is fine."""
    first = last = None
    is_oldest_first = is_newest_first = True
    for line in lines:
        if line.balance is None:
            return Edges(None, None)
        if last is not None:
            is_oldest_first = is_oldest_first and _level(last) + line.amount == line.balance
            is_newest_first = is_newest_first and line.balance + last.amount == _level(last)
        first, last = first or line, line
    if first is None or last is None or not (is_oldest_first or is_newest_first):
        return Edges(None, None)
    oldest, newest = (first, last) if is_oldest_first else (last, first)
    return Edges(_level(oldest) - oldest.amount, _level(newest))


class Votes(NamedTuple):
    """``with_fee``: in how many lines with a fee the balance moved by amount − fee; ``without``: by the amount alone.

    ``fees`` is the sum of them, ``lines`` how many lines have one.
    """

    with_fee: int
    without: int
    fees: Decimal
    lines: int


def fee_votes(lines: Iterable[tuple[StatementLine, Decimal]]) -> Votes:
    """What lines and their fees, zero where there is none, say in either order of the lines."""
    with_fee = without = number = 0
    fees = Decimal(0)
    last: tuple[StatementLine, Decimal] | None = None
    for each in lines:
        fees, number = fees + each[1], number + bool(each[1])
        for (before, _fee), (line, fee) in ((last, each), (each, last)) if last else ():
            if fee and before.balance is not None and line.balance is not None:
                moved = line.balance - before.balance
                with_fee += moved == line.amount - fee
                without += moved == line.amount
        last = each
    return Votes(with_fee, without, fees, number)


def _level(line: StatementLine) -> Decimal:
    return line.balance if line.balance is not None else Decimal(0)
