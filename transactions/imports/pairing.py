"""Lines of one file that are the two halves of a transfer between wallets of the household."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple, Self

from transactions.importers.base import StatementLine
from transactions.imports.matching import SLOW_WINDOW, WINDOW


class Half(NamedTuple):
    """What can be told of a line that may be half of a transfer.

    ``wallet``: the id of the one it goes to, or the name of one still to be made. ``account`` and ``transfer`` are its
    own account and the other end, as the file names them.
    """

    number: int
    date: datetime.date
    amount: Decimal
    wallet: int | str
    name: str
    account: str
    transfer: str

    @classmethod
    def of(cls, line: StatementLine, wallet: int | str, name: str) -> Self:
        return cls(line.number, line.date, line.amount, wallet, name, line.account, line.transfer)


def pairs(halves: Sequence[Half]) -> dict[int, Half]:
    """Line number → the line in another wallet that is the other half of the same transfer; both ways."""
    by_amount: defaultdict[Decimal, list[Half]] = defaultdict(list)
    for each in halves:
        by_amount[each.amount].append(each)
    found: dict[int, Half] = {}
    for each in halves:
        if each.amount >= 0 or each.number in found:
            continue
        near = [
            other
            for other in by_amount[-each.amount]
            if other.wallet != each.wallet
            and other.number not in found
            and abs(other.date - each.date) <= (SLOW_WINDOW if _names(each, other) else WINDOW)
        ]
        if near:
            other = min(near, key=partial(_distance, each))
            found[each.number], found[other.number] = other, each
    return found


def _distance(each: Half, other: Half) -> tuple[bool, datetime.timedelta, int]:
    """Nearest first: a line that names the other's account, then the days between them, then the file's order."""
    return not _names(each, other), abs(other.date - each.date), other.number


def _names(each: Half, other: Half) -> bool:
    """Does one of the lines name the account of the other as the other end?"""
    return (bool(each.transfer) and each.transfer == other.account) or (
        bool(other.transfer) and other.transfer == each.account
    )
