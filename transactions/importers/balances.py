"""Balances that a file carries: what they prove about its lines. They warn and settle doubts; they change no amount."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
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


def fee_votes(lines: Sequence[StatementLine], fees: Sequence[Decimal]) -> tuple[int, int]:
    """In how many lines with a fee the balance moved by amount − fee, and in how many by the amount alone."""
    with_fee = without = 0
    pairs = list(zip(lines, fees, strict=True))
    for ordered in (pairs, pairs[::-1]):
        for (before, _fee), (line, fee) in pairwise(ordered):
            if fee and before.balance is not None and line.balance is not None:
                moved = line.balance - before.balance
                with_fee += moved == line.amount - fee
                without += moved == line.amount
    return with_fee, without


def _level(line: StatementLine) -> Decimal:
    return line.balance if line.balance is not None else Decimal(0)
