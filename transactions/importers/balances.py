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
    if not lines or any(line.balance is None for line in lines):
        return Edges(None, None)
    for ordered in (lines, lines[::-1]):
        if all(_level(left) + right.amount == _level(right) for left, right in pairwise(ordered)):
            return Edges(_level(ordered[0]) - ordered[0].amount, _level(ordered[-1]))
    return Edges(None, None)


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
